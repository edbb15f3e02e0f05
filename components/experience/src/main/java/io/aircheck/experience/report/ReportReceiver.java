package io.aircheck.experience.report;

/**
 * Takes what a body or a log holds, record by record, in its order. Called on the thread that
 * reads.
 */
public interface ReportReceiver {
  /** Takes a report. */
  void report(ViewerReport report);

  /** Is told of a record that was not taken. */
  void rejected(Rejection reason);
}
