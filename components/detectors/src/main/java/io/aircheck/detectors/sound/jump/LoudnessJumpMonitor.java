package io.aircheck.detectors.sound.jump;

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
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * Jumps of loudness of one track: compares the gated level of three seconds with that of the two
 * and a half that follow.
 *
 * <p>Speech varies by 10 LU and more from one phrase to the next, so the level alone does not tell
 * a jump: the typical block after it must also be far above the loudest one before it, which a
 * stressed word is not. A fade has no onset; what begins after silence has no level before.
 */
final class LoudnessJumpMonitor implements SoundDetector.TrackMonitor {
  private static final String CHANGE = "changeLu";
  private static final String BEFORE = "beforeLufs";

  private static final int BLOCKS_PER_HOP = SoundBlock.BLOCKS_PER_SECOND / 10;
  private static final int HOPS_BEFORE = 30;
  private static final int HOPS_AFTER = 25;
  private static final int HOPS_OF_ONSET = 10;

  /**
   * How far the median after is above the loudest before: speech and music of the labelled set stay
   * below 7.5 LU where they rise by {@code minChangeLu}, gain changes of 12 dB reach 9.
   */
  private static final double OVER_LOUDEST_LU = 8;

  /** Share of the blocks that must be active on both sides: a shout or a bang is none. */
  private static final double MIN_ACTIVE_SHARE = 0.5;

  /** The onset is where a tenth of a second exceeds all before by this. */
  private static final double ONSET_LU = 3;

  /** Within a second each side of the onset, of the whole change at least this share comes. */
  private static final double SUDDEN_SHARE = 0.5;

  /** A pause between sentences does not end the louder part. */
  private static final long PAUSE_MICROS = 2_000_000;

  private final double minChangeLu;
  private final double minBeforeLufs;
  private final long maxDurationMicros;
  private final Condition condition;

  private final double[] hopPowers = new double[HOPS_BEFORE + HOPS_AFTER];
  private final long[] hopStartsMicros = new long[HOPS_BEFORE + HOPS_AFTER];
  private int hops;
  private int blocksInHop;
  private double hopPower;
  private long hopStartMicros;
  private double changeLu;
  private double beforeLufs;

  LoudnessJumpMonitor(String track, Options options) {
    minChangeLu = options.get("minChangeLu");
    minBeforeLufs = options.get("minBeforeLufs");
    maxDurationMicros = options.micros("maxDurationSeconds");
    condition =
        new Condition(
            Kinds.AUDIO_LOUDNESS_JUMP,
            track,
            new Condition.Timing(0, PAUSE_MICROS),
            LoudnessJumpMonitor::assess,
            new Condition.Measurement(CHANGE, Condition.Aggregate.LAST),
            new Condition.Measurement(BEFORE, Condition.Aggregate.LAST));
  }

  @Override
  public void start(int sampleRate, ChannelLayout layout) {
    hops = 0;
    blocksInHop = 0;
    hopPower = 0;
  }

  @Override
  public void block(SoundBlock block, ObservationSink out) {
    if (blocksInHop == 0) {
      hopStartMicros = block.startMicros();
    }
    for (int c = 0; c < block.channels(); c++) {
      hopPower += block.channelLayout().roles().get(c).loudnessWeight() * block.weightedPower(c);
    }
    if (++blocksInHop == BLOCKS_PER_HOP) {
      hop(hopPower / BLOCKS_PER_HOP, block.endMicros(), block.trackId(), out);
      blocksInHop = 0;
      hopPower = 0;
    }
  }

  private void hop(double power, long endMicros, String track, ObservationSink out) {
    if (condition.isActive()) {
      follow(power, endMicros, out);
      return;
    }
    if (hops == hopPowers.length) {
      System.arraycopy(hopPowers, 1, hopPowers, 0, hops - 1);
      System.arraycopy(hopStartsMicros, 1, hopStartsMicros, 0, hops - 1);
      hops--;
    }
    hopPowers[hops] = power;
    hopStartsMicros[hops] = hopStartMicros;
    hops++;
    if (hops == hopPowers.length) {
      compare(endMicros, track, out);
    }
  }

