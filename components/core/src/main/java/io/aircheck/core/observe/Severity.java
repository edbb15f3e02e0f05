package io.aircheck.core.observe;

/** How bad a finding is for a viewer, in rising order. */
public enum Severity {
  /** Worth knowing, nothing a viewer would complain about. */
  INFO,
  /** Viewers may notice, or the finding is not certain. */
  WARNING,
  /** Viewers notice. */
  ERROR;

  /** The lower-case word used in reports and on the command line. */
  public String word() {
    return switch (this) {
      case INFO -> "info";
      case WARNING -> "warning";
      case ERROR -> "error";
    };
  }

  /** Whether this is as bad as the other, or worse. */
  public boolean atLeast(Severity other) {
    return compareTo(other) >= 0;
  }
}
