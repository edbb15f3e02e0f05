package io.aircheck.core.task;

import io.aircheck.core.media.MediaEvent.CodedPicture;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.task.SizeSlots.Sizes;
import io.aircheck.core.task.SizeSlots.Slot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the sizes of coded pictures, which are known without decoding, for what happens in one
 * rendition alone. All renditions of a ladder carry the same programme, so that their sizes rise
 * and fall together: the level of sizes of a rendition above that of the reference, the rendition
 * with the smallest pictures, is steady, and so is the difference of how far sizes are spread.
 * Where a rendition stands still its pictures become small, where it repeats pictures or flashes
 * they become small and large in turn.
 *
 * <p>It is suspicious when one of both departs from its running median, see {@link
 * CumulativeDeparture}, while the level of the reference is as usual; that says nothing of what is
 * wrong. What lasts is the usual half a minute later at most. And it answers whether a rendition of
 * which two key pictures in a row are the same stands still, or the programme does: in the first
 * case the level of its sizes is lower than usual in between. Not thread-safe.
 *
 * <p>Levels and spreads are in powers of two, see {@link Sizes}.
 *
 * @param <R> stands for a rendition
 */
final class LadderSizes<R> {
  /** Half seconds that wait for those of another rendition; a minute. */
  private static final int MOST_WAITING = 120;

  /** Standard deviations of less are no certain ones. */
  private static final double LEAST_LEVEL_DEVIATION = 0.17;

  private static final double LEAST_SPREAD_DEVIATION = 0.08;

  /** Half seconds that the median level of the reference is of, and that it takes at least. */
  private static final int REMEMBERED = CumulativeDeparture.REMEMBERED;

  private static final int LEAST_REMEMBERED = CumulativeDeparture.LEAST_REMEMBERED;

  /**
   * A reference as far as this shows another kind of scene, a still one for example, which
   * renditions are not equally good at coding.
   */
  private static final double OTHER_SCENE = 1.5;

  /**
   * Pictures that stand still are a quarter as large as usual or less; half is enough with key
   * pictures that are the same.
   */
  private static final double STILL_BELOW = 1;

  /** Two key pictures in a row of a rendition are the same. */
  private record Question<R>(R rendition, long sequence, long fromMicros, long toMicros) {}

  /** By how much the level of a half second was above the usual. */
  private record Departed(Slot slot, double above) {}

  /** What is known of a rendition beside the reference. */
  private static final class Series {
    private final SizeSlots slots = new SizeSlots();
    private final Deque<Sizes> waiting = new ArrayDeque<>();
    private final CumulativeDeparture level = new CumulativeDeparture(LEAST_LEVEL_DEVIATION);
    private final CumulativeDeparture spread = new CumulativeDeparture(LEAST_SPREAD_DEVIATION);
    private final Deque<Departed> departed = new ArrayDeque<>();

    /** Whether there is a departure; a smaller spread is none. */
    private boolean add(Sizes sizes, Reference beside) {
      level.add(sizes.level() - beside.sizes().level(), beside.usual());
      spread.add(sizes.spread() - beside.sizes().spread(), beside.usual());
      departed.addLast(new Departed(sizes.slot(), level.latest()));
      if (departed.size() > REMEMBERED) {
        departed.removeFirst();
      }
      return level.isAbove() || level.isBelow() || spread.isAbove();
    }

    /** Whether sizes have been compared up to the second of the key pictures. */
    private boolean answers(Question<?> question) {
      Departed last = departed.peekLast();
      return last != null
          && (last.slot().sequence() != question.sequence()
              || last.slot().reaches(question.toMicros()));
    }

    private boolean confirms(Question<?> question) {
      return departed.stream()
              .filter(each -> each.slot().sequence() == question.sequence())
              .filter(each -> each.slot().isWithin(question.fromMicros(), question.toMicros()))
              .mapToDouble(Departed::above)
              .filter(above -> !Double.isNaN(above))
              .average()
              .orElse(0)
          <= -STILL_BELOW;
    }
  }

  private record Reference(Sizes sizes, boolean usual) {}

  private final Map<R, Series> series = new HashMap<>();
  private final Map<Slot, Reference> references = new LinkedHashMap<>();
  private final RunningBaseline referenceLevels = new RunningBaseline(REMEMBERED);
  private final List<Question<R>> questions = new ArrayList<>();
  private @Nullable R reference;

  /**
   * Takes pictures of a rendition in the order of decoding.
   *
   * @param isReference whether it is the one to compare the others with
   * @return what is suspicious, in words
   */
  Optional<String> coded(
      R rendition, boolean isReference, List<CodedPicture> pictures, TimestampScope scope) {
    if (!scope.known()) {
      return Optional.empty();
    }
    if (isReference && !rendition.equals(reference)) {
      clear();
      reference = rendition;
    }
    Series its = series.computeIfAbsent(rendition, each -> new Series());
    for (Sizes sizes : its.slots.add(pictures, scope)) {
      if (isReference) {
        addReference(sizes);
      } else {
        its.waiting.addLast(sizes);
      }
    }
    while (its.waiting.size() > MOST_WAITING) {
      its.waiting.removeFirst();
    }
    return compare();
  }

  /** Two key pictures in a row of a rendition are the same; times are timestamps of the input. */
  void still(R rendition, long sequence, long fromMicros, long toMicros) {
    if (questions.size() == MOST_WAITING) {
      questions.removeFirst();
    }
    questions.add(new Question<>(rendition, sequence, fromMicros, toMicros));
  }

  private void clear() {
    questions.clear();
    series.clear();
    references.clear();
    referenceLevels.clear();
  }

  private void addReference(Sizes sizes) {
    boolean usual =
        referenceLevels.size() >= LEAST_REMEMBERED
            && Math.abs(referenceLevels.above(sizes.level())) < OTHER_SCENE;
    referenceLevels.add(sizes.level());
    references.put(sizes.slot(), new Reference(sizes, usual));
    if (references.size() > MOST_WAITING) {
      references.remove(references.keySet().iterator().next());
    }
  }

  private Optional<String> compare() {
    boolean suspicious = false;
    for (Series each : series.values()) {
      for (Iterator<Sizes> waiting = each.waiting.iterator(); waiting.hasNext(); ) {
        Sizes sizes = waiting.next();
        Reference beside = references.get(sizes.slot());
        if (beside != null) {
          waiting.remove();
          suspicious |= each.add(sizes, beside);
        }
      }
    }
    if (suspicious) {
      return Optional.of("sizes of pictures of a rendition are not as usual");
    }
    return answer()
        ? Optional.of("two key pictures of a rendition are the same")
        : Optional.empty();
  }

  /** Whether a rendition stands still that was asked for. */
  private boolean answer() {
    boolean still = false;
    for (Iterator<Question<R>> each = questions.iterator(); each.hasNext(); ) {
      Question<R> question = each.next();
      Series its = series.get(question.rendition());
      if (its != null && its.answers(question)) {
        each.remove();
        still |= its.confirms(question);
      }
    }
    return still;
  }
}
