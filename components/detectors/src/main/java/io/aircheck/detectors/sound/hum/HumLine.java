package io.aircheck.detectors.sound.hum;

import io.aircheck.core.detect.Condition;
import io.aircheck.core.detect.Options;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.detectors.sound.Decibels;
import io.aircheck.detectors.sound.History;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * Hum of one mains frequency in one track. Notes stand out as much as hum does, but swell, die away
 * and lie off the frequency; hum keeps level and frequency for seconds.
 */
final class HumLine {
  private static final String LEVEL = "levelDbfs";
  private static final String FREQUENCY = "frequencyHertz";
  private static final String ABOVE = "aboveNeighboursDb";

  /** Without a fundamental, as behind a rectifier, this many harmonics are a buzz. */
  private static final int BUZZ_HARMONICS = 3;

  private static final double STEADY_DB = 3;
  private static final double STEADY_HERTZ = 0.101;

  /** Share of a new window in the level and frequency that the next ones are held against. */
  private static final double FOLLOW = 0.2;

  /** A window is half filled with hum where its middle is on the edge of it: half the amplitude. */
  private static final double EDGE_DB = 6;

  /** The same at the beginning, where a run may have started up to 3 dB below its level. */
  private static final double RISE_DB = 4;

  /** Windows in which the edge is looked for: two seconds. */
  private static final int EDGE_WINDOWS = 8;

  /** Loud bass hides hum for a while. */
  private static final long MASKED_MICROS = 2_000_000;

  private final double nominalHertz;
  private final double minAboveDb;
  private final double minLevelDbfs;
  private final double warningDbfs;
  private final long minDurationMicros;
  private final Condition condition;

  private final History levels = new History(EDGE_WINDOWS);
  private final History middles = new History(EDGE_WINDOWS);
  private boolean running;
  private long runStartMicros;
  private double level;
  private double deviation;

  HumLine(String track, double nominalHertz, Options options) {
    this.nominalHertz = nominalHertz;
    minAboveDb = options.get("minAboveNeighboursDb");
    minLevelDbfs = options.get("minLevelDbfs");
    warningDbfs = options.get("warningDbfs");
    minDurationMicros = options.micros("minDurationSeconds");
    condition =
        new Condition(
            Kinds.AUDIO_HUM,
            track,
            new Condition.Timing(0, MASKED_MICROS),
            this::assess,
            new Condition.Measurement(LEVEL, Condition.Aggregate.MEAN),
            new Condition.Measurement(FREQUENCY, Condition.Aggregate.MEAN),
            new Condition.Measurement(ABOVE, Condition.Aggregate.MAX));
  }

  void start() {
    levels.clear();
    middles.clear();
    running = false;
  }

  /**
   * The next window.
   *
   * @param middleMicros media time of its middle
   */
  void window(long middleMicros, LineReading reading, ObservationSink out) {
    boolean present =
        reading.levelDbfs() >= minLevelDbfs
            && (reading.fundamentalDb() >= minAboveDb || reading.standing() >= BUZZ_HARMONICS);
    if (condition.isActive()) {
      boolean goesOn = reading.levelDbfs() >= level - EDGE_DB && near(reading);
      if (goesOn && present) {
        follow(reading);
      }
      tell(middleMicros, middleMicros, goesOn, reading, out);
      running = false;
    } else if (!present) {
      running = false;
    } else if (running && near(reading) && Math.abs(reading.levelDbfs() - level) <= STEADY_DB) {
      follow(reading);
      if (middleMicros - runStartMicros >= minDurationMicros) {
        tell(runStartMicros, middleMicros, true, reading, out);
      }
    } else {
      running = true;
      level = reading.levelDbfs();
      deviation = reading.deviationHertz();
      runStartMicros = edge(middleMicros);
    }
    levels.add(reading.levelDbfs());
    middles.add(middleMicros);
  }

  private boolean near(LineReading reading) {
    return Math.abs(reading.deviationHertz() - deviation) <= STEADY_HERTZ;
  }

  private void follow(LineReading reading) {
    level += FOLLOW * (reading.levelDbfs() - level);
    deviation += FOLLOW * (reading.deviationHertz() - deviation);
  }

  /** Middle of the first of the windows up to now that are about as loud. */
  private long edge(long middleMicros) {
    long edge = middleMicros;
    for (int i = 0; i < levels.size() && levels.ago(i) >= level - RISE_DB; i++) {
      edge = (long) middles.ago(i);
    }
    return edge;
  }

  private void tell(
      long fromMicros, long toMicros, boolean holds, LineReading reading, ObservationSink out) {
    condition.update(
        fromMicros, toMicros, holds, out, level, nominalHertz + deviation, reading.fundamentalDb());
  }

  private Condition.Assessment assess(long durationMicros, Map<String, Double> measurements) {
    double mean = measurements.getOrDefault(LEVEL, Decibels.FLOOR);
    double above = measurements.getOrDefault(ABOVE, 0.0);
    return new Condition.Assessment(
        mean >= warningDbfs ? Severity.WARNING : Severity.INFO,
        Math.clamp(0.6 + (above - minAboveDb) / 50, 0.6, 0.95),
        String.format(
            Locale.ROOT,
            "Hum of %.1f Hz at %.0f dBFS for %.1f s",
            measurements.getOrDefault(FREQUENCY, nominalHertz),
            mean,
            durationMicros / 1e6));
  }

  void end(ObservationSink out) {
    condition.end(out);
  }

  void snapshot(DataOutput state) throws IOException {
    condition.snapshot(state);
    levels.snapshot(state);
    middles.snapshot(state);
    state.writeBoolean(running);
    state.writeLong(runStartMicros);
    state.writeDouble(level);
    state.writeDouble(deviation);
  }

  void restore(DataInput state) throws IOException {
    condition.restore(state);
    levels.restore(state);
    middles.restore(state);
    running = state.readBoolean();
    runStartMicros = state.readLong();
    level = state.readDouble();
    deviation = state.readDouble();
  }
}
