package io.aircheck.media.ffmpeg;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/**
 * Ends FFmpeg's blocking calls: when told to, or when a deadline passes. FFmpeg asks several times
 * a second. One callback serves the process, as in {@link InputBridge}.
 */
final class Interrupt implements AutoCloseable {
  private static final Map<Long, Interrupt> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT_ID = new AtomicLong(1);
  private static final Callback CALLBACK = new Callback();

  private final long id = NEXT_ID.getAndIncrement();
  private volatile boolean stopped;
  private volatile boolean limited;
  private volatile long deadlineNanos;

  Interrupt() {
    OPEN.put(id, this);
  }

  /** Sets FFmpeg's field. */
  void install(AVIOInterruptCB target) {
    target.callback(CALLBACK);
    target.opaque(new Handle(id));
  }

  /** Ends every call from now on. */
  void stop() {
    stopped = true;
  }

  boolean stopped() {
    return stopped;
  }

  /** Ends calls that are still running after a time. */
  void limit(long nanos) {
    deadlineNanos = System.nanoTime() + nanos;
    limited = true;
  }

  /** Lets calls run for as long as they like again. */
  void unlimited() {
    limited = false;
  }

  boolean expired() {
    return limited && System.nanoTime() - deadlineNanos > 0;
  }

  @Override
  public void close() {
    OPEN.remove(id);
  }

  /** A pointer that is only a number. */
  static final class Handle extends Pointer {
    Handle(long number) {
      super((Pointer) null);
      address = number;
    }
  }

  private static final class Callback extends AVIOInterruptCB.Callback_Pointer {
    @Override
    public int call(Pointer opaque) {
      Interrupt interrupt = OPEN.get(opaque.address());
      return interrupt == null || interrupt.stopped || interrupt.expired() ? 1 : 0;
    }
  }
}
