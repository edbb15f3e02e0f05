package io.aircheck.detectors.flash;

import io.aircheck.core.detect.Condition;
import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ColorRange;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.picture.PictureGrid;
import io.aircheck.detectors.picture.PictureDetector;
import io.aircheck.detectors.picture.TrackMonitor;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Finds flashing that can harm photosensitive viewers (ITU-R BT.1702, WCAG 2.3.1). */
public final class FlashingDetector {
  private static final OptionSpec MIN_DURATION = OptionSpec.minDurationSeconds(0);
  private static final OptionSpec MAX_FLASHES =
      new OptionSpec(
          "maxFlashesPerSecond", "1/s", 3, 1, 20, "Flashes within any second that are permitted.");
  private static final OptionSpec ERROR_AFTER =
      new OptionSpec(
          "errorAfterSeconds",
          "s",
          1,
          0,
          3600,
          "How long the picture must flash to be an error instead of a warning.");

  private FlashingDetector() {}

  /** Describes and creates the detector. */
  public static final class Factory implements DetectorFactory {
    @Override
    public String kind() {
      return Kinds.VIDEO_FLASHING;
    }

    @Override
    public String version() {
      return "2";
    }

    @Override
    public String summary() {
      return "The picture flashes faster than photosensitive viewers can bear.";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(MIN_DURATION, MAX_FLASHES, ERROR_AFTER);
    }

    @Override
    public boolean mayMissPictures() {
      return false;
    }

    @Override
    public Detector create(Options options) {
      return new PictureDetector<>(track -> new Monitor(track, options));
    }
  }

  private static final class Monitor implements TrackMonitor {
    /** Transfer to relative luminance, ITU-R BT.1886. */
    private static final double GAMMA = 2.4;

    /** Entries of the transfer table per code value. */
    private static final int STEPS = 16;

    private final String track;
    private final int maxTransitions;
    private final Condition condition;
    private final CellFlashes cells = new CellFlashes();
    private final FlashCounter general = new FlashCounter();
    private final RedCells redCells = new RedCells();
    private final FlashCounter red = new FlashCounter();
    private final float[] luminance = new float[PictureGrid.CELLS];
    private final float[] transfer = new float[255 * STEPS + 1];
    private ColorRange transferRange = ColorRange.LIMITED;

    Monitor(String track, Options options) {
      this.track = track;
      this.maxTransitions = (int) Math.round(2 * options.get(MAX_FLASHES.name()));
      long errorAfterMicros = options.micros(ERROR_AFTER.name());
      this.condition =
          new Condition(
              Kinds.VIDEO_FLASHING,
              track,
              new Condition.Timing(options.micros(MIN_DURATION.name()), FlashCounter.PAUSE_MICROS),
              (duration, measured) -> assess(duration >= errorAfterMicros, measured),
              new Condition.Measurement("flashesPerSecond", Condition.Aggregate.MAX),
              new Condition.Measurement("redFlashesPerSecond", Condition.Aggregate.MAX));
      fillTransfer();
    }

    @Override
    public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
      long now = frame.ptsMicros();
      if (frame.colorRange() != transferRange) {
        transferRange = frame.colorRange();
        fillTransfer();
      }
      float[] luma = analysis.thumbnail();
      for (int i = 0; i < luma.length; i++) {
        luminance[i] = transfer[(int) (luma[i] * STEPS)];
      }
      cells.update(luminance);
      general.update(now, cells.rises(), cells.falls());
      redCells.update(luma, analysis.chroma(), frame.colorRange());
      red.update(now, redCells.onsets(), redCells.ends());
      boolean flashing = exceeds(general, now) || exceeds(red, now);
      double flashes = general.transitions() / 2.0;
      double redFlashes = red.transitions() / 2.0;
      out.metric(track, "video.flashes_per_second", now, flashes);
      out.metric(track, "video.red_flashes_per_second", now, redFlashes);
      condition.update(
          flashing && !condition.isActive() ? firstMicros() : now,
          now + frame.durationMicros(),
          flashing,
          out,
          flashes,
          redFlashes);
    }

    @Override
    public void cut(ObservationSink out) {
      condition.end(out);
      cells.forget();
      general.forget();
      redCells.forget();
      red.forget();
    }

    @Override
    public void snapshot(DataOutput state) throws IOException {
      condition.snapshot(state);
      cells.snapshot(state);
      general.snapshot(state);
      redCells.snapshot(state);
      red.snapshot(state);
    }

    @Override
    public void restore(DataInput state) throws IOException {
      condition.restore(state);
      cells.restore(state);
      general.restore(state);
      redCells.restore(state);
      red.restore(state);
    }

    private boolean exceeds(FlashCounter counter, long now) {
      return counter.transitions() > maxTransitions
          && now - counter.lastMicros() < FlashCounter.PAUSE_MICROS;
    }

    private long firstMicros() {
      return general.transitions() > maxTransitions ? general.firstMicros() : red.firstMicros();
    }

    private void fillTransfer() {
      for (int i = 0; i < transfer.length; i++) {
        double level =
            ((double) i / STEPS - transferRange.black())
                / (transferRange.white() - transferRange.black());
        transfer[i] = (float) Math.pow(Math.clamp(level, 0, 1), GAMMA);
      }
    }

    private static Condition.Assessment assess(boolean lasts, Map<String, Double> measured) {
      double general = measured.getOrDefault("flashesPerSecond", 0.0);
      double red = measured.getOrDefault("redFlashesPerSecond", 0.0);
      return new Condition.Assessment(
          lasts ? Severity.ERROR : Severity.WARNING,
          lasts ? 0.95 : 0.8,
          "The picture flashes %.0f times a second%s."
              .formatted(Math.max(general, red), red > general ? " in red" : ""));
    }
  }
}
