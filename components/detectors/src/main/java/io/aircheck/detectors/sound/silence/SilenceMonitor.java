package io.aircheck.detectors.sound.silence;

import io.aircheck.core.detect.Condition;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ChannelLayout;
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
 * Silence of one track: the level of the loudest channel, without DC, stays below the threshold.
 *
 * <p>Two durations apply. Room tone, pauses of speakers and quiet passages fade into the noise
 * floor and last a second or so by nature. Programme that is cut off within a tenth of a second to
 * less than the noise of 16-bit sound is a lost signal, and is told sooner.
 */
final class SilenceMonitor implements SoundDetector.TrackMonitor {
  private static final String LEVEL = "levelDbfs";

  /** A click or crackle this short does not end silence. */
  private static final long BRIDGED_MICROS = 30_000;

  /** Weight of a block in the level of the recent past: a time constant of about 100 ms. */
  private static final double RECENT_WEIGHT = 0.1;

  /** A cut falls from at least this far above the threshold. */
  private static final double CUT_DECIBELS = 15;

  private final double thresholdDbfs;
  private final double cutThresholdDbfs;
  private final long minDurationMicros;
  private final long cutMinDurationMicros;
  private final long cutErrorMicros;
  private final long errorMicros;
  private final Condition condition;

  private double recentPower;
  private boolean quiet;
  private boolean afterCut;
  private long quietStartMicros;
  private long quietEndMicros;
  private long cutMicros;
  private double levelSum;
  private long levelCount;

  SilenceMonitor(String track, Options options) {
    thresholdDbfs = options.get("thresholdDbfs");
    cutThresholdDbfs = options.get("cutThresholdDbfs");
    minDurationMicros = options.micros("minDurationSeconds");
    cutMinDurationMicros = options.micros("cutMinDurationSeconds");
    cutErrorMicros = options.micros("cutErrorSeconds");
    errorMicros = options.micros("errorSeconds");
    condition =
        new Condition(
            Kinds.AUDIO_SILENCE,
            track,
            new Condition.Timing(0, BRIDGED_MICROS),
            this::assess,
            new Condition.Measurement(LEVEL, Condition.Aggregate.MEAN));
  }

  @Override
  public void start(int sampleRate, ChannelLayout layout) {
    recentPower = 0;
    quiet = false;
    levelSum = 0;
    levelCount = 0;
  }

  @Override
  public void block(SoundBlock block, ObservationSink out) {
    double power = 0;
    for (int c = 0; c < block.channels(); c++) {
      power = Math.max(power, block.power(c));
    }
    double level = Decibels.ofPower(power);
    out.metric(block.trackId(), "audio.level", block.startMicros(), level);
    if (level < thresholdDbfs) {
      if (quiet && block.startMicros() - quietEndMicros > BRIDGED_MICROS) {
        quiet = false;
      }
      if (!quiet) {
        begin(block.startMicros());
      }
      quietEndMicros = block.endMicros();
      levelSum += level;
      levelCount++;
      if (level < cutThresholdDbfs) {
        cutMicros += block.endMicros() - block.startMicros();
      }
      if (condition.isOpen()) {
        condition.update(block.startMicros(), block.endMicros(), true, out, level);
      } else if (longEnough()) {
        condition.update(quietStartMicros, quietEndMicros, true, out, levelSum / levelCount);
      }
    } else {
      condition.update(block.startMicros(), block.endMicros(), false, out);
    }
    recentPower += (power - recentPower) * RECENT_WEIGHT;
  }

  private void begin(long startMicros) {
    quiet = true;
    quietStartMicros = startMicros;
    cutMicros = 0;
    levelSum = 0;
    levelCount = 0;
    afterCut = Decibels.ofPower(recentPower) >= thresholdDbfs + CUT_DECIBELS;
  }

  private boolean longEnough() {
    return quietEndMicros - quietStartMicros >= minDurationMicros
        || (afterCut && cutMicros >= cutMinDurationMicros);
  }

  private Condition.Assessment assess(long durationMicros, Map<String, Double> measurements) {
    boolean cut = afterCut && cutMicros >= cutMinDurationMicros;
    boolean error = durationMicros >= (cut ? Math.min(cutErrorMicros, errorMicros) : errorMicros);
    double level = measurements.getOrDefault(LEVEL, Decibels.FLOOR);
    return new Condition.Assessment(
        error ? Severity.ERROR : Severity.WARNING,
        cut ? 0.98 : 0.9,
        String.format(
            Locale.ROOT,
            cut ? "Sound cut off to %.0f dBFS for %.1f s" : "Silence at %.0f dBFS for %.1f s",
            level,
            durationMicros / 1e6));
  }

  @Override
  public void end(ObservationSink out) {
    condition.end(out);
    quiet = false;
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    condition.snapshot(state);
    state.writeDouble(recentPower);
    state.writeBoolean(quiet);
    state.writeBoolean(afterCut);
    state.writeLong(quietStartMicros);
    state.writeLong(quietEndMicros);
    state.writeLong(cutMicros);
    state.writeDouble(levelSum);
    state.writeLong(levelCount);
  }

  @Override
  public void restore(DataInput state) throws IOException {
    condition.restore(state);
    recentPower = state.readDouble();
    quiet = state.readBoolean();
    afterCut = state.readBoolean();
    quietStartMicros = state.readLong();
    quietEndMicros = state.readLong();
    cutMicros = state.readLong();
    levelSum = state.readDouble();
    levelCount = state.readLong();
  }
}
