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
      return "3";
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
    public Detector create(Options options) {
      return new PictureDetector<>(track -> new Monitor(track, options));
    }
  }

  private static final class Monitor implements TrackMonitor {
    /** Bars as wide as this many cells less or more are the same: edges fall within cells. */
    private static final int SAME = 1;

    /** Far from any number of cells. */
    private static final int UNSEEN = -100;

    /**
     * Change of what becomes bar or content, 8-bit scale: the last step of a dissolve stays below.
     */
    private static final double MIN_BAR_CHANGE = 16;

    private final String track;
    private final double minCorrelation;
    private final ContentMatch match = new ContentMatch();
    private final long establishMicros;
    private final long acceptAfterMicros;
    private final ActiveArea area = new ActiveArea();
    private final Condition condition;

    // What is normal, and what was seen last and since when.
    private boolean established;
    private int normalRows;
    private int normalColumns;
    private int seenRows = UNSEEN;
    private int seenColumns = UNSEEN;
    private long seenSinceMicros;
    private boolean deviates;
    private double correlation;

    // The picture before, and whether its bars have an edge.
    private final float[] lastCells = new float[PictureGrid.CELLS];
    private boolean lastEdged;
    private int lastRows;
    private int lastColumns;

    Monitor(String track, Options options) {
      this.track = track;
      this.establishMicros = options.micros(ESTABLISH.name());
      this.acceptAfterMicros = options.micros(ACCEPT_AFTER.name());
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
      if (onlyBars || area.known()) {
        see(onlyBars, from, out);
      }
      remember(analysis.thumbnail());
      // Where darkness cannot be told from bars nothing is known, and things stay as they were.
      double rows = 100.0 * area.barRows() / PictureGrid.ROWS;
      double columns = 100.0 * area.barColumns() / PictureGrid.COLUMNS;
      out.metric(track, "video.bar_height_percent", from, rows);
      out.metric(track, "video.bar_width_percent", from, columns);
      condition.update(
          from,
          to,
          deviates,
          out,
          100.0 * seenRows / PictureGrid.ROWS,
          100.0 * seenColumns / PictureGrid.COLUMNS,
          100.0 * normalRows / PictureGrid.ROWS,
          100.0 * normalColumns / PictureGrid.COLUMNS,
          correlation);
    }

    @Override
    public void cut(ObservationSink out) {
      condition.end(out);
      established = false;
      deviates = false;
      lastEdged = false;
      seenRows = UNSEEN;
      seenColumns = UNSEEN;
    }

    @Override
    public void snapshot(DataOutput state) throws IOException {
      condition.snapshot(state);
      state.writeBoolean(established);
      state.writeBoolean(deviates);
      state.writeInt(normalRows);
      state.writeInt(normalColumns);
      state.writeInt(seenRows);
      state.writeInt(seenColumns);
      state.writeLong(seenSinceMicros);
      state.writeDouble(correlation);
      state.writeBoolean(lastEdged);
      state.writeInt(lastRows);
      state.writeInt(lastColumns);
      for (float cell : lastCells) {
        state.writeFloat(cell);
      }
    }

    @Override
    public void restore(DataInput state) throws IOException {
      condition.restore(state);
      established = state.readBoolean();
      deviates = state.readBoolean();
      normalRows = state.readInt();
      normalColumns = state.readInt();
      seenRows = state.readInt();
      seenColumns = state.readInt();
      seenSinceMicros = state.readLong();
      correlation = state.readDouble();
      lastEdged = state.readBoolean();
      lastRows = state.readInt();
      lastColumns = state.readInt();
      for (int i = 0; i < lastCells.length; i++) {
        lastCells[i] = state.readFloat();
      }
    }

    private void see(boolean onlyBars, long nowMicros, ObservationSink out) {
      if (!same(seenRows, seenColumns)) {
        if (established && !same(normalRows, normalColumns)) {
          deviates = onlyBars;
          if (!deviates) {
            normalRows = area.barRows();
            normalColumns = area.barColumns();
          }
        }
        seenRows = area.barRows();
        seenColumns = area.barColumns();
        seenSinceMicros = nowMicros;
      }
      long lasted = nowMicros - seenSinceMicros;
      if (lasted >= (established ? acceptAfterMicros : establishMicros)) {
        normalRows = seenRows;
        normalColumns = seenColumns;
        established = true;
      }
      deviates &= !same(normalRows, normalColumns);
      if (!deviates && condition.isActive() && lasted >= acceptAfterMicros) {
        condition.end(out);
      }
    }

    /** Whether the bars, and only they, changed since the picture before, and at once. */
    private boolean onlyBarsChanged(float[] cells) {
      if (!lastEdged || !area.edged() || same(lastRows, lastColumns)) {
        return false;
      }
      ContentMatch.Boxed before = new ContentMatch.Boxed(lastCells, lastRows, lastColumns);
      ContentMatch.Boxed after = new ContentMatch.Boxed(cells, area.barRows(), area.barColumns());
      if (ContentMatch.barChange(before, after) < MIN_BAR_CHANGE) {
        return false;
      }
      correlation = match.correlation(before, after);
      return correlation >= minCorrelation;
    }

    private void remember(float[] cells) {
      System.arraycopy(cells, 0, lastCells, 0, lastCells.length);
      lastRows = area.barRows();
      lastColumns = area.barColumns();
      lastEdged = area.edged();
    }

    private boolean same(int rows, int columns) {
      return Math.abs(area.barRows() - rows) <= SAME
          && Math.abs(area.barColumns() - columns) <= SAME;
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
