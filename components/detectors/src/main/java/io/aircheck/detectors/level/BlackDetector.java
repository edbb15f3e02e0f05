package io.aircheck.detectors.level;

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
import io.aircheck.detectors.picture.PictureDetector;
import io.aircheck.detectors.picture.TrackMonitor;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Finds pictures that are black: dark all over, without structure, without colour. */
public final class BlackDetector {
  private static final OptionSpec MAX_LUMA =
      new OptionSpec(
          "maxLumaPercent",
          "%",
          7.5,
          0,
          50,
          "Luma up to which a cell counts as black, from black (0) to white (100).");
  private static final OptionSpec MAX_STRUCTURE =
      new OptionSpec(
          "maxStructure",
          "code values",
          1.5,
          0,
          50,
          "Difference between neighbouring cells above which a dark picture has content.");
  private static final OptionSpec MAX_BRIGHT_SHARE =
      new OptionSpec(
          "maxBrightShare",
          "",
          0.003,
          0,
          1,
          "Share of the picture away from the corners that may be brighter.");
  private static final OptionSpec MAX_LOGO_SHARE =
      new OptionSpec(
          "maxLogoShare",
          "",
          0.015,
          0,
          1,
          "Share of the picture, in its corners, that a logo may make brighter.");
  private static final OptionSpec MAX_TEXT_SHARE =
      new OptionSpec(
          "maxTextShare",
          "",
          0.0002,
          0,
          1,
          "Share of the samples above 40 % of white that is no text, where there is no logo.");
  private static final OptionSpec ERROR_AFTER =
      new OptionSpec(
          "errorAfterSeconds",
          "s",
          5,
          0,
          3600,
          "How long the picture must be black to be an error instead of a warning.");
  private static final OptionSpec MIN_DURATION = OptionSpec.minDurationSeconds(0.8);
  private static final long RECOVERY_MICROS = 150_000;

  private BlackDetector() {}

  /** Describes and creates the detector. */
  public static final class Factory implements DetectorFactory {
    @Override
    public String kind() {
      return Kinds.VIDEO_BLACK;
    }

    @Override
    public String version() {
      return "2";
    }

    @Override
    public String summary() {
      return "The picture is black.";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(
          MIN_DURATION,
          MAX_LUMA,
          MAX_STRUCTURE,
          MAX_BRIGHT_SHARE,
          MAX_LOGO_SHARE,
          MAX_TEXT_SHARE,
          ERROR_AFTER);
    }

    @Override
    public WithKeyPictures withKeyPictures() {
      return WithKeyPictures.SUSPECTS;
    }

    @Override
    public Detector create(Options options) {
      return new PictureDetector<>(track -> new Monitor(track, options));
    }
  }

  private static final class Monitor implements TrackMonitor {
    private final String track;
    private final Blackness blackness;
    private final Condition condition;

    Monitor(String track, Options options) {
      this.track = track;
      this.blackness =
          new Blackness(
              options.get(MAX_LUMA.name()) / 100,
              options.get(MAX_STRUCTURE.name()),
              options.get(MAX_BRIGHT_SHARE.name()),
              options.get(MAX_LOGO_SHARE.name()),
              options.get(MAX_TEXT_SHARE.name()));
      long errorAfterMicros = options.micros(ERROR_AFTER.name());
      this.condition =
          new Condition(
              Kinds.VIDEO_BLACK,
              track,
              new Condition.Timing(options.micros(MIN_DURATION.name()), RECOVERY_MICROS),
              (duration, measured) -> assess(duration >= errorAfterMicros, measured),
              new Condition.Measurement("lumaMean", Condition.Aggregate.MEAN),
              new Condition.Measurement("brightShare", Condition.Aggregate.MAX));
    }

    @Override
    public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
      boolean black = blackness.test(analysis, frame.colorRange());
      long from = frame.ptsMicros();
      out.metric(track, "video.luma_mean", from, blackness.meanLuma());
      out.metric(track, "video.bright_share", from, blackness.brightShare());
      condition.update(
          from,
          from + frame.durationMicros(),
          black,
          out,
          blackness.meanLuma(),
          blackness.brightShare());
    }

    @Override
    public void cut(ObservationSink out) {
      condition.end(out);
    }

    @Override
    public void snapshot(DataOutput state) throws IOException {
      condition.snapshot(state);
    }

    @Override
    public void restore(DataInput state) throws IOException {
      condition.restore(state);
    }

    private static Condition.Assessment assess(boolean lasts, Map<String, Double> measured) {
      return new Condition.Assessment(
          lasts ? Severity.ERROR : Severity.WARNING,
          measured.getOrDefault("brightShare", 0.0) == 0 ? 0.98 : 0.85,
          "The picture is black.");
    }
  }
}
