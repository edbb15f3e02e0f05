package io.aircheck.core.task;

import java.util.OptionalLong;

/**
 * Decides how many pictures of a live input are looked at closely, when the machine is too slow for
 * all of them.
 *
 * <p>A task is behind by the wall-clock time it has worked without a pause, less the media time it
 * got through meanwhile: a task that waits for its input has caught up with it, whatever the delay
 * of the input, and one that works off a burst (a segment of HLS) gains media time. So neither a
 * stalled input nor the rhythm of segments looks like overload. Five seconds behind, which a JVM
 * that has just started can be and catches up by itself, and each further second halve the share of
 * pictures looked at, down to one of {@value #LONGEST_STRIDE}; ten seconds without falling behind
 * again double it.
 *
 * <p>A source that does not tell how long it waited is never taken for overload. Not thread-safe.
 */
final class LoadShedder {
  /** Of so many pictures one is looked at, at least. */
  static final int LONGEST_STRIDE = 8;

  /** Behind by this much, fewer pictures are looked at. */
  private static final long FIRST_NANOS = 5_000_000_000L;

  /** And fewer still for each time that it has become this much more. */
  private static final long STEP_NANOS = 1_000_000_000L;

  /** A shorter pause is the price of a lock, not of an input that has nothing more to give. */
  private static final long PAUSE_NANOS = 1_000_000L;

  /** How long the task must keep up before more pictures are looked at. */
  private static final long CALM_NANOS = 10_000_000_000L;

  private int stride = 1;
  private int toSkip;
  private boolean started;
  private long lastNanos;
  private long lastMicros;
  private long lastWaitedNanos;
  private long behindNanos;
  private long limitNanos = FIRST_NANOS;
  private long changedAtNanos;

  /** Whether the next picture is to be looked at closely; it then stands for {@link #stride}. */
  boolean takesPicture() {
    if (toSkip > 0) {
      toSkip--;
      return false;
    }
    toSkip = stride - 1;
    return true;
  }

  /** One of so many pictures is looked at; 1: all. */
  int stride() {
    return stride;
  }

  /** How far the task is behind its input, in seconds. */
  double behindSeconds() {
    return behindNanos / 1e9;
  }

  /** What was before says nothing: the input was opened, or something else was done meanwhile. */
  void beginAnew() {
    started = false;
    behindNanos = 0;
    limitNanos = FIRST_NANOS;
  }

  /**
   * An event was dealt with.
   *
   * @param nowNanos the task's clock
   * @param mediaMicros media time reached
   * @param waitedNanos how long the source has waited for input so far
   * @return whether {@link #stride} changed
   */
  boolean progress(long nowNanos, long mediaMicros, OptionalLong waitedNanos) {
    if (waitedNanos.isEmpty()) {
      return false;
    }
    long waited = waitedNanos.getAsLong();
    boolean paused = waited - lastWaitedNanos >= PAUSE_NANOS;
    long gained = (mediaMicros - lastMicros) * 1000;
    long behind = behindNanos + (nowNanos - lastNanos) - gained;
    boolean first = !started;
    started = true;
    lastNanos = nowNanos;
    lastMicros = mediaMicros;
    lastWaitedNanos = waited;
    if (first || paused || behind <= 0) {
      behindNanos = 0;
      limitNanos = FIRST_NANOS;
    } else {
      behindNanos = behind;
    }
    int before = stride;
    if (behindNanos > limitNanos) {
      limitNanos = behindNanos + STEP_NANOS;
      stride = Math.min(2 * stride, LONGEST_STRIDE);
      changedAtNanos = nowNanos;
    } else if (paused && stride > 1 && nowNanos - changedAtNanos >= CALM_NANOS) {
      stride /= 2;
      changedAtNanos = nowNanos;
    }
    return stride != before;
  }
}
