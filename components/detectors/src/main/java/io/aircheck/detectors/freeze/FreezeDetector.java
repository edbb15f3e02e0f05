package io.aircheck.detectors.freeze;

import io.aircheck.core.detect.Condition;
import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.sound.SoundBlock;
import io.aircheck.detectors.level.ColorBars;
import io.aircheck.detectors.level.FlatColor;
import io.aircheck.detectors.picture.PictureDetector;
import io.aircheck.detectors.picture.TrackMonitor;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Finds pictures that stand still, repeated exactly or coded again with noise. */
public final class FreezeDetector extends PictureDetector<FreezeDetector.Monitor> {
  private static final OptionSpec MIN_DURATION = OptionSpec.minDurationSeconds(0.9);
  private static final OptionSpec MAX_DISTANCE =
      new OptionSpec(
          "maxDistance",
          "code values",
          Stillness.CODING_DISTANCE,
          0,
          16,
          "Change of a cell's mean luma since the freeze began that is coding, not motion.");
  private static final OptionSpec DISTANCE_PER_NOISE =
      new OptionSpec(
          "distancePerNoise",
          "",
          Stillness.DISTANCE_PER_NOISE,
          0,
          100,
          "How much maxDistance grows per code value of change from picture to picture.");
  private static final OptionSpec MIN_MOTION_BEFORE =
      new OptionSpec(
          "minMotionBefore",
          "code values",
          8,
          0,
          255,
          "How far cells moved in the 0.3 s before: the picture was stopped, it did not come to"
              + " rest.");
  private static final OptionSpec WITHOUT_MOTION_AFTER =
      new OptionSpec(
          "withoutMotionAfterSeconds",
          "s",
          10,
          0,
          86_400,
          "How long it must last where less moved before.");
  private static final OptionSpec ERROR_AFTER =
      new OptionSpec(
          "errorAfterSeconds",
          "s",
          60,
          0,
          86_400,
          "How long a still picture with live sound stays a warning.");
  private static final OptionSpec ERROR_WITH_SILENCE_AFTER =
      new OptionSpec(
          "errorWithSilenceAfterSeconds",
          "s",
          5,
          0,
          86_400,
          "How long a picture that was stopped stays a warning with silence.");

  /** Power of a sound block below which it is silent: -60 dBFS. */
  private static final double SILENT_POWER = 1e-6;

  private FreezeDetector(Options options) {
    super(track -> new Monitor(track, options));
  }

  @Override
  public void onSound(SoundBlock block, ObservationSink out) {
    boolean silent = true;
    for (int channel = 0; channel < block.channels(); channel++) {
      silent &= block.power(channel) < SILENT_POWER;
    }
    for (Monitor monitor : monitors()) {
      monitor.onSound(block.startMicros(), silent);
    }
  }

  /** Describes and creates the detector. */
  public static final class Factory implements DetectorFactory {
    @Override
    public String kind() {
      return Kinds.VIDEO_FREEZE;
    }

    @Override
    public String version() {
      return "2";
    }

    @Override
    public String summary() {
      return "The picture stands still.";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(
          MIN_DURATION,
          MAX_DISTANCE,
          DISTANCE_PER_NOISE,
          MIN_MOTION_BEFORE,
          WITHOUT_MOTION_AFTER,
          ERROR_AFTER,
          ERROR_WITH_SILENCE_AFTER);
    }

    @Override
    public Detector create(Options options) {
      return new FreezeDetector(options);
    }
  }

  /** One video track, and the sound that goes with it. */
  static final class Monitor implements TrackMonitor {
    /** Cells of a flat picture are this close; black, flat colours and bars have own detectors. */
    private static final double FLAT = 8;

    /** Share of silent sound from which on the sound is gone as well. */
    private static final double SILENT_SHARE = 0.9;

    private final String track;
    private final double minMotionBefore;
    private final long withoutMotionAfterMicros;
    private final long errorAfterMicros;
    private final long errorWithSilenceAfterMicros;
    private final Stillness stillness;
    private final Condition condition;
    private long soundBlocks;
    private long silentBlocks;

