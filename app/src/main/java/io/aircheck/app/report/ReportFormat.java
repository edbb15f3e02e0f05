package io.aircheck.app.report;

import java.util.Locale;

/** Formats of a report. */
public enum ReportFormat {
  TEXT,
  JSON,
  JUNIT,
  HTML;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
