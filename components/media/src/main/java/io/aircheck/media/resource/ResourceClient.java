package io.aircheck.media.resource;

import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.media.input.HttpFailure;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** Most redirects that are followed; browsers stop at about 20, real streams need one or two. */
  private static final int MAX_REDIRECTS = 8;

  /** A small resource may take this many time-outs in all, however it trickles. */
  private static final int SMALL_TIMEOUTS = 3;

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** Request headers that only the host of the input gets to see. */
  private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie");

  private final Map<String, String> headers;
  private final String inputHost;
  private final Duration timeout;

  /**
   * A client for one input.
   *
   * @param input address that the user named: credentials among the headers go to its host alone
   * @param headers further request headers
   * @param timeout longest wait for an answer, and for each next piece of data
   */
  public ResourceClient(URI input, Map<String, String> headers, Duration timeout) {
    this.inputHost = host(input);
    this.headers = Map.copyOf(headers);
    this.timeout = timeout;
  }

  /**
   * Opens a resource, following redirects.
   *
   * @param span the part wanted, or empty for all
   * @throws ResourceException when it cannot be had
   */
  public Resource open(URI uri, Optional<ByteSpan> span) throws ResourceException {
    try {
      return "file".equalsIgnoreCase(uri.getScheme()) ? file(uri, span) : http(uri, span);
    } catch (NoSuchFileException e) {
      throw new ResourceException(Reason.NOT_FOUND, 404, "no such file");
    } catch (AccessDeniedException e) {
      throw new ResourceException(Reason.DENIED, 403, "file is not readable");
    } catch (IOException e) {
      HttpFailure told = HttpFailure.of(e);
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

  private Resource file(URI uri, Optional<ByteSpan> span) throws IOException {
    Path path = Path.of(uri.getPath());
    InputStream bytes = Files.newInputStream(path);
    if (span.isPresent()) {
      bytes.skipNBytes(Math.min(span.get().offset(), Files.size(path)));
      bytes = new LimitedStream(bytes, span.get().length());
    }
    return new Resource(uri, Optional.empty(), bytes);
  }

  private Resource http(URI start, Optional<ByteSpan> span)
      throws IOException, InterruptedException, ResourceException {
    URI uri = start;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpResponse<InputStream> response =
          HTTP.send(request(uri, span), info -> new TimedBody(timeout));
      if (!REDIRECTS.contains(response.statusCode())) {
        return answer(uri, span, response);
      }
      response.body().close();
      uri = redirect(uri, response);
    }
    throw new ResourceException(Reason.NOT_FOUND, 0, "too many redirects");
  }

  private HttpRequest request(URI uri, Optional<ByteSpan> span) throws ResourceException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri).timeout(timeout).header("Accept-Encoding", "gzip");
      span.ifPresent(
          part -> request.header("Range", "bytes=" + part.offset() + "-" + (part.end() - 1)));
      headers.forEach(
          (name, value) -> {
            boolean secret = CREDENTIALS.contains(name.toLowerCase(Locale.ROOT));
            if (!secret || host(uri).equals(inputHost)) {
              request.setHeader(name, value);
            }
          });
      return request.build();
    } catch (IllegalArgumentException e) {
      throw new ResourceException(
          Reason.UNSUPPORTED, 0, "address or request header cannot be used for HTTP");
    }
  }

  private static URI redirect(URI from, HttpResponse<?> response) throws ResourceException {
    String location = response.headers().firstValue("Location").orElse("");
    URI to;
    try {
      to = Addresses.resolve(from, location);
    } catch (IllegalArgumentException e) {
      throw new ResourceException(Reason.NOT_FOUND, response.statusCode(), "redirect to nowhere");
    }
    if ("https".equalsIgnoreCase(from.getScheme()) && !"https".equalsIgnoreCase(to.getScheme())) {
      throw new ResourceException(
          Reason.DENIED, response.statusCode(), "redirect from https to http is not followed");
    }
    return to;
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

  private static String host(URI uri) {
    return uri.getHost() == null
        ? ""
        : uri.getScheme().toLowerCase(Locale.ROOT)
            + "://"
            + uri.getHost().toLowerCase(Locale.ROOT)
            + ":"
            + uri.getPort();
  }
}
