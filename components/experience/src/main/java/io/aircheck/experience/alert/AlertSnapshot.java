package io.aircheck.experience.alert;

import io.aircheck.experience.alert.AlertState.Active;
import io.aircheck.experience.baseline.Baseline;
import io.aircheck.experience.baseline.HoursOfWeek;
import io.aircheck.experience.baseline.Interval;
import io.aircheck.experience.baseline.Sample;
import io.aircheck.experience.cause.Combination;
import io.aircheck.experience.measure.Ratio;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * All that a fold of alerts remembers, as bytes for the next process: a mark, a version, a
 * checksum, and the rest compressed, so that what is damaged or of something else is not taken for
 * it.
 *
 * @param state what it remembers
 * @param learntBy under which rules, such as the length of windows and the time zone: under others
 *     it means nothing
 */
public record AlertSnapshot(AlertState state, String learntBy) {
  /** What its bytes begin with: {@code ACALERT} and a zero. */
  private static final long MARK = 0x4143_414C_4552_5400L;

  private static final int VERSION = 1;
  private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES + Long.BYTES;

  /** Its bytes: some hundred for each ratio of a cohort, and up to two thousand with its hours. */
  public byte[] toBytes() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(packed, deflater))) {
      write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory that cannot be written", e);
    } finally {
      deflater.end();
    }
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(MARK);
      out.writeInt(VERSION);
      out.writeLong(checksum(packed.toByteArray(), 0));
      packed.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory that cannot be written", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The inverse of {@link #toBytes}.
   *
   * @throws IOException if they are damaged, or of something else; says which
   */
  public static AlertSnapshot of(byte[] bytes) throws IOException {
    DataInputStream head = new DataInputStream(new ByteArrayInputStream(bytes));
    if (bytes.length < HEAD_BYTES || head.readLong() != MARK) {
      throw new IOException("it is no file of what is usual for viewers");
    }
    int version = head.readInt();
    if (version != VERSION) {
      throw new IOException("it is of version %d, and this is %d".formatted(version, VERSION));
    }
    if (head.readLong() != checksum(bytes, HEAD_BYTES)) {
      throw new IOException("it is damaged");
    }
    try (DataInputStream in =
        new DataInputStream(
            new InflaterInputStream(
                new ByteArrayInputStream(bytes, HEAD_BYTES, bytes.length - HEAD_BYTES)))) {
      return read(in);
    } catch (IllegalArgumentException e) {
      throw new IOException("it has what is not known here: " + e.getMessage(), e);
    }
  }

  private static long checksum(byte[] bytes, int from) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, from, bytes.length - from);
    return checksum.getValue();
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeUTF(learntBy);
    out.writeLong(state.lastMillis());
    out.writeInt(state.cohorts().size());
    for (Map.Entry<Combination, Map<Ratio, Watch>> cohort : state.cohorts().entrySet()) {
      write(out, cohort.getKey());
      out.writeByte(cohort.getValue().size());
      for (Map.Entry<Ratio, Watch> watch : cohort.getValue().entrySet()) {
        out.writeUTF(watch.getKey().name());
        write(out, watch.getValue());
      }
    }
    out.writeInt(state.active().size());
    for (Active active : state.active()) {
      write(out, active);
    }
  }

  private static AlertSnapshot read(DataInputStream in) throws IOException {
    String learntBy = in.readUTF();
    long lastMillis = in.readLong();
    Map<Combination, Map<Ratio, Watch>> cohorts = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      Combination cohort = combination(in);
      Map<Ratio, Watch> watches = new HashMap<>();
      for (int ratios = in.readByte(); ratios > 0; ratios--) {
        watches.put(Ratio.valueOf(in.readUTF()), watch(in));
      }
      cohorts.put(cohort, Map.copyOf(watches));
    }
    List<Active> active = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      active.add(active(in));
    }
    return new AlertSnapshot(new AlertState(lastMillis, cohorts, active), learntBy);
  }

  private static void write(DataOutputStream out, Combination cohort) throws IOException {
    out.writeByte(cohort.values().size());
    for (Map.Entry<String, String> value : cohort.values().entrySet()) {
      out.writeUTF(value.getKey());
      out.writeUTF(value.getValue());
    }
  }

  private static Combination combination(DataInputStream in) throws IOException {
    Map<String, String> values = new HashMap<>();
    for (int left = in.readByte(); left > 0; left--) {
      values.put(in.readUTF(), in.readUTF());
    }
    return new Combination(values);
  }

  private static void write(DataOutputStream out, Watch watch) throws IOException {
    Baseline baseline = watch.baseline();
    writeAll(
        out,
        baseline.over(),
        baseline.under(),
        baseline.dispersion(),
        baseline.previousOver(),
        baseline.previousUnder());
    out.writeInt(baseline.samples());
    out.writeLong(baseline.firstMillis());
    out.writeLong(baseline.lastMillis());
    out.writeLong(baseline.unusualSinceMillis());
    out.writeLong(baseline.hourMillis());
    writeAll(out, baseline.hourOver(), baseline.hourUnder());
    float[] hours = baseline.hours().toArray();
    out.writeInt(hours.length);
    for (float hour : hours) {
      out.writeFloat(hour);
    }
    writeAll(out, watch.pending().over(), watch.pending().under(), watch.pending().traffic());
    out.writeInt(watch.pendingWindows());
    out.writeInt(watch.judgedWindows());
    out.writeInt(watch.unusual());
    out.writeLong(watch.unusualSinceMillis());
    Recent recent = watch.recent();
    writeAll(
        out,
        recent.over(),
        recent.expected(),
        recent.under(),
        recent.traffic(),
        recent.windows(),
        recent.history());
    out.writeLong(watch.seenMillis());
  }

  private static Watch watch(DataInputStream in) throws IOException {
    Baseline baseline =
        new Baseline(
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readInt(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readDouble(),
            in.readDouble(),
            hours(in));
    return new Watch(
        baseline,
        new Sample(in.readDouble(), in.readDouble(), in.readDouble()),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readLong(),
        new Recent(
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble()),
        in.readLong());
  }

  private static HoursOfWeek hours(DataInputStream in) throws IOException {
    int count = in.readInt();
    HoursOfWeek.checkLength(count);
    float[] hours = new float[count];
    for (int i = 0; i < count; i++) {
      hours[i] = in.readFloat();
    }
    return HoursOfWeek.of(hours);
  }

  private static void write(DataOutputStream out, Active active) throws IOException {
    Alert alert = active.alert();
    out.writeUTF(alert.id());
    out.writeUTF(alert.ratio().name());
    write(out, alert.cohort());
    out.writeUTF(alert.state().name());
    out.writeLong(alert.firstSeenMillis());
    out.writeLong(alert.openedMillis());
    out.writeLong(alert.lastSeenMillis());
    writeAll(out, alert.value(), alert.interval().low(), alert.interval().high());
    writeAll(out, alert.usual(), alert.z());
    out.writeLong(alert.viewers());
    out.writeDouble(alert.share());
    out.writeUTF(alert.message());
    out.writeUTF(alert.partOf() == null ? "" : alert.partOf());
    out.writeInt(alert.revision());
    out.writeByte(active.dimensions().size());
    for (String dimension : active.dimensions()) {
      out.writeUTF(dimension);
    }
    out.writeInt(active.calm());
    out.writeDouble(active.toldValue());
    out.writeLong(active.toldViewers());
  }

  private static Active active(DataInputStream in) throws IOException {
    Alert alert =
        new Alert(
            in.readUTF(),
            Ratio.valueOf(in.readUTF()),
            combination(in),
            Alert.State.valueOf(in.readUTF()),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readDouble(),
            new Interval(in.readDouble(), in.readDouble()),
            in.readDouble(),
            in.readDouble(),
            in.readLong(),
            in.readDouble(),
            in.readUTF(),
            orNull(in.readUTF()),
            in.readInt());
    List<String> dimensions = new ArrayList<>();
    for (int left = in.readByte(); left > 0; left--) {
      dimensions.add(in.readUTF());
    }
    return new Active(alert, dimensions, in.readInt(), in.readDouble(), in.readLong());
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static void writeAll(DataOutputStream out, double... values) throws IOException {
    for (double value : values) {
      out.writeDouble(value);
    }
  }
}
