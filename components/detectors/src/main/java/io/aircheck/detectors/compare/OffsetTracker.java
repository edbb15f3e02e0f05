package io.aircheck.detectors.compare;

import io.aircheck.detectors.compare.Offset.Attempt;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows the offset of one point against another, window by window: two of three windows must
 * agree. Immutable.
 *
 * @param placed offsets of the last windows in which there was one
 * @param nextMicros media time up to which signatures must reach for the next window
 * @param seen whether the pictures of any window were found at the other point
 */
record OffsetTracker(List<Offset> placed, long nextMicros, boolean seen) implements Serializable {
  /** From window to window, at least: signatures come by the second. */
  private static final long HOP_MICROS = 1_500_000;

  /** Of this many windows in a row two must agree. */
  private static final int VOTES = 3;

  /**
   * How much older the window is that is tried when the newest tells nothing: what belongs to its
   * sound, or its picture, may not have arrived at the other point yet.
   */
  private static final long SECOND_LOOK_MICROS = 4_000_000;

  static final OffsetTracker START = new OffsetTracker(List.of(), 0, false);

  OffsetTracker {
    placed = List.copyOf(placed);
  }

  /**
   * A step of the tracker.
   *
   * @param tracker what goes on
   * @param agreed the offset that two windows agree on, if the newest is one of them
   */
  record Step(OffsetTracker tracker, Optional<Offset> agreed) {}

  /** Looks at the newest window of a point, if there is a new one. */
  Step advance(SignatureHistory here, SignatureHistory there) {
    if (here.pictures().isEmpty() || here.sounds().isEmpty() || there.pictures().isEmpty()) {
      return new Step(this, Optional.empty());
    }
    long end = Math.min(here.pictureEndMicros(), here.soundEndMicros());
    boolean timeLineGivenUp = end < nextMicros - 2 * HOP_MICROS;
    if (!Offset.measurable(here, end) || (end < nextMicros && !timeLineGivenUp)) {
      return new Step(this, Optional.empty());
    }
    List<Offset> recent = new ArrayList<>();
    for (Offset offset : placed) {
      // A window comes a hop, and at most a batch of signatures, after the one before.
      if (offset.toMicros() > end - VOTES * HOP_MICROS - SECOND_LOOK_MICROS
          && offset.toMicros() <= end) {
        recent.add(offset);
      }
    }
    Attempt newest = look(here, end, recent, there);
    Attempt older =
        newest.offset().isPresent()
            ? Attempt.NONE
            : look(here, end - SECOND_LOOK_MICROS, recent, there);
    Optional<Offset> found = newest.offset().or(older::offset);
    Optional<Offset> agreed = found.flatMap(offset -> agreement(offset, recent));
    found.ifPresent(recent::add);
    List<Offset> kept = recent.subList(Math.max(0, recent.size() - VOTES + 1), recent.size());
    return new Step(
        new OffsetTracker(kept, end + HOP_MICROS, seen || newest.seen() || older.seen()), agreed);
  }

  private static Attempt look(
      SignatureHistory here, long to, List<Offset> recent, SignatureHistory there) {
    if (!recent.isEmpty() && to < recent.getLast().toMicros() + HOP_MICROS / 2) {
      // A window must not agree with itself.
      return Attempt.NONE;
    }
    return Offset.measure(here, to, there);
  }

  private static Optional<Offset> agreement(Offset newest, List<Offset> before) {
    double sum = newest.offsetMillis();
    int count = 1;
    long from = newest.fromMicros();
    for (Offset other : before) {
      if (other.agreesWith(newest)) {
        sum += other.offsetMillis();
        count++;
        from = Math.min(from, other.fromMicros());
      }
    }
    return count < 2
        ? Optional.empty()
        : Optional.of(
            new Offset(from, newest.toMicros(), sum / count, newest.delayMillis(), newest.exact()));
  }
}