  private void compare(long endMicros, String track, ObservationSink out) {
    GatedLevel before = GatedLevel.of(Arrays.copyOfRange(hopPowers, 0, HOPS_BEFORE));
    GatedLevel after = GatedLevel.of(Arrays.copyOfRange(hopPowers, HOPS_BEFORE, hops));
    double change = after.lufs() - before.lufs();
    out.metric(track, "audio.loudness_change", hopStartsMicros[HOPS_BEFORE], change);
    if (change < minChangeLu
        || before.lufs() < minBeforeLufs
        || before.activeShare() < MIN_ACTIVE_SHARE
        || after.activeShare() < MIN_ACTIVE_SHARE
        || after.medianLufs() - before.loudestLufs() < OVER_LOUDEST_LU) {
      return;
    }
    int onset = HOPS_BEFORE;
    double onsetPower = GatedLevel.power(before.loudestLufs() + ONSET_LU);
    while (hopPowers[onset] < onsetPower) {
      onset++;
    }
    if (!sudden(onset, change)) {
      return;
    }
    changeLu = change;
    beforeLufs = before.lufs();
    hops = 0;
    condition.update(hopStartsMicros[onset], endMicros, true, out, changeLu, beforeLufs);
  }

  private boolean sudden(int onset, double change) {
    int end = Math.min(hopPowers.length, onset + HOPS_OF_ONSET);
    double earlier =
        GatedLevel.of(Arrays.copyOfRange(hopPowers, onset - HOPS_OF_ONSET, onset)).loudestLufs();
    double later = GatedLevel.of(Arrays.copyOfRange(hopPowers, end - HOPS_OF_ONSET, end)).lufs();
    return later - earlier >= SUDDEN_SHARE * change;
  }

  /** The louder part goes on while the sound keeps coming back to above half of the change. */
  private void follow(double power, long endMicros, ObservationSink out) {
    boolean louder = GatedLevel.lufs(power) >= beforeLufs + changeLu / 2;
    condition.update(hopStartMicros, endMicros, louder, out, changeLu, beforeLufs);
    if (condition.isOpen() && endMicros - condition.startMicros() >= maxDurationMicros) {
      condition.end(out);
    }
  }

  private static Condition.Assessment assess(
      long durationMicros, Map<String, Double> measurements) {
    return new Condition.Assessment(
        Severity.WARNING,
        0.7,
        String.format(
            Locale.ROOT,
            "Sound %.0f LU louder at once, from %.0f LUFS, for %.1f s",
            measurements.getOrDefault(CHANGE, 0.0),
            measurements.getOrDefault(BEFORE, GatedLevel.SILENT_LUFS),
            durationMicros / 1e6));
  }

  @Override
  public void end(ObservationSink out) {
    condition.end(out);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    condition.snapshot(state);
    state.writeInt(hops);
    for (int i = 0; i < hops; i++) {
      state.writeDouble(hopPowers[i]);
      state.writeLong(hopStartsMicros[i]);
    }
    state.writeInt(blocksInHop);
    state.writeDouble(hopPower);
    state.writeLong(hopStartMicros);
    state.writeDouble(changeLu);
    state.writeDouble(beforeLufs);
  }

  @Override
  public void restore(DataInput state) throws IOException {
    condition.restore(state);
    hops = state.readInt();
    for (int i = 0; i < hops; i++) {
      hopPowers[i] = state.readDouble();
      hopStartsMicros[i] = state.readLong();
    }
    blocksInHop = state.readInt();
    hopPower = state.readDouble();
    hopStartMicros = state.readLong();
    changeLu = state.readDouble();
    beforeLufs = state.readDouble();
  }
}
