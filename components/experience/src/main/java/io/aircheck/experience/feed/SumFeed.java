package io.aircheck.experience.feed;

import io.aircheck.experience.cube.Cell;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.RecentCube;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a cube, window by window, each when it is complete. Nothing is queued: the cube has
 * the last hour, and a place in it is all there is to remember. Thread-safe.
 */
public final class SumFeed {
  /**
   * The cube forgets its oldest window when a newer one begins, and a report may be ahead of the
   * time that has passed; so the oldest ones are not counted on.
   */
  private static final long MARGIN_MILLIS = 60_000;

  /**
   * Which rows are told.
   *
   * @param by sets of dimensions, each of which the cube can be asked for
   * @param lengthMillis length of their windows, a multiple of those of the cube
   * @param settleMillis a window is told so long after its end; what comes later is in no row
   */
  public record Shape(List<List<String>> by, long lengthMillis, long settleMillis) {
    public Shape {
      by = by.stream().map(List::copyOf).toList();
    }
  }

  /**
   * A window that is complete.
   *
   * @param startMillis its start
   * @param rows none: nobody watched
   */
  public record Window(long startMillis, List<SumRow> rows) {
    public Window {
      rows = List.copyOf(rows);
    }
  }

  private final CubeSpec spec;
  private final RecentCube cube;
  private final Shape shape;
  private final long knownMillis;
  private long nextMillis;
  private long dropped;
  private boolean began;

  /**
   * Goes on at a place.
   *
   * @param nextMillis the first window that is to be told has this in it
   * @param knownMillis up to here an earlier process collected reports: windows before it that the
   *     cube does not have are lost, and those after it never were
   */
  public SumFeed(CubeSpec spec, RecentCube cube, Shape shape, long nextMillis, long knownMillis) {
    this.spec = spec;
    this.cube = cube;
    this.shape = shape;
    this.nextMillis = Math.floorDiv(nextMillis, shape.lengthMillis()) * shape.lengthMillis();
    this.knownMillis = knownMillis;
  }

  /**
   * The next window, until it is {@linkplain #passed passed}. Windows in which nothing was told are
   * passed over.
   *
   * @param advancedMillis up to when time has passed for all sessions
   * @return empty: none is complete
   */
  public synchronized Optional<Window> next(long advancedMillis) {
    forget(advancedMillis);
    while (nextMillis <= latest(advancedMillis)) {
      int windows = cube.windows(nextMillis, nextMillis + shape.lengthMillis());
      if (windows > 0) {
        return Optional.of(new Window(nextMillis, rows(nextMillis, windows)));
      }
      nextMillis += shape.lengthMillis();
    }
    return Optional.empty();
  }

  /** A window has arrived, or never will: the next one comes after it. */
  public synchronized void passed(Window window) {
    nextMillis = Math.max(nextMillis, window.startMillis() + shape.lengthMillis());
  }

  /** Where to go on: start of the first window that has not been passed. */
  public synchronized long position() {
    return nextMillis;
  }

  /** Windows that the cube had forgotten before they were told. */
  public synchronized long dropped() {
    return dropped;
  }

  /** How far it is behind, milliseconds; 0: everything that is complete was told. */
  public synchronized long lagMillis(long advancedMillis) {
    return Math.max(0, latest(advancedMillis) + shape.lengthMillis() - nextMillis);
  }

  /** Start of the latest window that is complete. */
  private long latest(long advancedMillis) {
    long start = advancedMillis - shape.settleMillis() - shape.lengthMillis();
    return Math.floorDiv(start, shape.lengthMillis()) * shape.lengthMillis();
  }

  /** Leaves out what the cube may not have any more. */
  private void forget(long advancedMillis) {
    long oldest =
        Math.ceilDiv(advancedMillis - spec.spanMillis() + MARGIN_MILLIS, shape.lengthMillis())
            * shape.lengthMillis();
    if (nextMillis < oldest) {
      long lost = began ? oldest : Math.min(oldest, knownMillis);
      dropped += Math.max(0, lost - nextMillis) / shape.lengthMillis();
      nextMillis = oldest;
    }
    began = true;
  }

  private List<SumRow> rows(long startMillis, int windows) {
    List<SumRow> rows = new ArrayList<>();
    for (List<String> by : shape.by()) {
      CubeQuery query =
          new CubeQuery(startMillis, startMillis + shape.lengthMillis(), Map.of(), by);
      cube.ask(query).ifPresent(answer -> add(rows, startMillis, windows, by, answer));
    }
    return rows;
  }

  private void add(
      List<SumRow> rows, long startMillis, int windows, List<String> by, CubeAnswer answer) {
    for (CubeAnswer.Row row : answer.rows()) {
      rows.add(row(startMillis, windows, by, row.values(), false, row.cell()));
    }
    if (answer.otherDeltas() > 0) {
      rows.add(row(startMillis, windows, by, List.of(), true, answer.others()));
    }
  }

  private SumRow row(
      long startMillis,
      int windows,
      List<String> by,
      List<String> values,
      boolean others,
      Cell cell) {
    return new SumRow(startMillis, shape.lengthMillis(), by, values, others, windows, cell);
  }
}
