package io.aircheck.media.input;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an HTTP response as a stream whose reads time out, which the streams of the JDK's
 * client do not: they fail with an {@link HttpTimeoutException}. Holds one chunk of the network at
 * a time; the rest waits in the socket. Read by one thread, closed by any.
 */
public final class TimedBody extends InputStream implements BodySubscriber<InputStream> {
  private static final Signal END = new Signal(List.of(), null);

  private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final CompletableFuture<InputStream> opened = new CompletableFuture<>();
  private final Duration timeout;
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean closed;
  private List<ByteBuffer> chunk = List.of();
  private int index;
  private boolean ended;

  /** What the network delivered: bytes, the end (no bytes, no error), or an error. */
  private record Signal(List<ByteBuffer> bytes, @Nullable Throwable error) {}

  /**
   * A body that is yet to come.
   *
   * @param timeout longest wait for the next bytes
   */
  public TimedBody(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return opened;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    opened.complete(this);
    if (closed) {
      newSubscription.cancel();
    } else {
      newSubscription.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    signals.add(new Signal(bytes, null));
  }

  @Override
  public void onError(Throwable error) {
    signals.add(new Signal(List.of(), error));
  }

  @Override
  public void onComplete() {
    signals.add(END);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      for (; index < chunk.size(); index++) {
        ByteBuffer buffer = chunk.get(index);
        if (buffer.hasRemaining()) {
          int count = Math.min(length, buffer.remaining());
          buffer.get(target, offset, count);
          return count;
        }
      }
      if (ended || !nextChunk()) {
        return -1;
      }
    }
  }

  private boolean nextChunk() throws IOException {
    Flow.Subscription from = subscription;
    if (!chunk.isEmpty() && from != null) {
      chunk = List.of();
      from.request(1);
    }
    index = 0;
    Signal signal;
    try {
      signal = signals.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
    if (closed) {
      throw new IOException("closed");
    }
    if (signal == null) {
      close();
      throw new HttpTimeoutException("no data for " + timeout.toSeconds() + " s");
    }
    if (signal.error() != null) {
      throw new IOException("connection broke", signal.error());
    }
    ended = signal == END;
    chunk = signal.bytes();
    return !ended;
  }

  /** Drops the connection; a blocked read fails soon. */
  @Override
  public void close() {
    closed = true;
    Flow.Subscription from = subscription;
    if (from != null) {
      from.cancel();
    }
    signals.add(END);
  }
}
