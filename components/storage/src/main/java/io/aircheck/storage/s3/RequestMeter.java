package io.aircheck.storage.s3;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Meters requests to a bucket as they are billed: each attempt that is answered, unless with a
 * fault of the server, and what is read of the answers. Thread-safe.
 *
 * <p>Source: Amazon S3 user guide, billing for Amazon S3 error responses.
 */
final class RequestMeter {
  private static final int SERVER_ERROR = 500;

  private final Meter meter;

  RequestMeter(Meter meter) {
    this.meter = meter;
  }

  /** Takes the answer to a request. */
  HttpResponse.BodyHandler<InputStream> answerTo(HttpRequest request) {
    return answer -> {
      if (answer.statusCode() >= SERVER_ERROR) {
        return HttpResponse.BodySubscribers.ofInputStream();
      }
      count(request);
      return HttpResponse.BodySubscribers.mapping(
          HttpResponse.BodySubscribers.ofInputStream(), Body::new);
    };
  }

  private void count(HttpRequest request) {
    switch (request.method()) {
      case "PUT" -> {
        meter.add(Quantity.OBJECT_WRITES, 1);
        request
            .bodyPublisher()
            .ifPresent(
                body -> meter.add(Quantity.OBJECT_BYTES_WRITTEN, (double) body.contentLength()));
      }
      case "DELETE" -> {} // free
      default -> meter.add(isList(request) ? Quantity.OBJECT_WRITES : Quantity.OBJECT_READS, 1);
    }
  }

  /** Lists are billed like writes. */
  private static boolean isList(HttpRequest request) {
    return request.uri().getRawQuery() != null;
  }

  /** What is not read has not been received: it is given up with the connection. */
  private final class Body extends FilterInputStream {
    Body(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      received(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      received(Math.max(0, read));
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(count);
      received(skipped);
      return skipped;
    }

    private void received(long bytes) {
      meter.add(Quantity.OBJECT_BYTES_READ, (double) bytes);
    }
  }
}
