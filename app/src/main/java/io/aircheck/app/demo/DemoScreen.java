package io.aircheck.app.demo;

import io.aircheck.app.report.Palette;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the demo prints. Thread-safe. */
final class DemoScreen {
  /** What stands before the text of a line: time, word and kind. */
  private static final int TEXT_COLUMN = 46;

  private final PrintWriter out;
  private final Palette palette;
  private final int columns;
  private final long originNanos = System.nanoTime();

  /**
   * @param columns width of the terminal: messages are cut so that an incident stays on one line
   */
  DemoScreen(PrintWriter out, Palette palette, int columns) {
    this.out = out;
    this.palette = palette;
    this.columns = columns;
  }

  /** Seconds since the beginning. */
  double now() {
    return (System.nanoTime() - originNanos) / 1e9;
  }

  synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  void begin(String page, List<OnAir> streams) {
    say(
        palette.bold("Aircheck demo")
            + ": live streams, made on this machine, and the service that");
    say("watches them. Faults are injected on a schedule that it does not know; what it");
    say("finds is told here by its webhook. Ctrl-C stops.");
    say("");
    say("  " + palette.bold(page) + "  the page of the service");
    for (OnAir onAir : streams) {
      say(palette.dim("  " + onAir.address() + "  " + onAir.programme().name()));
    }
    say("");
  }

  void injected(Programme programme, DemoFault fault) {
    say(
        line(
            palette.bold("inject"),
            String.format(
                Locale.ROOT,
                "%s, %.0f s [%s]",
                fault.type().words(),
                fault.seconds(),
                where(programme, fault.type().rendition().orElse("")))));
  }

  void found(
      Programme programme, String rendition, String cause, String message, double delaySeconds) {
    String delay = String.format(Locale.ROOT, "after %.1f s", delaySeconds);
    String text =
        palette.good(delay)
            + "  "
            + abridged(programme, rendition, message, TEXT_COLUMN + delay.length() + 2);
    say(line(palette.good("FOUND "), String.format(Locale.ROOT, "%-28s %s", cause, text)));
  }

  void also(Programme programme, String rendition, String cause, String message) {
    String text = palette.dim(abridged(programme, rendition, message, TEXT_COLUMN));
    say(line(palette.dim("also  "), String.format(Locale.ROOT, "%-28s %s", cause, text)));
  }

  /** What and how soon first: on a narrow terminal only the message is cut. */
  private String abridged(Programme programme, String rendition, String message, int before) {
    String text = "[" + where(programme, rendition) + "] " + message;
    int room = Math.max(columns - before, 1);
    return text.length() <= room ? text : text.substring(0, room - 1) + "…";
  }

  private static String where(Programme programme, String rendition) {
    return programme.rungs().size() > 1 && !rendition.isEmpty()
        ? programme.id() + " " + rendition
        : programme.id();
  }

  void summarize(Map<Programme, DemoRecord> records) {
    say("");
    say(palette.bold("Injected                              found as"));
    int found = 0;
    int further = 0;
    int injected = 0;
    for (DemoRecord record : records.values()) {
      for (DemoRecord.Entry entry : record.entries()) {
        injected++;
        found += entry.found() ? 1 : 0;
        say(String.format(Locale.ROOT, "  %-36s%s", entry.fault().type().words(), foundAs(entry)));
      }
      further += record.further();
    }
    say("");
    say("%d of %d faults found, %d further incidents.".formatted(found, injected, further));
  }

  private String foundAs(DemoRecord.Entry entry) {
    return entry.found()
        ? palette.good(
            String.format(Locale.ROOT, "%s after %.1f s", entry.foundAs(), entry.delaySeconds()))
        : palette.error("not found");
  }

  void goesOn(String page) {
    say("");
    say("It begins again, until Ctrl-C; " + palette.bold(page) + " has the incidents, with clips.");
    say("");
  }

  private String line(String word, String text) {
    double seconds = now();
    return String.format(
        Locale.ROOT, "%2d:%04.1f  %s  %s", (int) seconds / 60, seconds % 60, word, text);
  }
}
