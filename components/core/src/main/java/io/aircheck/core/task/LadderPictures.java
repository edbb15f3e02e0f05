package io.aircheck.core.task;

import io.aircheck.core.media.TimestampScope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at the key pictures of renditions of which nothing else is decoded, for what a detector
 * would need all pictures to be sure of: whether a rendition stands still, and whether it shows
 * something else than the one that is decoded in full. Both are suspicions and no findings.
 *
 * <p>Pictures are compared as thumbnails, area means of luma on the 8-bit scale. Renditions belong
 * together by the timestamps of the input; each is read on its own, so that a key picture may have
 * to wait for the picture to compare it with. Not thread-safe.
 *
 * @param <R> stands for a rendition
 */
final class LadderPictures<R> {
  /** Pictures of the rendition that is decoded in full are kept at this distance, for this time. */
  static final long STEP_MICROS = 200_000;

  private static final int KEPT = 150;

  /** Key pictures that wait; more than a rendition has in half a minute. */
  private static final int MOST_WAITING = 256;

  /** One of the pictures kept is as close as this when there is one at that time. */
  private static final long NEAR_MICROS = 250_000;

  /**
   * Mean difference from which on two pictures are not the same: renditions of one ladder differ by
   * less than 1, pictures of different programmes by some 30.
   */
  private static final double OTHER_LEVELS = 8;

  /** A cut that falls between the pictures kept looks like one; not twice in a row. */
  private static final int STRIKES = 2;

  /** Mean and largest difference of two codings of the same picture. */
  private static final double SAME_MEAN_LEVELS = 0.3;

  private static final double SAME_MOST_LEVELS = 1.5;

  /** A thumbnail, quarter levels. */
  private record Picture(long sequence, long micros, short[] cells) {}

  private record Waiting<R>(R rendition, Picture picture) {}

  private final Deque<Picture> full = new ArrayDeque<>();
  private final Deque<Waiting<R>> waiting = new ArrayDeque<>();
  private final Map<R, Picture> before = new HashMap<>();
  private final Map<R, Integer> strikes = new HashMap<>();

  /** Another rendition is decoded in full, or all are. */
  void clear() {
    full.clear();
    waiting.clear();
    before.clear();
    strikes.clear();
  }

  /**
   * A picture of the rendition that is decoded in full.
   *
   * @return what is suspicious, in words
   */
  Optional<String> full(long ptsMicros, TimestampScope scope, float[] thumbnail) {
    long micros = ptsMicros + scope.offsetMicros();
    Picture last = full.peekLast();
    if (!scope.known()) {
      return Optional.empty();
    }
    if (last != null && micros >= last.micros() && micros < last.micros() + STEP_MICROS) {
      return Optional.empty();
    }
    if (last != null && (micros < last.micros() || scope.sequence() != last.sequence())) {
      full.clear();
    }
    full.addLast(new Picture(scope.sequence(), micros, quantized(thumbnail)));
    if (full.size() > KEPT) {
      full.removeFirst();
    }
    return compare();
  }

  /**
   * A key picture of another rendition.
   *
   * @return what is suspicious, in words
   */
  Optional<String> key(R rendition, long ptsMicros, TimestampScope scope, float[] thumbnail) {
    Picture picture =
        new Picture(scope.sequence(), ptsMicros + scope.offsetMicros(), quantized(thumbnail));
    Picture last = before.put(rendition, picture);
    if (last != null && last.micros() != picture.micros() && isSame(last, picture)) {
      return Optional.of("two key pictures are the same");
    }
    if (!scope.known()) {
      return Optional.empty();
    }
    waiting.addLast(new Waiting<>(rendition, picture));
    if (waiting.size() > MOST_WAITING) {
      waiting.removeFirst();
    }
    return compare();
  }

  private Optional<String> compare() {
    Picture last = full.peekLast();
    if (last == null) {
      return Optional.empty();
    }
    for (Iterator<Waiting<R>> each = waiting.iterator(); each.hasNext(); ) {
      Waiting<R> next = each.next();
      if (next.picture().micros() + NEAR_MICROS <= last.micros()) {
        each.remove();
        if (isOther(next.picture())) {
          if (strikes.merge(next.rendition(), 1, Integer::sum) >= STRIKES) {
            return Optional.of("a rendition shows something else");
          }
        } else {
          strikes.remove(next.rendition());
        }
      }
    }
    return Optional.empty();
  }

  /** Whether no picture at that time is like it; where there is none, nothing is known. */
  private boolean isOther(Picture picture) {
    double least = Double.MAX_VALUE;
    for (Picture candidate : full) {
      if (candidate.sequence() == picture.sequence()
          && Math.abs(candidate.micros() - picture.micros()) <= NEAR_MICROS) {
        least = Math.min(least, meanDifference(candidate, picture));
      }
    }
    return least != Double.MAX_VALUE && least > OTHER_LEVELS;
  }

  private static boolean isSame(Picture one, Picture other) {
    int most = 0;
    for (int i = 0; i < one.cells().length; i++) {
      most = Math.max(most, Math.abs(one.cells()[i] - other.cells()[i]));
    }
    return most <= SAME_MOST_LEVELS * 4 && meanDifference(one, other) <= SAME_MEAN_LEVELS;
  }

  private static double meanDifference(Picture one, Picture other) {
    long sum = 0;
    for (int i = 0; i < one.cells().length; i++) {
      sum += Math.abs(one.cells()[i] - other.cells()[i]);
    }
    return sum / 4.0 / one.cells().length;
  }

  private static short[] quantized(float[] thumbnail) {
    short[] cells = new short[thumbnail.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (short) Math.round(thumbnail[i] * 4);
    }
    return cells;
  }
}
