package io.aircheck.app.cli;

import java.util.Locale;

/** Formats of what is not a report. */
enum LineFormat {
  TEXT,
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
