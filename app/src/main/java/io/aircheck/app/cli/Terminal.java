package io.aircheck.app.cli;

import io.aircheck.app.report.Palette;
import java.util.OptionalInt;

/**
 * What standard output and error are connected to. The JVM cannot tell (its console wants standard
 * input as well), so the launcher does: it sets a variable to the columns of a terminal.
 */
final class Terminal {
  private static final String OUT_COLUMNS = "AIRCHECK_STDOUT_COLUMNS";
  private static final String ERR_COLUMNS = "AIRCHECK_STDERR_COLUMNS";

  private Terminal() {}

  /** Whether a person looks at standard output. */
  static boolean isOutput() {
    return outputColumns().isPresent();
  }

  /** Whether a person looks at standard error. */
  static boolean isError() {
    return columns(ERR_COLUMNS).isPresent();
  }

  /** Columns of the terminal that shows standard output, at the start; empty without one. */
  static OptionalInt outputColumns() {
    return columns(OUT_COLUMNS);
  }

  /** Colours only on a terminal, and not when NO_COLOR (no-color.org) is set. */
  static Palette palette() {
    String noColor = System.getenv("NO_COLOR");
    boolean refused = noColor != null && !noColor.isEmpty();
    return isOutput() && !refused ? Palette.COLOUR : Palette.PLAIN;
  }

  private static OptionalInt columns(String variable) {
    String text = System.getenv(variable);
    return text != null && text.matches("[1-9][0-9]{0,3}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }
}
