package io.aircheck.detectors.sound.loudness;

import io.aircheck.core.detect.Condition;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.sound.SoundBlock;
import io.aircheck.detectors.sound.Decibels;
import io.aircheck.detectors.sound.History;
import io.aircheck.detectors.sound.SoundDetector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * Loudness of one track by ITU-R BS.1770-4 and EBU R 128: momentary over 400 ms, short-term over 3
 * s, integrated since the sound began, loudness range, true peak; told every 100 ms.
 *
 * <p>Momentary loudness is the largest of the windows that ended in these 100 ms, one every 10 ms:
 * a tone of 400 ms may begin at any time and must reach its level (EBU Tech 3341, cases 13 and 14).
 * Integration takes one window every 100 ms, as its 75 % of overlap ask for.
 */
final class LoudnessMonitor implements SoundDetector.TrackMonitor {
  private static final String INTEGRATED = "integratedLufs";
  private static final String TRUE_PEAK = "truePeakDbtp";

  private static final int BLOCKS_PER_HOP = SoundBlock.BLOCKS_PER_SECOND / 10;
  private static final int HOPS_OF_MOMENTARY = 4;
  private static final int BLOCKS_OF_MOMENTARY = HOPS_OF_MOMENTARY * BLOCKS_PER_HOP;
  private static final int HOPS_OF_SHORT_TERM = 30;

  /** Relative gate of integrated loudness (BS.1770-4). */
  private static final double INTEGRATED_GATE_LU = -10;

  /** Relative gate of loudness range (EBU Tech 3342). */
  private static final double RANGE_GATE_LU = -20;

  /** Peaks closer together than this are one finding. */
  private static final long PEAKS_APART_MICROS = 5_000_000;

  private final double minLufs;
  private final double maxLufs;
  private final double maxTruePeakDbtp;
  private final Condition offTarget;
  private final Condition overPeak;

  private final LoudnessHistogram momentary = new LoudnessHistogram();
  private final LoudnessHistogram shortTerm = new LoudnessHistogram();
  private final History blockPowers = new History(BLOCKS_OF_MOMENTARY);
  private final double[] hopPowers = new double[HOPS_OF_SHORT_TERM];
  private TruePeakMeter[] meters = new TruePeakMeter[0];
  private long hops;
  private int blocksInHop;
  private double hopPower;
  private double loudestMomentary;
  private double hopPeak;
  private long hopStartMicros;

  LoudnessMonitor(String track, Options options) {
    minLufs = options.get("minLufs");
    maxLufs = options.get("maxLufs");
    maxTruePeakDbtp = options.get("maxTruePeakDbtp");
    offTarget =
        new Condition(
            Kinds.AUDIO_LOUDNESS,
            track,
            new Condition.Timing(options.micros("minDurationSeconds"), 0),
            this::assessLoudness,
            new Condition.Measurement(INTEGRATED, Condition.Aggregate.LAST));
    overPeak =
        new Condition(
            Kinds.AUDIO_TRUE_PEAK,
            track,
            new Condition.Timing(0, PEAKS_APART_MICROS),
            this::assessPeak,
            new Condition.Measurement(TRUE_PEAK, Condition.Aggregate.MAX));
  }

  @Override
  public void start(int sampleRate, ChannelLayout layout) {
    momentary.clear();
    shortTerm.clear();
    hops = 0;
    blocksInHop = 0;
    hopPower = 0;
    blockPowers.clear();
    loudestMomentary = 0;
    hopPeak = 0;
    meters = new TruePeakMeter[layout.size()];
    for (int c = 0; c < meters.length; c++) {
      meters[c] = new TruePeakMeter();
    }
  }

  @Override
  public void block(SoundBlock block, ObservationSink out) {
    if (blocksInHop == 0) {
      hopStartMicros = block.startMicros();
    }
    double power = 0;
    for (int c = 0; c < meters.length; c++) {
      power += block.channelLayout().roles().get(c).loudnessWeight() * block.weightedPower(c);
      double between = meters[c].peak(block.channel(c), block.sampleCount());
      hopPeak = Math.max(hopPeak, Math.max(block.peak(c), between));
    }
    hopPower += power;
    blockPowers.add(power);
    if (blockPowers.isFull()) {
      loudestMomentary = Math.max(loudestMomentary, blockPowers.mean(0, BLOCKS_OF_MOMENTARY));
    }
    if (++blocksInHop == BLOCKS_PER_HOP) {
      hopPowers[(int) (hops++ % HOPS_OF_SHORT_TERM)] = hopPower / BLOCKS_PER_HOP;
      tell(block.trackId(), block.endMicros(), out);
      blocksInHop = 0;
      hopPower = 0;
      loudestMomentary = 0;
      hopPeak = 0;
    }
  }

