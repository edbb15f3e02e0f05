package io.aircheck.experience.report;

import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told. */
public final class Received implements ReportReceiver {
  private final List<ViewerReport> reports = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();

  @Override
  public void report(ViewerReport report) {
    reports.add(report);
  }

  @Override
  public void rejected(Rejection reason) {
    rejections.add(reason);
  }

  /** What was taken, in its order. */
  public List<ViewerReport> reports() {
    return reports;
  }

  /** What was not. */
  public List<Rejection> rejections() {
    return rejections;
  }
}
