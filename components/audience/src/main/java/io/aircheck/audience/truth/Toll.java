package io.aircheck.audience.truth;

/**
 * What a fault of a stream truly did to viewers. Sums, which add up.
 *
 * @param viewers sessions that it was shown to, or that waited because of it
 * @param millis for which it was shown to them, or they waited because of it
 * @param left how many of them left because of it
 * @param leftSilently how many of those left without a word, so that nobody knows when
 * @param stalls how many stalls it made
 * @param stalledMillis for which they lasted
 */
public record Toll(
    long viewers, long millis, long left, long leftSilently, long stalls, long stalledMillis) {
  /** Nothing. */
  public static final Toll NONE = new Toll(0, 0, 0, 0, 0, 0);

  /** One more viewer. */
  public static final Toll VIEWER = new Toll(1, 0, 0, 0, 0, 0);

  /** So much more time. */
  public static Toll ofMillis(long millis) {
    return new Toll(0, millis, 0, 0, 0, 0);
  }

  /** Somebody leaves. */
  public static Toll ofLeaving(boolean silently) {
    return new Toll(0, 0, 1, silently ? 1 : 0, 0, 0);
  }

  /** What came after another, that was there before. */
  public Toll minus(Toll before) {
    return new Toll(
        viewers - before.viewers,
        millis - before.millis,
        left - before.left,
        leftSilently - before.leftSilently,
        stalls - before.stalls,
        stalledMillis - before.stalledMillis);
  }

  /** Both together. */
  public Toll plus(Toll other) {
    return new Toll(
        viewers + other.viewers,
        millis + other.millis,
        left + other.left,
        leftSilently + other.leftSilently,
        stalls + other.stalls,
        stalledMillis + other.stalledMillis);
  }
}
