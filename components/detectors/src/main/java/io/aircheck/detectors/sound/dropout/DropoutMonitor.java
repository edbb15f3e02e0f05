package io.aircheck.detectors.sound.dropout;

import io.aircheck.core.detect.Condition;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.ChannelRole;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.sound.SoundBlock;
import io.aircheck.detectors.sound.History;
import io.aircheck.detectors.sound.SoundDetector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * Dropouts of one track: holes in any channel but the LFE; holes of several channels at one time
 * are one finding.
 */
final class DropoutMonitor implements SoundDetector.TrackMonitor {
  private static final String LEVEL = "levelBeforeDbfs";
  private static final String LOWEST = "lowestLevelDbfs";
  private static final int STEPS_PER_BLOCK = 4;

  /** A hole is known 20 ms after its end; other channels may tell of the same until then. */
  private static final long MERGE_MICROS = 60_000;

  private static final long RATE_MICROS = 10_000_000;

  private final double minLevelDbfs;
  private final double depthDecibels;
  private final double floorDbfs;
  private final long minDurationMicros;
  private final long maxDurationMicros;
  private final int errorCount;
  private final Condition condition;
  private final History ends;

  private HoleFinder[] channels = new HoleFinder[0];
  private boolean[] listened = new boolean[0];
  private boolean pending;
  private long pendingStartMicros;
  private long pendingEndMicros;
  private double pendingLevel;
  private double pendingLowest;
  private boolean frequent;

  DropoutMonitor(String track, Options options) {
    minLevelDbfs = options.get("minLevelDbfs");
    depthDecibels = options.get("depthDecibels");
    floorDbfs = options.get("floorDbfs");
    minDurationMicros = options.micros("minDurationSeconds");
    maxDurationMicros = options.micros("maxDurationSeconds");
    errorCount = (int) options.get("errorCount");
    ends = new History(errorCount);
    condition =
        new Condition(
            Kinds.AUDIO_DROPOUT,
            track,
            new Condition.Timing(0, 0),
            this::assess,
            new Condition.Measurement(LEVEL, Condition.Aggregate.MAX),
            new Condition.Measurement(LOWEST, Condition.Aggregate.MIN));
  }

  @Override
  public void start(int sampleRate, ChannelLayout layout) {
    channels = new HoleFinder[layout.size()];
    listened = new boolean[layout.size()];
    for (int c = 0; c < channels.length; c++) {
      channels[c] = new HoleFinder(minLevelDbfs, depthDecibels, floorDbfs, maxDurationMicros);
      listened[c] = layout.roles().get(c) != ChannelRole.LFE;
    }
    pending = false;
  }

  @Override
  public void block(SoundBlock block, ObservationSink out) {
    if (pending && block.startMicros() > pendingEndMicros + MERGE_MICROS) {
      report(out);
    }
    for (int c = 0; c < channels.length; c++) {
      if (listened[c]) {
        search(block, c, out);
      }
    }
  }

  private void search(SoundBlock block, int c, ObservationSink out) {
    int count = block.sampleCount();
    long duration = block.endMicros() - block.startMicros();
    for (int step = 0; step < STEPS_PER_BLOCK; step++) {
      int from = step * count / STEPS_PER_BLOCK;
      int to = (step + 1) * count / STEPS_PER_BLOCK;
      if (from < to
          && channels[c].step(
              block.startMicros() + from * duration / count,
              block.startMicros() + to * duration / count,
              power(block.channel(c), from, to))) {
        merge(channels[c], out);
      }
    }
  }

  /** Power about the mean, so that an offset left in the hole does not fill it. */
  private static double power(float[] samples, int from, int to) {
    double sum = 0;
    double squares = 0;
    for (int i = from; i < to; i++) {
      double sample = samples[i];
      sum += sample;
      squares += sample * sample;
    }
    double mean = sum / (to - from);
    return Math.max(0, squares / (to - from) - mean * mean);
  }

  private void merge(HoleFinder hole, ObservationSink out) {
    if (hole.endMicros() - hole.startMicros() < minDurationMicros) {
      return;
    }
    if (pending && hole.startMicros() > pendingEndMicros) {
      report(out);
    }
    if (!pending) {
      pending = true;
      pendingStartMicros = hole.startMicros();
      pendingEndMicros = hole.endMicros();
      pendingLevel = hole.levelBefore();
      pendingLowest = hole.lowestLevel();
    } else {
      pendingStartMicros = Math.min(pendingStartMicros, hole.startMicros());
      pendingEndMicros = Math.max(pendingEndMicros, hole.endMicros());
      pendingLevel = Math.max(pendingLevel, hole.levelBefore());
      pendingLowest = Math.min(pendingLowest, hole.lowestLevel());
    }
  }

  private void report(ObservationSink out) {
    pending = false;
    ends.add(pendingEndMicros);
    frequent = ends.isFull() && pendingEndMicros - ends.ago(errorCount - 1) <= RATE_MICROS;
    condition.report(pendingStartMicros, pendingEndMicros, out, pendingLevel, pendingLowest);
  }

  private Condition.Assessment assess(long durationMicros, Map<String, Double> measurements) {
    double level = measurements.getOrDefault(LEVEL, 0.0);
    double lowest = measurements.getOrDefault(LOWEST, 0.0);
    return new Condition.Assessment(
        frequent ? Severity.ERROR : Severity.WARNING,
        Math.clamp(0.5 + (level - lowest - depthDecibels) / 100, 0.5, 0.98),
        String.format(
            Locale.ROOT, "Sound of %.0f dBFS missing for %.0f ms", level, durationMicros / 1e3));
  }

  @Override
  public void end(ObservationSink out) {
    if (pending) {
      report(out);
    }
    condition.end(out);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    condition.snapshot(state);
    ends.snapshot(state);
    state.writeBoolean(pending);
    state.writeLong(pendingStartMicros);
    state.writeLong(pendingEndMicros);
    state.writeDouble(pendingLevel);
    state.writeDouble(pendingLowest);
    state.writeBoolean(frequent);
    for (HoleFinder channel : channels) {
      channel.snapshot(state);
    }
  }

  @Override
  public void restore(DataInput state) throws IOException {
    condition.restore(state);
    ends.restore(state);
    pending = state.readBoolean();
    pendingStartMicros = state.readLong();
    pendingEndMicros = state.readLong();
    pendingLevel = state.readDouble();
    pendingLowest = state.readDouble();
    frequent = state.readBoolean();
    for (HoleFinder channel : channels) {
      channel.restore(state);
    }
  }
}
