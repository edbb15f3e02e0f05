package io.aircheck.detectors.sound.phase;

import io.aircheck.core.detect.Condition;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.ChannelRole;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.sound.SoundBlock;
import io.aircheck.detectors.sound.Decibels;
import io.aircheck.detectors.sound.SoundDetector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * Inversion of one of the front channels: their correlation stays near -1. Time without enough
 * sound says nothing, neither for nor against.
 */
final class PhaseInversionMonitor implements SoundDetector.TrackMonitor {
  private static final String CORRELATION = "correlation";

  /** Pauses up to this length do not part one inversion into two. */
  private static final long BRIDGED_MICROS = 2_000_000;

  /** From this correlation on, what is heard is mostly in the middle between the loudspeakers. */
  private static final double CORRELATED = 0.5;

  /** A programme that correlated for this long is one that should. */
  private static final long ESTABLISHED_MICROS = 1_000_000;

  /** Inversion keeps levels; effects of the surrounds are mixed to one side (6 dB, as power). */
  private static final double MAX_POWER_RATIO = 4;

  private final double maxCorrelation;
  private final double activePower;
  private final long minDurationMicros;
  private final long neverCorrelatedMinDurationMicros;
  private final Condition condition;

  private StereoCorrelation stereo = new StereoCorrelation(48_000);
  private int left = -1;
  private int right = -1;
  private long correlatedMicros;
  private boolean inverted;
  private boolean flipped;
  private long invertedStartMicros;
  private long invertedEndMicros;
  private long evidenceMicros;

  PhaseInversionMonitor(String track, Options options) {
    maxCorrelation = options.get("maxCorrelation");
    activePower = Decibels.toPower(options.get("activeDbfs"));
    minDurationMicros = options.micros("minDurationSeconds");
    neverCorrelatedMinDurationMicros = options.micros("neverCorrelatedMinDurationSeconds");
    condition =
        new Condition(
            Kinds.AUDIO_PHASE_INVERSION,
            track,
            new Condition.Timing(0, BRIDGED_MICROS),
            this::assess,
            new Condition.Measurement(CORRELATION, Condition.Aggregate.MEAN));
  }

  @Override
  public void start(int sampleRate, ChannelLayout layout) {
    stereo = new StereoCorrelation(sampleRate);
    left = layout.roles().indexOf(ChannelRole.LEFT);
    right = layout.roles().indexOf(ChannelRole.RIGHT);
    correlatedMicros = 0;
    inverted = false;
  }

  @Override
  public void block(SoundBlock block, ObservationSink out) {
    if (left < 0 || right < 0) {
      return;
    }
    stereo.add(block, left, right);
    if (!stereo.ready() || stereo.weakerPower() < activePower) {
      return;
    }
    double correlation = stereo.correlation();
    if (correlation > maxCorrelation
        || stereo.strongerPower() > MAX_POWER_RATIO * stereo.weakerPower()) {
      if (correlation >= CORRELATED) {
        inverted = false;
        correlatedMicros =
            Math.min(
                ESTABLISHED_MICROS, correlatedMicros + block.endMicros() - block.startMicros());
      }
      condition.update(block.startMicros(), block.endMicros(), false, out);
    } else if (stereo.opposedNow()) {
      opposed(block, correlation, out);
    }
  }

  private void opposed(SoundBlock block, double correlation, ObservationSink out) {
    if (inverted && block.startMicros() - invertedEndMicros > BRIDGED_MICROS) {
      inverted = false;
    }
    if (!inverted) {
      inverted = true;
      flipped = correlatedMicros >= ESTABLISHED_MICROS;
      invertedStartMicros = stereo.opposedSinceMicros();
      evidenceMicros = block.startMicros() - invertedStartMicros;
    }
    invertedEndMicros = block.endMicros();
    evidenceMicros += block.endMicros() - block.startMicros();
    long needed = flipped ? minDurationMicros : neverCorrelatedMinDurationMicros;
    if (condition.isOpen()) {
      condition.update(block.startMicros(), block.endMicros(), true, out, correlation);
    } else if (evidenceMicros >= needed) {
      condition.update(invertedStartMicros, block.endMicros(), true, out, correlation);
    }
  }

  private Condition.Assessment assess(long durationMicros, Map<String, Double> measurements) {
    return new Condition.Assessment(
        flipped ? Severity.ERROR : Severity.WARNING,
        flipped ? 0.95 : 0.8,
        String.format(
            Locale.ROOT,
            flipped
                ? "Left and right turned to opposite phase for %.1f s, correlation %.2f"
                : "Left and right in opposite phase for %.1f s, correlation %.2f",
            durationMicros / 1e6,
            measurements.getOrDefault(CORRELATION, 0.0)));
  }

  @Override
  public void end(ObservationSink out) {
    condition.end(out);
    inverted = false;
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    condition.snapshot(state);
    stereo.snapshot(state);
    state.writeLong(correlatedMicros);
    state.writeBoolean(inverted);
    state.writeBoolean(flipped);
    state.writeLong(invertedStartMicros);
    state.writeLong(invertedEndMicros);
    state.writeLong(evidenceMicros);
  }

  @Override
  public void restore(DataInput state) throws IOException {
    condition.restore(state);
    stereo.restore(state);
    correlatedMicros = state.readLong();
    inverted = state.readBoolean();
    flipped = state.readBoolean();
    invertedStartMicros = state.readLong();
    invertedEndMicros = state.readLong();
    evidenceMicros = state.readLong();
  }
}
