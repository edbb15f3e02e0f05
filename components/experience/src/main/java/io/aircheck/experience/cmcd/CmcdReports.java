package io.aircheck.experience.cmcd;

import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportReceiver;

/**
 * Reads the bodies that players post: a record per line. Lines that hold nothing are none, so a
 * line feed at the end does no harm. Not thread-safe.
 */
public final class CmcdReports {
  /** Longest record that is read, bytes. */
  public static final int MAX_RECORD_BYTES = 16 * 1024;

  private final CmcdParser parser;
  private final CmcdMapping mapping;
  private final CmcdRecord record = new CmcdRecord();

  /** A reader. */
  public CmcdReports(CmcdParser parser, CmcdMapping mapping) {
    this.parser = parser;
    this.mapping = mapping;
  }

  /** Reads a body. */
  public void read(byte[] body, Arrival arrival, ReportReceiver receiver) {
    int from = 0;
    while (from < body.length) {
      int to = from;
      while (to < body.length && body[to] != '\n') {
        to++;
      }
      if (!isBlank(body, from, to)) {
        readRecord(body, from, to, arrival, receiver);
      }
      from = to + 1;
    }
  }

  private void readRecord(byte[] body, int from, int to, Arrival arrival, ReportReceiver receiver) {
    if (to - from > MAX_RECORD_BYTES) {
      receiver.rejected(Rejection.TOO_LARGE);
      return;
    }
    record.clear();
    parser.parse(body, from, to, record);
    mapping.event(record, arrival, receiver);
  }

  private static boolean isBlank(byte[] body, int from, int to) {
    for (int i = from; i < to; i++) {
      if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
