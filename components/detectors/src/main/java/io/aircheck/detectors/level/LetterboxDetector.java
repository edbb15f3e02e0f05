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
import io.aircheck.core.picture.PictureGrid;
import io.aircheck.detectors.picture.PictureDetector;
import io.aircheck.detectors.picture.TrackMonitor;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Finds a change of the black bars around content that goes on: squeezed, stretched, covered or
 * uncovered. Where other content begins with other bars, at a cut, it is normal and becomes what is
 * normal.
 */
public final class LetterboxDetector {
  private static final OptionSpec MIN_DURATION = OptionSpec.minDurationSeconds(1);
  private static final OptionSpec ESTABLISH =
      new OptionSpec(
          "establishSeconds",
          "s",
          1,
          0,
          3600,
          "How long the content area must last at first to be what is normal.");
  private static final OptionSpec ACCEPT_AFTER =
      new OptionSpec(
          "acceptAfterSeconds",
          "s",
          30,
          1,
          86_400,
          "How long a changed content area lasts until it is the new normal and the finding ends.");
  private static final OptionSpec MIN_CORRELATION =
      new OptionSpec(
          "minCorrelation",
          "",
          0.85,
          0,
          1,
          "Likeness of the content before and after from which on it is the same content.");
  private static final long RECOVERY_MICROS = 200_000;

  private LetterboxDetector() {}

  /** Describes and creates the detector. */
  public static final class Factory implements DetectorFactory {
    @Override
    public String kind() {
      return Kinds.VIDEO_LETTERBOX;
    }

    @Override
    public String version() {
      return "4";
    }

    @Override
    public String summary() {
      return "Black bars appear around content that goes on, or vanish.";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(MIN_DURATION, ESTABLISH, ACCEPT_AFTER, MIN_CORRELATION);
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
    /**
     * Change of what becomes bar or content, 8-bit scale: the last step of a dissolve stays below.
     */
    private static final double MIN_BAR_CHANGE = 16;

    private final String track;
    private final double minCorrelation;
    private final ContentMatch match = new ContentMatch();
    private final ActiveArea area = new ActiveArea();
    private final Condition condition;

    private final BarHistory rows;
    private final BarHistory columns;
    private double correlation;

    // The picture before, and whether its bars have an edge.
    private final float[] lastCells = new float[PictureGrid.CELLS];
    private boolean lastEdged;

    Monitor(String track, Options options) {
      this.track = track;
      long establishMicros = options.micros(ESTABLISH.name());
      long acceptAfterMicros = options.micros(ACCEPT_AFTER.name());
      this.rows = new BarHistory(establishMicros, acceptAfterMicros);
      this.columns = new BarHistory(establishMicros, acceptAfterMicros);
      this.minCorrelation = options.get(MIN_CORRELATION.name());
      this.condition =
          new Condition(
              Kinds.VIDEO_LETTERBOX,
              track,
              new Condition.Timing(options.micros(MIN_DURATION.name()), RECOVERY_MICROS),
              (duration, measured) -> assess(measured),
              new Condition.Measurement("barHeightPercent", Condition.Aggregate.LAST),
              new Condition.Measurement("barWidthPercent", Condition.Aggregate.LAST),
              new Condition.Measurement("normalBarHeightPercent", Condition.Aggregate.LAST),
              new Condition.Measurement("normalBarWidthPercent", Condition.Aggregate.LAST),
              new Condition.Measurement("correlation", Condition.Aggregate.LAST));
    }

    @Override
    public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
      long from = frame.ptsMicros();
      long to = from + frame.durationMicros();
      area.measure(analysis.thumbnail(), frame.colorRange());
      boolean onlyBars = onlyBarsChanged(analysis.thumbnail());
      // Where darkness cannot be told from bars nothing is known, and things stay as they were.
      if (onlyBars || area.known()) {
        boolean accepted =
            rows.see(area.barRows(), onlyBars, from)
                | columns.see(area.barColumns(), onlyBars, from);
        if (accepted && !deviates()) {
          condition.end(out);
        }
      }
      remember(analysis.thumbnail(), from);
      out.metric(track, "video.bar_height_percent", from, height(area.barRows()));
      out.metric(track, "video.bar_width_percent", from, width(area.barColumns()));
      condition.update(
          from,
          to,
          deviates(),
          out,
          height(rows.seen()),
          width(columns.seen()),
          height(rows.normal()),
          width(columns.normal()),
          correlation);
    }

    @Override
    public void cut(ObservationSink out) {
      condition.end(out);
      rows.forget();
      columns.forget();
      lastEdged = false;
    }

    @Override
    public void snapshot(DataOutput state) throws IOException {
      condition.snapshot(state);
      rows.snapshot(state);
      columns.snapshot(state);
      state.writeDouble(correlation);
      state.writeBoolean(lastEdged);
      for (float cell : lastCells) {
        state.writeFloat(cell);
      }
    }

    @Override
    public void restore(DataInput state) throws IOException {
      condition.restore(state);
      rows.restore(state);
      columns.restore(state);
      correlation = state.readDouble();
      lastEdged = state.readBoolean();
      for (int i = 0; i < lastCells.length; i++) {
        lastCells[i] = state.readFloat();
      }
    }

    private boolean deviates() {
      return rows.deviates() || columns.deviates();
    }

    /** Whether the bars, and only they, changed since the picture before, and at once. */
    private boolean onlyBarsChanged(float[] cells) {
      if (!lastEdged
          || !area.edged()
          || rows.sameAsLast(area.barRows()) && columns.sameAsLast(area.barColumns())) {
        return false;
      }
      ContentMatch.Boxed before = new ContentMatch.Boxed(lastCells, rows.last(), columns.last());
      ContentMatch.Boxed after = new ContentMatch.Boxed(cells, area.barRows(), area.barColumns());
      if (ContentMatch.barChange(before, after) < MIN_BAR_CHANGE) {
        return false;
      }
      correlation = match.correlation(before, after);
      return correlation >= minCorrelation;
    }

    private void remember(float[] cells, long nowMicros) {
      System.arraycopy(cells, 0, lastCells, 0, lastCells.length);
      rows.remember(area.barRows(), nowMicros);
      columns.remember(area.barColumns(), nowMicros);
      lastEdged = area.edged();
    }

    private static double height(int cells) {
      return 100.0 * cells / PictureGrid.ROWS;
    }

    private static double width(int cells) {
      return 100.0 * cells / PictureGrid.COLUMNS;
    }

    private static Condition.Assessment assess(Map<String, Double> measured) {
      double now =
          measured.getOrDefault("barHeightPercent", 0.0)
              + measured.getOrDefault("barWidthPercent", 0.0);
      double normal =
          measured.getOrDefault("normalBarHeightPercent", 0.0)
              + measured.getOrDefault("normalBarWidthPercent", 0.0);
      return new Condition.Assessment(
          Severity.WARNING,
          0.8,
          now > normal
              ? "Black bars appeared around the content."
              : "The black bars around the content vanished.");
    }
  }
}
