package io.aircheck.experience.cube;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/**
 * Cells of windows that are over as few bytes, for this process alone: sums that are not zero,
 * sketches in encodings of their own, and sessions that were hit as places in a list that all cells
 * of the window share. Sums take some 50 bytes instead of 350, a session that was hit one or two
 * instead of 16.
 */
final class PackedCell {
  private static final Distribution[] DISTRIBUTIONS = Distribution.values();
  private static final byte[] NONE = {};

  private PackedCell() {}

  /**
   * Writes a cell.
   *
   * @param sums by ordinals of measures
   * @param hits hashes of all sessions of the window that were hit, in their order
   */
  @SuppressWarnings("EnumOrdinal") // read by the process that wrote it
  static void write(
      PackedWriter out,
      long[] sums,
      Map<Distribution, DDSketch> sketches,
      @Nullable HllUnion sessions,
      @Nullable IdSet hit,
      long[] hits) {
    writeSums(out, sums);
    out.number(sketches.size());
    sketches.forEach(
        (distribution, sketch) -> {
          out.number(distribution.ordinal());
          GrowingByteArrayOutput encoded = GrowingByteArrayOutput.withInitialCapacity(64);
          encode(sketch, encoded);
          out.blob(encoded.backingArray(), encoded.numWrittenBytes());
        });
    byte[] registers =
        sessions == null ? NONE : sessions.getResult(TgtHllType.HLL_4).toCompactByteArray();
    out.blob(registers, registers.length);
    writeHits(out, hit == null ? new long[0] : hit.sorted(), hits);
  }

  private static void writeSums(PackedWriter out, long[] sums) {
    long present = 0;
    for (int i = 0; i < sums.length; i++) {
      present |= sums[i] == 0 ? 0 : 1L << i;
    }
    out.number(present);
    for (long left = present; left != 0; left &= left - 1) {
      out.signed(sums[Long.numberOfTrailingZeros(left)]);
    }
  }

  private static void encode(DDSketch sketch, GrowingByteArrayOutput out) {
    try {
      sketch.encode(out, true);
    } catch (IOException e) {
      throw new UncheckedIOException("memory that cannot be written", e);
    }
  }

  private static void writeHits(PackedWriter out, long[] own, long[] hits) {
    out.number(own.length);
    int before = 0;
    for (long hash : own) {
      int place = Arrays.binarySearch(hits, before, hits.length, hash);
      out.number(place - before);
      before = place;
    }
  }

  /**
   * Adds what a cell has.
   *
   * @param in before it
   * @param hits those that it was written with
   * @param sums to add to, by ordinals of measures
   * @param sketches to add to; null: percentiles and sessions are not wanted
   */
  static void read(
      PackedReader in,
      long[] hits,
      long[] sums,
      @Nullable Function<Distribution, DDSketch> sketches,
      Supplier<HllUnion> sessions,
      Supplier<IdSet> hit) {
    readSums(in, sums);
    for (long left = in.number(); left > 0; left--) {
      Distribution distribution = DISTRIBUTIONS[(int) in.number()];
      int length = (int) in.number();
      int begin = in.skip(length);
      if (sketches != null) {
        decode(sketches.apply(distribution), ByteArrayInput.wrap(in.bytes(), begin, length));
      }
    }
    int length = (int) in.number();
    int begin = in.skip(length);
    if (sketches != null && length > 0) {
      sessions
          .get()
          .update(HllSketch.heapify(Arrays.copyOfRange(in.bytes(), begin, begin + length)));
    }
    int place = 0;
    for (long left = in.number(); left > 0; left--) {
      place += (int) in.number();
      hit.get().addHash(hits[place]);
    }
  }

  /** Adds the sums that a cell begins with. */
  static void readSums(PackedReader in, long[] sums) {
    for (long left = in.number(); left != 0; left &= left - 1) {
      sums[Long.numberOfTrailingZeros(left)] += in.signed();
    }
  }

  private static void decode(DDSketch sketch, ByteArrayInput in) {
    try {
      sketch.decodeAndMergeWith(in);
    } catch (IOException e) {
      throw new UncheckedIOException("memory that cannot be read", e);
    }
  }
}
