package io.aircheck.core.task;

import io.aircheck.core.media.TimestampScope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the key pictures of renditions of which nothing else is decoded, for what a detector
 * would need all pictures to be sure of: whether a rendition shows something else than the one that
 * is decoded in full, or the same with something wrong in it, and whether it stands still. These
 * are suspicions and no findings.
 *
 * <p>Pictures are compared as thumbnails, see {@link PictureLikeness}. Renditions belong together
 * by the timestamps of the input; each is read on its own, so that a key picture may have to wait
 * for the picture to compare it with. Not thread-safe.
 *
 * @param <R> stands for a rendition
 */
final class LadderPictures<R> {
  /**
   * Pictures of the rendition that is decoded in full are kept at this distance, and its key
   * pictures, which those of the others mostly fall together with.
   */
  static final long STEP_MICROS = 200_000;

  /** Some half a minute. */
  private static final int KEPT = 180;

  /** Key pictures that wait; more than a rendition has in half a minute. */
  private static final int MOST_WAITING = 256;

  /** One of the pictures kept is as close as this when there is one at that time. */
  private static final long NEAR_MICROS = 250_000;

  /** Timestamps of the same picture differ by less, whatever they are counted in. */
  private static final long SAME_TIME_MICROS = 5_000;

  /**
   * Mean difference from which on two pictures are not the same: renditions of one ladder differ by
   * less than 1, pictures of different programmes by some 30.
   */
  private static final double OTHER_LEVELS = 8;

  /** A cut that falls between the pictures kept looks like it; not twice in a row. */
  private static final int STRIKES = 2;

  /**
   * Worst difference of two pictures of the same time from which on something is wrong in one of
   * them: up to 2.2 in healthy ladders, 6 to 250 where one is frozen, combed, blurred or damaged.
   */
  private static final double WRONG_LEVELS = 4;

  /** And so many times of what it usually is: a rendition may have its own logo, or other bars. */
  private static final double WRONG_OF_USUAL = 3;

  private static final int USUAL_OF = 9;

  private record Picture(long sequence, long micros, PictureLikeness likeness) {}

  private record Waiting<R>(R rendition, Picture picture) {}

  /** Hears of a rendition of which two key pictures in a row are the same. */
  @FunctionalInterface
  interface StandstillListener<R> {
    /** In timestamps of the input. */
    void still(R rendition, long sequence, long fromMicros, long toMicros);
  }

  private final StandstillListener<R> standstills;
  private final Deque<Picture> full = new ArrayDeque<>();
  private final Deque<Waiting<R>> waiting = new ArrayDeque<>();
  private final Map<R, Picture> before = new HashMap<>();
  private final Map<R, Integer> strikes = new HashMap<>();

  /** Worst differences of late; outlasts {@link #clear}. */
  private final Map<R, RunningBaseline> usual = new HashMap<>();

  LadderPictures(StandstillListener<R> standstills) {
    this.standstills = standstills;
  }

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
   * @param key whether it is a key picture
   * @param thumbnail asked for when it is needed
   * @return what is suspicious, in words
   */
  Optional<String> full(
      long ptsMicros, TimestampScope scope, boolean key, Supplier<float[]> thumbnail) {
    long micros = ptsMicros + scope.offsetMicros();
    Picture last = full.peekLast();
    if (!scope.known()) {
      return Optional.empty();
    }
    if (!key && last != null && micros >= last.micros() && micros < last.micros() + STEP_MICROS) {
      return Optional.empty();
    }
    if (last != null && (micros < last.micros() || scope.sequence() != last.sequence())) {
      full.clear();
    }
    full.addLast(new Picture(scope.sequence(), micros, new PictureLikeness(thumbnail.get())));
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
  Optional<String> key(
      R rendition, long ptsMicros, TimestampScope scope, Supplier<float[]> thumbnail) {
    if (!scope.known()) {
      return Optional.empty();
    }
    Picture picture =
        new Picture(
            scope.sequence(),
            ptsMicros + scope.offsetMicros(),
            new PictureLikeness(thumbnail.get()));
    Picture last = before.put(rendition, picture);
    if (last != null
        && last.sequence() == picture.sequence()
        && last.micros() < picture.micros()
        && last.likeness().isSame(picture.likeness())) {
      standstills.still(rendition, picture.sequence(), last.micros(), picture.micros());
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
    String suspicion = null;
    for (Iterator<Waiting<R>> each = waiting.iterator(); each.hasNext(); ) {
      Waiting<R> next = each.next();
      if (next.picture().micros() + NEAR_MICROS <= last.micros()) {
        each.remove();
        String found = judge(next.rendition(), next.picture());
        suspicion = found != null ? found : suspicion;
      }
    }
    return Optional.ofNullable(suspicion);
  }

  private @Nullable String judge(R rendition, Picture picture) {
    Picture same = ofSameTime(picture);
    if (same != null) {
      strikes.remove(rendition);
      return isWrong(rendition, picture, same) ? "a key picture of a rendition differs" : null;
    }
    if (!isOther(picture)) {
      strikes.remove(rendition);
    } else if (strikes.merge(rendition, 1, Integer::sum) >= STRIKES) {
      return "a rendition shows something else";
    }
    return null;
  }

  /** The picture of the very same time, if it was kept. */
  private @Nullable Picture ofSameTime(Picture picture) {
    for (Picture candidate : full) {
      if (candidate.sequence() == picture.sequence()
          && Math.abs(candidate.micros() - picture.micros()) <= SAME_TIME_MICROS) {
        return candidate;
      }
    }
    return null;
  }

  private boolean isWrong(R rendition, Picture picture, Picture same) {
    double worst = picture.likeness().worstDifference(same.likeness());
    RunningBaseline its = usual.computeIfAbsent(rendition, r -> new RunningBaseline(USUAL_OF));
    double least = its.size() == 0 ? 0 : WRONG_OF_USUAL * its.median();
    its.add(worst);
    return worst > Math.max(WRONG_LEVELS, least);
  }

  /** Whether no picture near that time is like it; where there is none, nothing is known. */
  private boolean isOther(Picture picture) {
    double least = Double.MAX_VALUE;
    for (Picture candidate : full) {
      if (candidate.sequence() == picture.sequence()
          && Math.abs(candidate.micros() - picture.micros()) <= NEAR_MICROS) {
        least = Math.min(least, candidate.likeness().meanDifference(picture.likeness()));
      }
    }
    return least != Double.MAX_VALUE && least > OTHER_LEVELS;
  }
}
