package io.aircheck.experience.logs;

import io.aircheck.experience.report.ViewerReport;

/** Times in logs: seconds with decimals, or milliseconds. */
final class Epoch {
  /** Seconds of the year 5138, or milliseconds of 1973: whichever it is, it is the other. */
  private static final double EARLIEST_MILLIS = 1e11;

  private Epoch() {}

  /** Milliseconds since the epoch; -1: none. */
  static long millis(String text) {
    double number = number(text);
    double millis = number < EARLIEST_MILLIS ? number * 1000 : number;
    return millis < 0 || millis > ViewerReport.MAX_MILLIS ? -1 : Math.round(millis);
  }

  /** A duration in seconds as milliseconds; -1: none. */
  static long thousandths(String seconds) {
    double number = number(seconds);
    return number < 0 || number > 1e9 ? -1 : Math.round(number * 1000);
  }

  private static double number(String text) {
    try {
      double number = text.length() > 32 ? -1 : Double.parseDouble(text);
      return Double.isFinite(number) ? number : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
