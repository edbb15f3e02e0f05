package io.aircheck.app.serve.viewers;

import io.aircheck.experience.alert.AlertFold;
import io.aircheck.experience.alert.AlertPolicy;
import io.aircheck.experience.alert.AlertState;
import io.aircheck.experience.alert.CubeWindow;
import io.aircheck.experience.alert.CubeWindow.Grouping;
import io.aircheck.experience.alert.CubeWindow.Row;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Learns a window of some hundred contents after the other and keeps each, until it is killed. */
@SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
final class KillableAlerts {
  static final long START = 1_800_000_000_000L;
  static final long WINDOW = 10_000;
  private static final int CONTENTS = 300;

  private KillableAlerts() {}

  /** The file of a folder. */
  static AlertFile file(Path folder) {
    return new AlertFile(
        folder.resolve("learnt"), ZoneOffset.UTC, WINDOW, line -> System.out.println("! " + line));
  }

  /** Argument: the folder. Prints the start of each window that is kept. */
  public static void main(String[] args) throws Exception {
    AlertFile file = file(Path.of(args[0]));
    AlertFold fold = new AlertFold(AlertPolicy.DEFAULT);
    AlertState state = file.read(Long.MAX_VALUE);
    long next = state.equals(AlertState.FIRST) ? START : state.lastMillis() + WINDOW;
    for (long at = next; true; at += WINDOW) {
      state = fold.apply(state, window(at)).state();
      file.write(state);
      System.out.println(at);
      System.out.flush();
    }
  }

  private static CubeWindow window(long millis) {
    List<Row> rows = new ArrayList<>();
    for (int content = 0; content < CONTENTS; content++) {
      long[] sums = Measures.ZERO.toArray();
      sums[Measure.VIEWERS.ordinal()] = 100;
      sums[Measure.WATCHED_MILLIS.ordinal()] = 100 * WINDOW;
      sums[Measure.STALLED_MILLIS.ordinal()] = 1_000L + content;
      rows.add(new Row(List.of("content" + content), Measures.of(sums)));
    }
    return new CubeWindow(millis, WINDOW, List.of(new Grouping(List.of("content"), rows)));
  }
}
