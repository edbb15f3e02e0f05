package io.aircheck.app.cli;

import java.io.PrintWriter;

/** A line of progress on a terminal; nothing elsewhere. One thread. */
final class Progress {
  /** Goes to the start of the line and clears it. */
  private static final String CLEAR_LINE = "\r\u001b[K";

  /** What is too long for the line is cut off by the terminal, however wide it has become. */
  private static final String NO_WRAP = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";

  private final PrintWriter err;
  private final int total;
  private final String noun;
  private final boolean visible = Terminal.isError();
  private int done;

  Progress(PrintWriter err, int total, String noun) {
    this.err = err;
    this.total = total;
    this.noun = noun;
  }

  void done(String name) {
    done++;
    say(done + " of " + total + " " + noun + ": " + name);
  }

  void say(String line) {
    if (visible) {
      err.print(CLEAR_LINE + NO_WRAP + line + WRAP);
      err.flush();
    }
  }

  void clear() {
    if (visible) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }
}
