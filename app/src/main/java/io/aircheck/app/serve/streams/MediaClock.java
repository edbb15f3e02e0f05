package io.aircheck.app.serve.streams;

/**
 * Says at what wall-clock time a media time was on air. Segments arrive in bursts: the media time
 * that came closest to the clock tells how the two relate, so that nothing lies in the future. Used
 * by one thread.
 */
final class MediaClock {
  /** The input stood still for longer than segments do: it does not go on where it left off. */
  private static final long LATE_MILLIS = 30_000;

  private long offsetMillis;
  private boolean known;

  /**
   * Wall-clock milliseconds since the epoch of a media time that is seen now.
   *
   * @param nowMillis the clock
   */
  long wallClockMillis(long ptsMicros, long nowMillis) {
    long offset = nowMillis - Math.floorDiv(ptsMicros, 1000L);
    if (!known || offset < offsetMillis || offset > offsetMillis + LATE_MILLIS) {
      offsetMillis = offset;
      known = true;
    }
    return offsetMillis + Math.floorDiv(ptsMicros, 1000L);
  }
}
