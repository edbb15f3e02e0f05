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
import io.aircheck.core.picture.PictureGrid;
import io.aircheck.detectors.level.ColorBars;
import io.aircheck.detectors.level.FlatColor;
import io.aircheck.detectors.picture.PictureDetector;
import io.aircheck.detectors.picture.TrackMonitor;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Finds programmes that were stopped while a small part goes on: the clock, the ticker or the logo
 * that is laid over them behind the fault.
 */
public final class PartialFreezeDetector extends PictureDetector<PartialFreezeDetector.Monitor> {
  private static final OptionSpec MIN_DURATION = OptionSpec.minDurationSeconds(3);
  private static final OptionSpec MAX_MOVING =
      new OptionSpec(
          "maxMovingPercent", "%", 15, 0, 50, "Largest part of the picture that still moves.");
  private static final OptionSpec MIN_MOVED =
      new OptionSpec(
          "minMovedPercent",
          "%",
          8,
          0,
          100,
          "Smallest part of the picture that moved in the 0.3 s before.");

  private PartialFreezeDetector(Options options) {
    super(track -> new Monitor(track, options));
  }

  /** Describes and creates the detector. */
  public static final class Factory implements DetectorFactory {
    @Override
    public String kind() {
      return Kinds.VIDEO_PARTIAL_FREEZE;
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public String summary() {
      return "Most of the picture was stopped while a small part goes on.";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(MIN_DURATION, MAX_MOVING, MIN_MOVED);
    }

    @Override
    public Detector create(Options options) {
      return new PartialFreezeDetector(options);
    }
  }

  /** One video track. */
  static final class Monitor implements TrackMonitor {
    /** Cells of a flat picture are this close. */
    private static final double FLAT = 8;

    private final String track;
    private final double minMovedShare;
    private final Stillness stillness;
    private final Condition condition;
    private final MovingPart part = new MovingPart();

    Monitor(String track, Options options) {
      this.track = track;
      this.minMovedShare = options.get(MIN_MOVED.name()) / 100;
      this.stillness =
          new Stillness(
              (int) (options.get(MAX_MOVING.name()) / 100 * PictureGrid.CELLS),
              Stillness.CODING_DISTANCE,
              Stillness.DISTANCE_PER_NOISE,
              Stillness.LARGEST_DISTANCE);
      this.condition =
          new Condition(
              Kinds.VIDEO_PARTIAL_FREEZE,
              track,
              new Condition.Timing(
                  options.micros(MIN_DURATION.name()), Stillness.DISTURBANCE_MICROS),
              Monitor::assess,
              new Condition.Measurement("movingPercent", Condition.Aggregate.MEAN),
              new Condition.Measurement("movedPercentBefore", Condition.Aggregate.LAST));
    }

    @Override
    public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
      long from = frame.ptsMicros();
      boolean mostlyStill = stillness.update(analysis, from, frame.durationMicros());
      if (mostlyStill) {
        part.update(analysis.thumbnail(), from, stillness.anchorMicros(), stillness.limit());
      }
      if (condition.isActive() && stillness.anchorMicros() != condition.startMicros()) {
        condition.end(out);
      }
      double movingPercent = 100.0 * stillness.moving() / PictureGrid.CELLS;
      out.metric(track, "video.moving_percent", from, movingPercent);
      boolean holds =
          mostlyStill
              && stillness.before().share() >= minMovedShare
              && part.goesOn()
              && !hasOwnDetector(analysis);
      condition.update(
          holds && !condition.isActive() ? stillness.anchorMicros() : from,
          from + frame.durationMicros(),
          holds,
          out,
          movingPercent,
          100 * stillness.before().share());
    }

    @Override
    public void cut(ObservationSink out) {
      condition.end(out);
      stillness.forget();
    }

    @Override
    public void snapshot(DataOutput state) throws IOException {
      condition.snapshot(state);
      stillness.snapshot(state);
      part.snapshot(state);
    }

    @Override
    public void restore(DataInput state) throws IOException {
      condition.restore(state);
      stillness.restore(state);
      part.restore(state);
    }

    private static boolean hasOwnDetector(PictureAnalysis analysis) {
      return FlatColor.test(analysis.thumbnail(), FLAT) || ColorBars.test(analysis);
    }

    /** Never an error: what still moves may be all that was meant to. */
    private static Condition.Assessment assess(long durationMicros, Map<String, Double> measured) {
      return new Condition.Assessment(
          Severity.WARNING, 0.8, "Most of the picture stands still while a small part goes on.");
    }
  }
}
