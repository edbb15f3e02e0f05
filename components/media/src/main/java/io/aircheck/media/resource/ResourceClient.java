package io.aircheck.media.resource;

import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.media.input.HttpFailure;
import io.aircheck.media.input.HttpGet;
import io.aircheck.media.input.HttpRefusal;
import io.aircheck.media.input.TimedBody;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * Opens what playlists point to, over HTTP or from files. Thread-safe; one request waits for no
 * longer than the time-out for an answer, and then for each next piece of data.
 *
 * <p>HTTP/1.1 throughout: with it what is not read waits in the socket, while HTTP/2 in the JDK may
 * buffer many megabytes for each stream.
 */
public final class ResourceClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  /** A small resource may take this many time-outs in all, however it trickles. */
  private static final int SMALL_TIMEOUTS = 3;

  private final HttpGet http;
  private final AddressRule addresses;
  private final Duration timeout;
  private final RequestJournal journal;

  /**
   * A client whose requests nobody wants to know later.
   *
   * @see #ResourceClient(URI, Map, Duration, AddressRule, RequestJournal)
   */
  public ResourceClient(
      URI input, Map<String, String> headers, Duration timeout, AddressRule addresses) {
    this(input, headers, timeout, addresses, new RequestJournal(System::currentTimeMillis));
  }

  /**
   * A client for one input.
   *
   * @param input address that the user named: credentials among the headers go to its host alone
   * @param headers further request headers
   * @param timeout longest wait for an answer, and for each next piece of data
   * @param addresses where the input may lead to
   * @param journal where requests over HTTP are noted
   */
  public ResourceClient(
      URI input,
      Map<String, String> headers,
      Duration timeout,
      AddressRule addresses,
      RequestJournal journal) {
    this.http = new HttpGet(HTTP, input, headers, timeout, addresses);
    this.addresses = addresses;
    this.timeout = timeout;
    this.journal = journal;
  }

  /**
   * Opens a resource, following redirects.
   *
   * @param span the part wanted, or empty for all
   * @throws ResourceException when it cannot be had
   */
  public Resource open(URI uri, Optional<ByteSpan> span) throws ResourceException {
    long atMillis = journal.nowMillis();
    try {
      return "file".equalsIgnoreCase(uri.getScheme()) ? file(uri, span) : http(uri, span);
    } catch (NoSuchFileException e) {
      throw new ResourceException(Reason.NOT_FOUND, 404, "no such file");
    } catch (AccessDeniedException e) {
      throw new ResourceException(Reason.DENIED, 403, "file is not readable");
    } catch (HttpRefusal e) {
      journal.failed(uri, atMillis, e.what());
      throw new ResourceException(e.reason(), e.status(), e.what());
    } catch (IOException e) {
      HttpFailure told = HttpFailure.of(e);
      journal.failed(uri, atMillis, told.what());
      throw new ResourceException(told.reason(), 0, told.what(), told.advice());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ResourceException(Reason.DISCONNECTED, 0, "interrupted");
    }
  }

  /**
   * Reads a small resource as a whole.
   *
   * @param limit most bytes it may have, after decompression
   * @throws ResourceException when it cannot be had or is larger
   */
  public byte[] read(Resource resource, int limit) throws ResourceException {
    long startNanos = System.nanoTime();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[16 << 10];
    try {
      for (int n = resource.body().read(buffer); n >= 0; n = resource.body().read(buffer)) {
        if (bytes.size() + n > limit) {
          throw new ResourceException(
              Reason.LIMIT_EXCEEDED, 0, "larger than the limit of " + limit + " bytes");
        }
        bytes.write(buffer, 0, n);
        if (System.nanoTime() - startNanos > SMALL_TIMEOUTS * timeout.toNanos()) {
          throw new ResourceException(Reason.TIMEOUT, 0, "arrives too slowly");
        }
      }
    } catch (IOException e) {
      throw new ResourceException(Reason.DISCONNECTED, 0, "connection broke while reading");
    }
    return bytes.toByteArray();
  }

  private Resource file(URI uri, Optional<ByteSpan> span) throws IOException, ResourceException {
    Path path = Path.of(uri.getPath());
    Optional<String> refusal = addresses.refusal(path.toString());
    if (refusal.isPresent()) {
      throw new ResourceException(Reason.DENIED, 0, refusal.get());
    }
    InputStream bytes = Files.newInputStream(path);
    if (span.isPresent()) {
      bytes.skipNBytes(Math.min(span.get().offset(), Files.size(path)));
      bytes = new LimitedStream(bytes, span.get().length());
    }
    return new Resource(uri, Optional.empty(), bytes);
  }

  private Resource http(URI start, Optional<ByteSpan> span)
      throws IOException, InterruptedException, ResourceException {
    Map<String, String> more = new HashMap<>();
    more.put("Accept-Encoding", "gzip");
    span.ifPresent(part -> more.put("Range", "bytes=" + part.offset() + "-" + (part.end() - 1)));
    long atMillis = journal.nowMillis();
    try {
      HttpResponse<InputStream> response = http.send(start, more, info -> new TimedBody(timeout));
      journal.answered(start, atMillis, response.statusCode(), response.headers());
      return answer(response.uri(), span, response);
    } catch (IllegalArgumentException e) {
      throw new ResourceException(
          Reason.UNSUPPORTED, 0, "address or request header cannot be used for HTTP");
    }
  }

  private static Resource answer(
      URI uri, Optional<ByteSpan> span, HttpResponse<InputStream> response)
      throws IOException, ResourceException {
    int status = response.statusCode();
    if (status != 200 && status != 206) {
      response.body().close();
      throw new ResourceException(reason(status), status, "HTTP status " + status);
    }
    InputStream body = response.body();
    if (response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip")) {
      body = new GZIPInputStream(body);
    }
    if (span.isPresent()) {
      // A server that does not know ranges answers 200 with everything.
      if (status == 200) {
        skip(body, span.get().offset());
      }
      body = new LimitedStream(body, span.get().length());
    }
    Optional<String> type =
        response
            .headers()
            .firstValue("Content-Type")
            .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    return new Resource(uri, type, body);
  }

  private static void skip(InputStream body, long bytes) throws IOException {
    try {
      body.skipNBytes(bytes);
    } catch (EOFException e) {
      body.close();
      throw new IOException("resource is shorter than the byte range", e);
    }
  }

  private static Reason reason(int status) {
    return switch (status) {
      case 401, 403, 407 -> Reason.DENIED;
      case 404, 410 -> Reason.NOT_FOUND;
      default -> Reason.DISCONNECTED;
    };
  }
}