  private void tell(String track, long endMicros, ObservationSink out) {
    double truePeak = Decibels.ofAmplitude(hopPeak);
    out.metric(track, "audio.true_peak_dbtp", hopStartMicros, truePeak);
    overPeak.update(hopStartMicros, endMicros, truePeak > maxTruePeakDbtp, out, truePeak);
    if (hops < HOPS_OF_MOMENTARY) {
      return;
    }
    momentary.add(meanOfLast(HOPS_OF_MOMENTARY));
    out.metric(
        track, "audio.loudness_momentary", hopStartMicros, Loudness.ofPower(loudestMomentary));
    double integrated = momentary.gatedMean(INTEGRATED_GATE_LU);
    out.metric(track, "audio.loudness_integrated", hopStartMicros, integrated);
    boolean off = integrated > Loudness.GATE_LUFS && (integrated < minLufs || integrated > maxLufs);
    offTarget.update(hopStartMicros, endMicros, off, out, integrated);
    if (hops >= HOPS_OF_SHORT_TERM) {
      double longer = meanOfLast(HOPS_OF_SHORT_TERM);
      shortTerm.add(longer);
      out.metric(track, "audio.loudness_short_term", hopStartMicros, Loudness.ofPower(longer));
      out.metric(track, "audio.loudness_range", hopStartMicros, shortTerm.range(RANGE_GATE_LU));
    }
  }

  private double meanOfLast(int count) {
    double sum = 0;
    for (long hop = hops - count; hop < hops; hop++) {
      sum += hopPowers[(int) (hop % HOPS_OF_SHORT_TERM)];
    }
    return sum / count;
  }

  private Condition.Assessment assessLoudness(
      long durationMicros, Map<String, Double> measurements) {
    double integrated = measurements.getOrDefault(INTEGRATED, Loudness.GATE_LUFS);
    return new Condition.Assessment(
        Severity.WARNING,
        0.95,
        String.format(
            Locale.ROOT,
            integrated > maxLufs
                ? "Programme at %.1f LUFS, above %.1f"
                : "Programme at %.1f LUFS, below %.1f",
            integrated,
            integrated > maxLufs ? maxLufs : minLufs));
  }

  private Condition.Assessment assessPeak(long durationMicros, Map<String, Double> measurements) {
    return new Condition.Assessment(
        Severity.INFO,
        0.9,
        String.format(
            Locale.ROOT,
            "True peaks up to %.1f dBTP, above %.1f",
            measurements.getOrDefault(TRUE_PEAK, maxTruePeakDbtp),
            maxTruePeakDbtp));
  }

  @Override
  public void end(ObservationSink out) {
    offTarget.end(out);
    overPeak.end(out);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    offTarget.snapshot(state);
    overPeak.snapshot(state);
    momentary.snapshot(state);
    shortTerm.snapshot(state);
    blockPowers.snapshot(state);
    state.writeDouble(loudestMomentary);
    for (double power : hopPowers) {
      state.writeDouble(power);
    }
    for (TruePeakMeter meter : meters) {
      meter.snapshot(state);
    }
    state.writeLong(hops);
    state.writeInt(blocksInHop);
    state.writeDouble(hopPower);
    state.writeDouble(hopPeak);
    state.writeLong(hopStartMicros);
  }

  @Override
  public void restore(DataInput state) throws IOException {
    offTarget.restore(state);
    overPeak.restore(state);
    momentary.restore(state);
    shortTerm.restore(state);
    blockPowers.restore(state);
    loudestMomentary = state.readDouble();
    for (int i = 0; i < hopPowers.length; i++) {
      hopPowers[i] = state.readDouble();
    }
    for (TruePeakMeter meter : meters) {
      meter.restore(state);
    }
    hops = state.readLong();
    blocksInHop = state.readInt();
    hopPower = state.readDouble();
    hopPeak = state.readDouble();
    hopStartMicros = state.readLong();
  }
}
