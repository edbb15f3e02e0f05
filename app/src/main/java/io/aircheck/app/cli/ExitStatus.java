package io.aircheck.app.cli;

/** Exit statuses of all commands; published, never renumbered. */
public final class ExitStatus {
  /** Nothing at or above the limit. */
  public static final int OK = 0;

  /** Findings at or above the limit. */
  public static final int FINDINGS = 1;

  /** Wrong usage or configuration. */
  public static final int USAGE = 2;

  /** Input that cannot be opened or decoded; wins over findings in other inputs. */
  public static final int INPUT = 3;

  private ExitStatus() {}
}
