package io.aircheck.core.task;

import io.aircheck.core.media.MediaEvent.CodedPicture;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.task.SizeSlots.Sizes;
import io.aircheck.core.task.SizeSlots.Slot;
import java.util.ArrayDeque;
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
 * wrong. What lasts is the usual half a minute later at most. Not thread-safe.
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

  /** What is known of a rendition beside the reference. */
  private static final class Series {
    private final SizeSlots slots = new SizeSlots();
    private final Deque<Sizes> waiting = new ArrayDeque<>();
    private final CumulativeDeparture level = new CumulativeDeparture(LEAST_LEVEL_DEVIATION);
    private final CumulativeDeparture spread = new CumulativeDeparture(LEAST_SPREAD_DEVIATION);

    /** Whether there is a departure; a smaller spread is none. */
    private boolean add(Sizes sizes, Reference beside) {
      level.add(sizes.level() - beside.sizes().level(), beside.usual());
      spread.add(sizes.spread() - beside.sizes().spread(), beside.usual());
      return level.isAbove() || level.isBelow() || spread.isAbove();
    }
  }

  private record Reference(Sizes sizes, boolean usual) {}

  private final Map<R, Series> series = new HashMap<>();
  private final Map<Slot, Reference> references = new LinkedHashMap<>();
  private final RunningBaseline referenceLevels = new RunningBaseline(REMEMBERED);
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

  private void clear() {
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
    return suspicious
        ? Optional.of("sizes of pictures of a rendition are not as usual")
        : Optional.empty();
  }
}
