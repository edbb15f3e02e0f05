package io.aircheck.detectors.sound.clipping;

import io.aircheck.core.detect.Condition;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.sound.SoundBlock;
import io.aircheck.detectors.sound.SoundDetector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * Clipping of one track: the share of samples in flat tops, or beyond full scale, in windows of
 * half a second, of the channel that has most.
 */
final class ClippingMonitor implements SoundDetector.TrackMonitor {
  private static final String SHARE = "clippedShare";
  private static final String PEAK = "peak";
  private static final int WINDOW_BLOCKS = 50;

  /** Clipped speech has pauses; what is clipped less than this apart is one finding. */
  private static final long BRIDGED_MICROS = 1_500_000;

  /** Flat tops of sound this soft (-26 dBFS) are dither and codec steps. */
  private static final double SOFT_PEAK = 0.05;

  private final double minShare;
  private final double errorShare;
  private final Condition condition;
  private FlatTops[] channels = new FlatTops[0];
  private long[] clipped = new long[0];
  private int blocks;
  private double peak;
  private long windowStartMicros;

  ClippingMonitor(String track, Options options) {
    minShare = options.get("minShare");
    errorShare = options.get("errorShare");
    condition =
        new Condition(
            Kinds.AUDIO_CLIPPING,
            track,
            new Condition.Timing(options.micros("minDurationSeconds"), BRIDGED_MICROS),
            this::assess,
            new Condition.Measurement(SHARE, Condition.Aggregate.MEAN),
            new Condition.Measurement(PEAK, Condition.Aggregate.MAX));
  }

  @Override
  public void start(int sampleRate, ChannelLayout layout) {
    channels = new FlatTops[layout.size()];
    for (int c = 0; c < channels.length; c++) {
      channels[c] = new FlatTops();
    }
    clipped = new long[layout.size()];
    blocks = 0;
    peak = 0;
  }

  @Override
  public void block(SoundBlock block, ObservationSink out) {
    if (blocks == 0) {
      windowStartMicros = block.startMicros();
    }
    for (int c = 0; c < channels.length; c++) {
      channels[c].count(block.channel(c), block.sampleCount(), block.peak(c));
      clipped[c] += channels[c].flat() + channels[c].over();
      peak = Math.max(peak, block.peak(c));
    }
    blocks++;
    if (blocks == WINDOW_BLOCKS) {
      evaluate(block, out);
    }
  }

  private void evaluate(SoundBlock last, ObservationSink out) {
    long most = 0;
    for (int c = 0; c < clipped.length; c++) {
      most = Math.max(most, clipped[c]);
      clipped[c] = 0;
    }
    double share = Math.min(1, (double) most / (WINDOW_BLOCKS * (long) last.sampleCount()));
    out.metric(last.trackId(), "audio.clipped_share", windowStartMicros, share);
    boolean holds = share >= minShare && peak >= SOFT_PEAK;
    condition.update(windowStartMicros, last.endMicros(), holds, out, share, peak);
    blocks = 0;
    peak = 0;
  }

  private Condition.Assessment assess(long durationMicros, Map<String, Double> measurements) {
    double share = measurements.getOrDefault(SHARE, 0.0);
    return new Condition.Assessment(
        share >= errorShare ? Severity.ERROR : Severity.WARNING,
        Math.min(0.99, 0.6 + 0.39 * share / errorShare),
        String.format(Locale.ROOT, "%.1f %% of the samples are clipped", 100 * share));
  }

  @Override
  public void end(ObservationSink out) {
    condition.end(out);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    condition.snapshot(state);
    state.writeInt(blocks);
    state.writeDouble(peak);
    state.writeLong(windowStartMicros);
    for (int c = 0; c < channels.length; c++) {
      state.writeLong(clipped[c]);
      channels[c].snapshot(state);
    }
  }

  @Override
  public void restore(DataInput state) throws IOException {
    condition.restore(state);
    blocks = state.readInt();
    peak = state.readDouble();
    windowStartMicros = state.readLong();
    for (int c = 0; c < channels.length; c++) {
      clipped[c] = state.readLong();
      channels[c].restore(state);
    }
  }
}
