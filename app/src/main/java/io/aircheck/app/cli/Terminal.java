package io.aircheck.app.cli;

import io.aircheck.app.report.Palette;

/** What the process is connected to. */
final class Terminal {
  private Terminal() {}

  /** Whether a person looks at standard output and error. */
  static boolean isInteractive() {
    return System.console() != null && System.console().isTerminal();
  }

  /** Colours only on a terminal, and not when NO_COLOR (no-color.org) is set. */
  static Palette palette() {
    String noColor = System.getenv("NO_COLOR");
    boolean refused = noColor != null && !noColor.isEmpty();
    return isInteractive() && !refused ? Palette.COLOUR : Palette.PLAIN;
  }
}