    Monitor(String track, Options options) {
      this.track = track;
      this.minMotionBefore = options.get(MIN_MOTION_BEFORE.name());
      this.withoutMotionAfterMicros = options.micros(WITHOUT_MOTION_AFTER.name());
      this.errorAfterMicros = options.micros(ERROR_AFTER.name());
      this.errorWithSilenceAfterMicros = options.micros(ERROR_WITH_SILENCE_AFTER.name());
      double base = options.get(MAX_DISTANCE.name());
      this.stillness =
          new Stillness(
              0,
              base,
              options.get(DISTANCE_PER_NOISE.name()),
              Math.max(base, Stillness.LARGEST_DISTANCE));
      this.condition =
          new Condition(
              Kinds.VIDEO_FREEZE,
              track,
              new Condition.Timing(
                  options.micros(MIN_DURATION.name()), Stillness.DISTURBANCE_MICROS),
              this::assess,
              new Condition.Measurement("meanAbsoluteDifference", Condition.Aggregate.MEAN),
              new Condition.Measurement("anchorDistance", Condition.Aggregate.MAX),
              new Condition.Measurement("motionBefore", Condition.Aggregate.LAST),
              new Condition.Measurement("silentShare", Condition.Aggregate.LAST));
    }

    @Override
    public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
      long from = frame.ptsMicros();
      boolean still =
          stillness.update(analysis, from, frame.durationMicros()) && !hasOwnDetector(analysis);
      if (condition.isActive() && stillness.anchorMicros() != condition.startMicros()) {
        // Another picture stands still now, if any: pictures shown twice are not a freeze.
        condition.end(out);
      }
      boolean frozen = still && (wasStopped() || lasts(from + frame.durationMicros()));
      double difference = analysis.motion().meanAbsoluteDifference();
      out.metric(track, "video.motion", from, difference);
      out.metric(track, "video.anchor_distance", from, stillness.distance());
      condition.update(
          frozen && !condition.isActive() ? stillness.anchorMicros() : from,
          from + frame.durationMicros(),
          frozen,
          out,
          difference,
          stillness.distance(),
          stillness.before().distance(),
          silentShare());
      if (!condition.isActive()) {
        soundBlocks = 0;
        silentBlocks = 0;
      }
    }

    void onSound(long startMicros, boolean silent) {
      if (condition.isActive() && startMicros >= condition.startMicros()) {
        soundBlocks++;
        silentBlocks += silent ? 1 : 0;
      }
    }

    @Override
    public void cut(ObservationSink out) {
      condition.end(out);
      stillness.forget();
      soundBlocks = 0;
      silentBlocks = 0;
    }

    @Override
    public void snapshot(DataOutput state) throws IOException {
      condition.snapshot(state);
      stillness.snapshot(state);
      state.writeLong(soundBlocks);
      state.writeLong(silentBlocks);
    }

    @Override
    public void restore(DataInput state) throws IOException {
      condition.restore(state);
      stillness.restore(state);
      soundBlocks = state.readLong();
      silentBlocks = state.readLong();
    }

    private static boolean hasOwnDetector(PictureAnalysis analysis) {
      return FlatColor.test(analysis.thumbnail(), FLAT) || ColorBars.test(analysis);
    }

    private boolean wasStopped() {
      return stillness.before().distance() >= minMotionBefore;
    }

    private boolean lasts(long toMicros) {
      return toMicros - stillness.anchorMicros() >= withoutMotionAfterMicros;
    }

    private double silentShare() {
      return soundBlocks == 0 ? 0 : (double) silentBlocks / soundBlocks;
    }

    private Condition.Assessment assess(long durationMicros, Map<String, Double> measured) {
      boolean silent = measured.getOrDefault("silentShare", 0.0) >= SILENT_SHARE;
      boolean stopped = measured.getOrDefault("motionBefore", 0.0) >= minMotionBefore;
      boolean error =
          durationMicros >= errorAfterMicros
              || (silent && stopped && durationMicros >= errorWithSilenceAfterMicros);
      return new Condition.Assessment(
          error ? Severity.ERROR : Severity.WARNING,
          stopped ? 0.95 : 0.7,
          silent ? "The picture stands still, without sound." : "The picture stands still.");
    }
  }
}
