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
import io.aircheck.core.picture.ChromaStatistics;
import io.aircheck.core.picture.LumaStatistics;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.detectors.picture.PictureDetector;
import io.aircheck.detectors.picture.TrackMonitor;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Finds pictures of one flat colour other than black: green, pink, blue, grey, white. */
public final class SolidColorDetector {
  private static final OptionSpec TOLERANCE =
      new OptionSpec(
          "tolerance",
          "code values",
          6,
          0,
          64,
          "Distance of a cell's luma or chroma from the mean up to which the picture is flat.");
  private static final OptionSpec MAX_LUMA_SPREAD =
      new OptionSpec(
          "maxLumaSpread",
          "code values",
          40,
          0,
          255,
          "Distance of the 2nd and 98th percentile of luma up to which noise is not texture.");
  private static final OptionSpec ERROR_AFTER =
      new OptionSpec(
          "errorAfterSeconds",
          "s",
          5,
          0,
          3600,
          "How long the picture must be flat to be an error instead of a warning.");
  private static final OptionSpec MIN_DURATION = OptionSpec.minDurationSeconds(0.8);

  /** Bridges a single damaged picture; flashes of a colour are further apart. */
  private static final long RECOVERY_MICROS = 45_000;

  /** Luma level, 0..1, below which a neutral picture is black; that is black's to find. */
  private static final double BLACK_LEVEL = 0.1;

  /** Mean chroma up to this far from neutral is grey. */
  private static final double NEUTRAL = 12;

  private SolidColorDetector() {}

  /** Describes and creates the detector. */
  public static final class Factory implements DetectorFactory {
    @Override
    public String kind() {
      return Kinds.VIDEO_SOLID_COLOR;
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public String summary() {
      return "The picture is one flat colour, such as the green or pink of a failed decoder.";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(MIN_DURATION, TOLERANCE, MAX_LUMA_SPREAD, ERROR_AFTER);
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
    private final double tolerance;
    private final double maxLumaSpread;
    private final Condition condition;

    Monitor(String track, Options options) {
      this.track = track;
      this.tolerance = options.get(TOLERANCE.name());
      this.maxLumaSpread = options.get(MAX_LUMA_SPREAD.name());
      long errorAfterMicros = options.micros(ERROR_AFTER.name());
      this.condition =
          new Condition(
              Kinds.VIDEO_SOLID_COLOR,
              track,
              new Condition.Timing(options.micros(MIN_DURATION.name()), RECOVERY_MICROS),
              (duration, measured) -> assess(duration >= errorAfterMicros, measured),
              new Condition.Measurement("luma", Condition.Aggregate.MEAN),
              new Condition.Measurement("cb", Condition.Aggregate.MEAN),
              new Condition.Measurement("cr", Condition.Aggregate.MEAN));
    }

    @Override
    public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
      long from = frame.ptsMicros();
      long to = from + frame.durationMicros();
      boolean flatLuma = FlatColor.test(analysis.thumbnail(), tolerance);
      out.metric(track, "video.flat_luma", from, flatLuma ? 1 : 0);
      if (!flatLuma) {
        // Colour is not even looked at: few pictures come further.
        condition.update(from, to, false, out, 0, 0, 0);
        return;
      }
      double luma = FlatColor.mean(analysis.thumbnail());
      ChromaStatistics chroma = analysis.chroma();
      boolean solid =
          FlatColor.test(chroma.cb(), tolerance)
              && FlatColor.test(chroma.cr(), tolerance)
              && lumaSpread(analysis.luma()) <= maxLumaSpread
              && !black(frame, luma, chroma);
      condition.update(from, to, solid, out, luma, chroma.meanCb(), chroma.meanCr());
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

    private static int lumaSpread(LumaStatistics luma) {
      return luma.percentile(0.98) - luma.percentile(0.02);
    }

    private static boolean black(FrameView frame, double luma, ChromaStatistics chroma) {
      int black = frame.colorRange().black();
      int white = frame.colorRange().white();
      return luma <= black + BLACK_LEVEL * (white - black)
          && Math.abs(chroma.meanCb() - 128) <= NEUTRAL
          && Math.abs(chroma.meanCr() - 128) <= NEUTRAL;
    }

    private static Condition.Assessment assess(boolean lasts, Map<String, Double> measured) {
      boolean grey =
          Math.abs(measured.getOrDefault("cb", 128.0) - 128) <= NEUTRAL
              && Math.abs(measured.getOrDefault("cr", 128.0) - 128) <= NEUTRAL;
      // Fades to white and grey title cards are made on purpose more often than flat colours are.
      return new Condition.Assessment(
          lasts ? Severity.ERROR : Severity.WARNING,
          grey ? 0.8 : 0.97,
          "The picture is one flat colour: Y %.0f, Cb %.0f, Cr %.0f."
              .formatted(
                  measured.getOrDefault("luma", 0.0),
                  measured.getOrDefault("cb", 0.0),
                  measured.getOrDefault("cr", 0.0)));
    }
  }
}
