package io.aircheck.core.detect;

import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Debounce, hold time and recovery time, shared by all detectors: turns "is it so at this moment"
 * into findings that open after the hold time and close after the recovery time.
 *
 * <p>Feed it every picture or run of sound in order with {@link #update}. A finding starts where
 * the condition first became true and ends where it was last true, however long hold and recovery
 * are.
 */
public final class Condition {

  /**
   * When a condition becomes a finding and when it is over.
   *
   * @param holdMicros how long it must be true before a finding opens; 0 opens at once
   * @param recoveryMicros how long it must be false before the finding closes; shorter breaks are
   *     bridged
   */
  public record Timing(long holdMicros, long recoveryMicros) {}

  /** How the values of a measurement over the finding become one number. */
  public enum Aggregate {
    MEAN,
    MIN,
    MAX,
    SUM,
    LAST
  }

  /** A measurement that is reported with the finding. */
  public record Measurement(String name, Aggregate aggregate) {}

  /** What is said of the finding; asked for when it opens, closes, or after {@link #reassess}. */
  @FunctionalInterface
  public interface Verdict {
    /**
     * @param durationMicros how long it has lasted
     * @param measurements aggregated measurements by name
     */
    Assessment assess(long durationMicros, Map<String, Double> measurements);
  }

  /** Severity, confidence 0..1 and message of a finding. */
  public record Assessment(Severity severity, double confidence, String message) {}

  private final String kind;
  private final @Nullable String track;
  private final Timing timing;
  private final Measurement[] measurements;
  private final Verdict verdict;

  private final double[] aggregate;
  private double weight;
  private boolean active;
  private boolean opened;
  private long startMicros;
  private long lastTrueMicros;
  private long serial;
  private @Nullable Severity reportedSeverity;

  /**
   * @param kind kind of the findings
   * @param track track of the findings, or null for the input as a whole
   */
  public Condition(
      String kind,
      @Nullable String track,
      Timing timing,
      Verdict verdict,
      Measurement... measurements) {
    this.kind = kind;
    this.track = track;
    this.timing = timing;
    this.verdict = verdict;
    this.measurements = measurements.clone();
    this.aggregate = new double[measurements.length];
  }

  /**
   * One picture or run of sound.
   *
   * @param fromMicros media time at which it begins
   * @param toMicros media time at which it ends; at least {@code fromMicros}
   * @param holds whether the condition is true in it
   * @param values one value per measurement; used only when the condition is true
   */
  public void update(
      long fromMicros, long toMicros, boolean holds, ObservationSink out, double... values) {
    if (holds) {
      if (active && fromMicros - lastTrueMicros > timing.recoveryMicros()) {
        end(out);
      }
      if (!active) {
        begin(fromMicros);
      }
      accumulate(values, Math.max(1, toMicros - fromMicros));
      boolean suspected = suspicious();
      lastTrueMicros = Math.max(lastTrueMicros, toMicros);
      if (!suspected && suspicious()) {
        out.suspected(kind, lastTrueMicros);
      }
      if (!opened && lastTrueMicros - startMicros >= timing.holdMicros()) {
        opened = true;
        out.observe(new Observation.Opened(finding()));
      } else if (opened) {
        reassess(out);
      }
    } else if (active && toMicros - lastTrueMicros >= timing.recoveryMicros()) {
      end(out);
    }
  }

  /** Reports an instant or a stretch that is a finding by itself, without hold or recovery. */
  public void report(long fromMicros, long toMicros, ObservationSink out, double... values) {
    end(out);
    begin(fromMicros);
    accumulate(values, 1);
    lastTrueMicros = toMicros;
    opened = true;
    out.observe(new Observation.Opened(finding()));
    end(out);
  }

  /** Tells of a change of severity of an open finding, if there is one. */
  public void reassess(ObservationSink out) {
    if (!opened) {
      return;
    }
    Severity before = reportedSeverity;
    Finding finding = finding();
    if (before != finding.severity()) {
      out.observe(new Observation.Updated(finding));
    }
  }

  /** Ends the condition now: a discontinuity, a format change or the end of the input. */
  public void end(ObservationSink out) {
    if (opened) {
      out.observe(new Observation.Closed(finding()));
    }
    active = false;
    opened = false;
    reportedSeverity = null;
  }

  /** Whether the condition is true or within its recovery time. */
  public boolean isActive() {
    return active;
  }

  /** Whether a finding is open. */
  public boolean isOpen() {
    return opened;
  }

  /** Media time at which the current condition began; meaningful while {@link #isActive}. */
  public long startMicros() {
    return startMicros;
  }

  public void snapshot(DataOutput state) throws IOException {
    state.writeBoolean(active);
    state.writeBoolean(opened);
    state.writeLong(startMicros);
    state.writeLong(lastTrueMicros);
    state.writeLong(serial);
    state.writeDouble(weight);
    state.writeByte(reportedSeverity == null ? -1 : reportedSeverity.ordinal());
    for (double value : aggregate) {
      state.writeDouble(value);
    }
  }

  public void restore(DataInput state) throws IOException {
    active = state.readBoolean();
    opened = state.readBoolean();
    startMicros = state.readLong();
    lastTrueMicros = state.readLong();
    serial = state.readLong();
    weight = state.readDouble();
    int severity = state.readByte();
    reportedSeverity = severity < 0 ? null : Severity.values()[severity];
    for (int i = 0; i < aggregate.length; i++) {
      aggregate[i] = state.readDouble();
    }
  }

  /** Whether the condition has been true for half of the hold time. */
  private boolean suspicious() {
    return lastTrueMicros - startMicros > timing.holdMicros() / 2;
  }

  private void begin(long fromMicros) {
    active = true;
    opened = false;
    startMicros = fromMicros;
    lastTrueMicros = fromMicros;
    serial++;
    weight = 0;
    Arrays.fill(aggregate, 0);
  }

  private void accumulate(double[] values, long durationMicros) {
    if (values.length != measurements.length) {
      throw new IllegalArgumentException(
          kind + " takes " + measurements.length + " measurements, got " + values.length);
    }
    boolean first = weight == 0;
    weight += durationMicros;
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      aggregate[i] =
          switch (measurements[i].aggregate()) {
            case MEAN -> aggregate[i] + (value - aggregate[i]) * (durationMicros / weight);
            case MIN -> first ? value : Math.min(aggregate[i], value);
            case MAX -> first ? value : Math.max(aggregate[i], value);
            case SUM -> aggregate[i] + value;
            case LAST -> value;
          };
    }
  }

  private Finding finding() {
    Map<String, Double> byName = new TreeMap<>();
    for (int i = 0; i < measurements.length; i++) {
      byName.put(measurements[i].name(), aggregate[i]);
    }
    Assessment assessment = verdict.assess(lastTrueMicros - startMicros, byName);
    reportedSeverity = assessment.severity();
    return new Finding(
        kind + "/" + (track == null ? "" : track + "/") + serial,
        kind,
        startMicros,
        lastTrueMicros,
        assessment.severity(),
        assessment.confidence(),
        track,
        null,
        byName,
        assessment.message());
  }
}
