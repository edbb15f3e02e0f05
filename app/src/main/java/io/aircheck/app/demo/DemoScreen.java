package io.aircheck.app.demo;

import io.aircheck.app.report.Palette;
import io.aircheck.audience.truth.Toll;
import io.aircheck.experience.exposure.Exposure;
import io.aircheck.experience.measure.Ratio;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What the demo prints. Thread-safe. */
final class DemoScreen {
  /** What stands before the text of a line: time, word and kind. */
  private static final int TEXT_COLUMN = 46;

  /** Before what goes on from the line above: as wide as time and word. */
  private static final String INDENT = " ".repeat(17);

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
            + ": live streams, made on this machine, simulated viewers, and the");
    say("service that watches both. Faults are injected on a schedule that it does not");
    say("know; what it finds is told here by its webhook. Ctrl-C stops.");
    say("");
    say("  " + palette.bold(page) + "  the page of the service");
    for (OnAir onAir : streams) {
      say(palette.dim("  " + onAir.address() + "  " + onAir.programme().name()));
    }
    say("");
  }

  /**
   * How many watch.
   *
   * @param viewers by stream, in the order in which they are told
   */
  void watched(Map<String, Long> viewers) {
    long all = viewers.values().stream().mapToLong(Long::longValue).sum();
    String each =
        viewers.entrySet().stream()
            .map(stream -> stream.getKey() + " " + stream.getValue())
            .collect(Collectors.joining(", "));
    say(line(palette.bold("watch "), "%d viewers: %s".formatted(all, each)));
  }

  /** What is waited for. */
  void waits(String what) {
    say(line(palette.dim("wait  "), palette.dim(what)));
  }

  /**
   * @param where stream, rendition or viewers
   */
  void injected(String where, DemoFault fault) {
    say(
        line(
            palette.bold("inject"),
            String.format(
                Locale.ROOT, "%s, %.0f s [%s]", fault.type().words(), fault.seconds(), where)));
  }

  void found(String where, String cause, String message, double delaySeconds) {
    String delay = delay(delaySeconds);
    String text =
        palette.good(delay) + "  " + abridged(where, message, TEXT_COLUMN + delay.length() + 2);
    say(line(palette.good("FOUND "), String.format(Locale.ROOT, "%-28s %s", cause, text)));
  }

  /** The same with the whole message, on lines of its own. */
  void foundAtLength(String where, String cause, String message, double delaySeconds) {
    say(
        line(
            palette.good("FOUND "),
            "%s %s  [%s]".formatted(cause, palette.good(delay(delaySeconds)), where)));
    StringBuilder row = new StringBuilder();
    for (String word : message.split(" ")) {
      if (!row.isEmpty() && INDENT.length() + row.length() + 1 + word.length() > columns) {
        say(INDENT + row);
        row.setLength(0);
      }
      row.append(row.isEmpty() ? "" : " ").append(word);
    }
    say(INDENT + row);
  }

  private static String delay(double seconds) {
    return String.format(Locale.ROOT, "after %.1f s", seconds);
  }

  void also(String where, String cause, String message) {
    String text = palette.dim(abridged(where, message, TEXT_COLUMN));
    say(line(palette.dim("also  "), String.format(Locale.ROOT, "%-28s %s", cause, text)));
  }

  /** What and how soon first: on a narrow terminal only the message is cut. */
  private String abridged(String where, String message, int before) {
    String text = "[" + where + "] " + message;
    int room = Math.max(columns - before, 1);
    return text.length() <= room ? text : text.substring(0, room - 1) + "…";
  }

  void summarize(Scoreboard board) {
    List<DemoRecord.Entry> entries = board.entries();
    say("");
    say(palette.bold(row("Injected", "after", "viewers", "found as")));
    entries.forEach(this::summarize);
    say("");
    say(
        palette.bold(
            compared(
                "Viewers who were shown it", "left", "others", "stalled", "others", "in truth")));
    entries.stream()
        .filter(entry -> entry.impact().exposure().viewers() > 0)
        .forEach(this::compare);
    say("");
    say(
        "%d of %d faults found, %d further incidents."
            .formatted(
                entries.stream().filter(DemoRecord.Entry::complete).count(),
                entries.size(),
                board.further()));
  }

  private void summarize(DemoRecord.Entry entry) {
    String words = "  " + entry.fault().type().words();
    DemoRecord.Found found = entry.found();
    if (found == null) {
      say(row(words, "", "", palette.error("not found")));
      return;
    }
    String delay = String.format(Locale.ROOT, "%.1f s", entry.delaySeconds());
    String viewers = Long.toString(entry.impact().viewers());
    String cause = entry.complete() ? palette.good(found.cause()) : palette.error(found.cause());
    say(row(words, delay, viewers, cause));
  }

  /** Beside viewers of the same who were not shown it, where there are some. */
  private void compare(DemoRecord.Entry entry) {
    Exposure exposure = entry.impact().exposure();
    say(
        compared(
            "  " + entry.fault().type().words(),
            percent(exposure.leftPercent()),
            percent(exposure.othersLeftPercent()),
            percent(Ratio.REBUFFERING_PERCENT.of(exposure.exposed())),
            percent(Ratio.REBUFFERING_PERCENT.of(exposure.others())),
            entry.felt().equals(Toll.NONE) ? "-" : inTruth(entry)));
  }

  /** What the fault did, whatever the service says. */
  private String inTruth(DemoRecord.Entry entry) {
    Toll felt = entry.felt();
    String text = felt.stalls() > 0 ? felt.stalls() + " stalls" : "%d left".formatted(felt.left());
    return entry.complete() ? text : palette.error(text + ", not told");
  }

  private static String percent(OptionalDouble value) {
    return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f %%", value.getAsDouble());
  }

  private static String compared(
      String words,
      String left,
      String othersLeft,
      String stalled,
      String othersStalled,
      String inTruth) {
    return String.format(
        Locale.ROOT,
        "%-32s%7s%8s%9s%8s  %s",
        words,
        left,
        othersLeft,
        stalled,
        othersStalled,
        inTruth);
  }

  private static String row(String words, String delay, String viewers, String foundAs) {
    return String.format(Locale.ROOT, "%-32s%8s%8s  %s", words, delay, viewers, foundAs);
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
