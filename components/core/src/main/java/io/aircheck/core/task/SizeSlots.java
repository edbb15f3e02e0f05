package io.aircheck.core.task;

import io.aircheck.core.media.MediaEvent.CodedPicture;
import io.aircheck.core.media.TimestampScope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sums sizes of coded pictures of one rendition up by half seconds of the timestamps of the input,
 * which are the same in all renditions of a ladder. Not thread-safe.
 */
final class SizeSlots {
  private static final long SLOT_MICROS = 500_000;

  /** Pictures from which on a half second tells something. */
  private static final int LEAST_PICTURES = 5;

  private static final double LOG_2 = Math.log(2);

  /**
   * A half second of the timestamps of the input.
   *
   * @param sequence discontinuity sequence number
   */
  record Slot(long sequence, long index) {
    /** Whether it lies between two timestamps of its sequence, whole. */
    boolean isWithin(long fromMicros, long toMicros) {
      return index * SLOT_MICROS >= fromMicros && (index + 1) * SLOT_MICROS <= toMicros;
    }

    /** Whether it ends at a timestamp of its sequence, or later. */
    boolean reaches(long micros) {
      return (index + 1) * SLOT_MICROS >= micros;
    }
  }

  /**
   * What the pictures of a half second are like, in powers of two.
   *
   * @param level mean logarithm of the sizes in bytes
   * @param spread mean distance of the logarithms from it
   */
  record Sizes(Slot slot, double level, double spread) {}

  private final List<Double> logarithms = new ArrayList<>();
  private @Nullable Slot open;

  /** Takes pictures in the order of decoding; gives the half seconds that are over with that. */
  List<Sizes> add(List<CodedPicture> pictures, TimestampScope scope) {
    List<Sizes> over = new ArrayList<>();
    for (CodedPicture picture : pictures) {
      long micros = picture.decodeMicros() + scope.offsetMicros();
      Slot slot = new Slot(scope.sequence(), Math.floorDiv(micros, SLOT_MICROS));
      if (!slot.equals(open)) {
        if (open != null && logarithms.size() >= LEAST_PICTURES) {
          over.add(sizes(open));
        }
        logarithms.clear();
        open = slot;
      }
      logarithms.add(Math.log(Math.max(1, picture.bytes())) / LOG_2);
    }
    return over;
  }

  private Sizes sizes(Slot slot) {
    double level = mean(logarithms);
    double spread = mean(logarithms.stream().map(each -> Math.abs(each - level)).toList());
    return new Sizes(slot, level, spread);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
