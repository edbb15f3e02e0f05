package io.aircheck.media.input;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.SafeUri;
import io.aircheck.core.media.SourceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;

/**
 * The body of an HTTP resource, with certificates verified by the platform's trust store. Seekable
 * where the server takes ranges. The answer has to come within the time-out; a body that stalls is
 * waited for {@value #SILENT_TIMEOUTS} times as long: then the connection is taken for dead, since
 * one whose other end is gone stays open and silent for ever.
 */
public final class HttpInput implements ByteInput {
  private static final int SILENT_TIMEOUTS = 3;

  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final int SERVER_ERROR = 500;

  /** One client serves all inputs: it holds the connections and few threads. */
  private static final class Shared {
    private static final HttpClient CLIENT =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
  }

  private final URI uri;
  private final HttpGet http;
  private final Duration silence;
  private final String where;
  private final long size;
  private final boolean seekable;
  private volatile InputStream body;
  private volatile boolean closed;
  private long position;
  private long bodyPosition;

  private HttpInput(URI uri, HttpGet http, Duration silence, HttpResponse<InputStream> response) {
    this.uri = uri;
    this.http = http;
    this.silence = silence;
    this.where = SafeUri.redact(uri.toString());
    this.body = response.body();
    this.size = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    this.seekable =
        size > 0
            && response
                .headers()
                .firstValue("Accept-Ranges")
                .filter(unit -> unit.equalsIgnoreCase("bytes"))
                .isPresent();
  }

  /**
   * Asks for a resource.
   *
   * @param request its address, headers, time-out and where it may lead to are used
   * @throws MediaException when there is none or it is refused
   */
  public static HttpInput open(SourceRequest request) throws MediaException {
    URI uri;
    try {
      uri = URI.create(request.uri());
    } catch (IllegalArgumentException malformed) {
      throw new MediaException(
          Reason.NOT_FOUND,
          SafeUri.redact(request.uri()) + ": not a valid address; encode spaces and the like",
          malformed);
    }
    HttpGet http =
        new HttpGet(
            Shared.CLIENT, uri, request.headers(), request.readTimeout(), request.addresses());
    Duration silence = request.readTimeout().multipliedBy(SILENT_TIMEOUTS);
    return new HttpInput(uri, http, silence, get(http, uri, silence, 0));
  }

  private static HttpResponse<InputStream> get(HttpGet http, URI uri, Duration silence, long from)
      throws MediaException {
    String where = SafeUri.redact(uri.toString());
    try {
      Map<String, String> range = from > 0 ? Map.of("Range", "bytes=" + from + "-") : Map.of();
      HttpResponse<InputStream> response = http.send(uri, range, info -> new TimedBody(silence));
      int expected = from > 0 ? PARTIAL_CONTENT : OK;
      if (response.statusCode() == expected) {
        return response;
      }
      response.body().close();
      throw refused(where, response.statusCode());
    } catch (IllegalArgumentException malformed) {
      throw new MediaException(
          Reason.NOT_FOUND, where + ": not a valid address or header; check it", malformed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new MediaException(Reason.DISCONNECTED, where + ": interrupted", interrupted);
    } catch (HttpRefusal refusal) {
      throw new MediaException(refusal.reason(), where + ": " + refusal.what(), refusal);
    } catch (IOException failure) {
      throw failed(where, failure);
    }
  }

  private static MediaException refused(String where, int status) {
    return switch (status) {
      case UNAUTHORIZED, FORBIDDEN ->
          new MediaException(
              Reason.DENIED,
              where + ": HTTP status " + status + "; check the token or credentials");
      case NOT_FOUND, GONE ->
          new MediaException(
              Reason.NOT_FOUND, where + ": HTTP status " + status + "; check the address");
      default ->
          new MediaException(
              status >= SERVER_ERROR ? Reason.DISCONNECTED : Reason.NOT_FOUND,
              where + ": HTTP status " + status + "; check the server");
    };
  }

  private static MediaException failed(String where, IOException failure) {
    HttpFailure told = HttpFailure.of(failure);
    return new MediaException(
        told.reason(), where + ": " + told.what() + "; " + told.advice(), failure);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws MediaException {
    try {
      if (position != bodyPosition) {
        reopen();
      }
      int count = body.read(buffer, offset, length);
      if (count > 0) {
        position += count;
        bodyPosition = position;
      }
      return count;
    } catch (HttpTimeoutException silent) {
      throw new MediaException(
          Reason.TIMEOUT,
          "%s: no data for %.1f s; check the encoder and the network"
              .formatted(where, silence.toMillis() / 1e3),
          silent);
    } catch (IOException failure) {
      if (closed) {
        return -1;
      }
      throw failed(where, failure);
    }
  }

  private void reopen() throws MediaException, IOException {
    body.close();
    body = get(http, uri, silence, position).body();
    bodyPosition = position;
    if (closed) {
      body.close();
    }
  }

  @Override
  public boolean seekable() {
    return seekable;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void seek(long newPosition) {
    position = newPosition;
  }

  @Override
  public void close() {
    closed = true;
    try {
      body.close();
    } catch (IOException ignored) {
      // Nothing was written, so nothing can be lost.
    }
  }
}
