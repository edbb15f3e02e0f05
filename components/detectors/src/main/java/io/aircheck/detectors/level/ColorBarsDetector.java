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

/** Finds colour bars: a test signal where there should be programme. */
public final class ColorBarsDetector {
  private static final OptionSpec ERROR_AFTER =
      new OptionSpec(
          "errorAfterSeconds",
          "s",
          5,
          0,
          3600,
          "How long the bars must be shown to be an error instead of a warning.");
  private static final OptionSpec MIN_DURATION = OptionSpec.minDurationSeconds(0.5);
  private static final long RECOVERY_MICROS = 200_000;

  private ColorBarsDetector() {}

  /** Describes and creates the detector. */
  public static final class Factory implements DetectorFactory {
    @Override
    public String kind() {
      return Kinds.VIDEO_COLOR_BARS;
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public String summary() {
      return "The picture shows colour bars.";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(MIN_DURATION, ERROR_AFTER);
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
    private final Condition condition;

    Monitor(String track, Options options) {
      this.track = track;
      long errorAfterMicros = options.micros(ERROR_AFTER.name());
      this.condition =
          new Condition(
              Kinds.VIDEO_COLOR_BARS,
              track,
              new Condition.Timing(options.micros(MIN_DURATION.name()), RECOVERY_MICROS),
              (duration, measured) ->
                  new Condition.Assessment(
                      duration >= errorAfterMicros ? Severity.ERROR : Severity.WARNING,
                      0.98,
                      "The picture shows colour bars."));
    }

    @Override
    public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
      boolean bars = ColorBars.test(analysis);
      long from = frame.ptsMicros();
      out.metric(track, "video.color_bars", from, bars ? 1 : 0);
      condition.update(from, from + frame.durationMicros(), bars, out);
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
  }
}
