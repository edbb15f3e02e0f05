package io.aircheck.experience.cube;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import io.aircheck.experience.measure.Measure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/**
 * Cells as bytes: a version, sums that are not zero by the names of their measures, percentiles by
 * theirs in the encoding of DDSketch, the sketch of sessions in that of DataSketches, and hashes of
 * the sessions that were hit.
 */
final class CellBytes {
  private static final int VERSION = 1;
  private static final Measure[] MEASURES = Measure.values();

  private CellBytes() {}

  @SuppressWarnings("EnumOrdinal") // sums lie in arrays by their ordinal
  static byte[] of(
      long[] sums,
      Map<Distribution, DDSketch> sketches,
      @Nullable HllUnion sessions,
      @Nullable IdSet hit) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      int present = 0;
      for (long sum : sums) {
        present += sum == 0 ? 0 : 1;
      }
      out.writeByte(present);
      for (Measure measure : MEASURES) {
        if (sums[measure.ordinal()] != 0) {
          out.writeUTF(measure.name());
          out.writeLong(sums[measure.ordinal()]);
        }
      }
      out.writeByte(sketches.size());
      for (Map.Entry<Distribution, DDSketch> sketch : sketches.entrySet()) {
        out.writeUTF(sketch.getKey().name());
        GrowingByteArrayOutput encoded = GrowingByteArrayOutput.withDefaultInitialCapacity();
        sketch.getValue().encode(encoded, false);
        write(out, encoded.trimmedCopy());
      }
      write(
          out,
          sessions == null
              ? new byte[0]
              : sessions.getResult(TgtHllType.HLL_8).toCompactByteArray());
      (hit == null ? new IdSet() : hit).write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory that cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, byte[] some) throws IOException {
    out.writeInt(some.length);
    out.write(some);
  }

  /**
   * Adds what a cell has.
   *
   * @param sketches to add to; null: percentiles and sessions are not kept
   * @throws IllegalArgumentException if these are no bytes of a cell
   */
  @SuppressWarnings("EnumOrdinal") // sums lie in arrays by their ordinal
  static void read(
      byte[] bytes,
      long[] sums,
      @Nullable Function<Distribution, DDSketch> sketches,
      Supplier<HllUnion> sessions,
      Supplier<IdSet> hit) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IOException("version " + version);
      }
      for (int left = in.readByte(); left > 0; left--) {
        sums[Measure.valueOf(in.readUTF()).ordinal()] += in.readLong();
      }
      for (int left = in.readByte(); left > 0; left--) {
        Distribution distribution = Distribution.valueOf(in.readUTF());
        byte[] encoded = in.readNBytes(in.readInt());
        if (sketches != null) {
          sketches.apply(distribution).decodeAndMergeWith(ByteArrayInput.wrap(encoded));
        }
      }
      byte[] registers = in.readNBytes(in.readInt());
      if (sketches != null && registers.length > 0) {
        sessions.get().update(HllSketch.heapify(registers));
      }
      in.mark(Integer.BYTES);
      if (in.readInt() > 0) {
        in.reset();
        hit.get().addAll(in);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("these are no sums of viewers: " + e.getMessage(), e);
    }
  }
}
