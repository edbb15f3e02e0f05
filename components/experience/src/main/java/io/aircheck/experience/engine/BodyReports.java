package io.aircheck.experience.engine;

import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportReceiver;
import io.aircheck.experience.report.ViewerReport;
import java.util.ArrayList;
import java.util.List;

/** What a body holds. Not thread-safe. */
final class BodyReports implements ReportReceiver {
  private final List<ViewerReport> reports = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>(0);

  @Override
  public void report(ViewerReport report) {
    reports.add(report);
  }

  @Override
  public void rejected(Rejection reason) {
    rejections.add(reason);
  }

  List<ViewerReport> reports() {
    return reports;
  }

  List<Rejection> rejections() {
    return rejections;
  }
}
