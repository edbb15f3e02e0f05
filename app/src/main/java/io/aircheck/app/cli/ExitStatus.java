package io.aircheck.app.cli;

/** Exit statuses of all commands; published, never renumbered. */
public final class ExitStatus {
  /** Nothing at or above the limit. */
  public static final int OK = 0;

  /** Findings at or above the limit. */
  public static final int FINDINGS = 1;

  /** Wrong usage or configuration, or a file that cannot be written. */
  public static final int USAGE = 2;

  /** Input that cannot be opened or decoded; wins over findings in other inputs. */
  public static final int INPUT = 3;

  /** A fault of Aircheck itself; EX_SOFTWARE of sysexits.h. */
  public static final int INTERNAL = 70;

  /** The reader of standard output is gone: what a shell says of a process ended by SIGPIPE. */
  public static final int BROKEN_PIPE = 141;

  private ExitStatus() {}
}
