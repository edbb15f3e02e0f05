package io.aircheck.app.serve.http;

import io.aircheck.app.serve.viewers.Refusal;
import io.aircheck.app.serve.viewers.RolledViewers;
import io.aircheck.app.serve.viewers.ViewerIntake;
import io.aircheck.app.serve.viewers.Viewers;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.place.PlaceFile;
import io.aircheck.experience.report.Rejection;
import java.util.Locale;

/** What is collected of viewers, for those who run the service. */
final class ViewerMetrics {
  private ViewerMetrics() {}

  /** What is taken. */
  static void addIntake(OpenMetrics metrics, ViewerIntake intake) {
    metrics.family("aircheck_viewer_reports_taken", "counter", "Reports that were acknowledged.");
    metrics.plain("aircheck_viewer_reports_taken_total", intake.counters().taken());
    metrics.family("aircheck_viewer_records_rejected", "counter", "Records that were not taken.");
    for (Rejection reason : Rejection.values()) {
      metrics.sample(
          "aircheck_viewer_records_rejected_total",
          "reason",
          reason.name().toLowerCase(Locale.ROOT),
          intake.counters().rejected(reason));
    }
    metrics.family("aircheck_viewer_bodies_refused", "counter", "Bodies that were not looked at.");
    for (Refusal reason : Refusal.values()) {
      metrics.sample(
          "aircheck_viewer_bodies_refused_total",
          "reason",
          reason.word(),
          intake.refusals().of(reason));
    }
    LogRoutes.add(metrics, intake.logs());
    if (!intake.places().isEmpty()) {
      metrics.family(
          "aircheck_viewer_locations_ok", "gauge", "Whether a database of places can be read.");
      for (PlaceFile file : intake.places()) {
        metrics.sample(
            "aircheck_viewer_locations_ok", "file", file.name(), file.problem().isEmpty() ? 1 : 0);
      }
    }
  }

  /** What is known. */
  static void addKnown(OpenMetrics metrics, Viewers viewers) {
    metrics.family("aircheck_viewer_sessions", "gauge", "Sessions that are remembered.");
    metrics.plain("aircheck_viewer_sessions", viewers.audience().sessions());
    metrics.family("aircheck_viewer_sessions_open", "gauge", "Sessions that somebody watches.");
    metrics.plain("aircheck_viewer_sessions_open", viewers.audience().open());
    metrics.family(
        "aircheck_viewer_sessions_evicted", "counter", "Open sessions ended for want of room.");
    metrics.plain("aircheck_viewer_sessions_evicted_total", viewers.audience().evicted());
    metrics.family("aircheck_viewer_reports_too_late", "counter", "Reports whose window was gone.");
    metrics.plain(
        "aircheck_viewer_reports_too_late_total",
        viewers.audience().tooLate().get(Measure.REPORTS));
    metrics.family(
        "aircheck_viewer_lateness_seconds", "gauge", "How far silent sessions are behind.");
    metrics.plain("aircheck_viewer_lateness_seconds", viewers.latenessMillis() / 1000);
    metrics.family("aircheck_viewer_journal_bytes", "gauge", "Reports that are kept.");
    metrics.plain("aircheck_viewer_journal_bytes", viewers.journalBytes());
    viewers
        .archiving()
        .ifPresent(
            archiving -> {
              metrics.family("aircheck_viewer_archive_bytes", "gauge", "Files of the archive.");
              metrics.plain("aircheck_viewer_archive_bytes", archiving.archive().bytes());
              metrics.family(
                  "aircheck_viewer_archive_ok", "gauge", "Whether viewers can be archived.");
              metrics.plain(
                  "aircheck_viewer_archive_ok", archiving.archive().problem().isEmpty() ? 1 : 0);
            });
    metrics.family("aircheck_viewer_complete", "gauge", "Whether the last hour is known again.");
    metrics.plain("aircheck_viewer_complete", viewers.collector().isRestored() ? 1 : 0);
    ConnectorRoutes.add(metrics, viewers.connectors().status());
    CohortMetrics.add(metrics, viewers.totals());
  }

  /** What is known of sums that a job makes. */
  static void addRolled(OpenMetrics metrics, RolledViewers viewers) {
    metrics.family("aircheck_viewer_sums_ok", "gauge", "Whether sums of the job can be read.");
    metrics.plain("aircheck_viewer_sums_ok", viewers.isReadable() ? 1 : 0);
    if (viewers.completeMillis().isPresent()) {
      metrics.family(
          "aircheck_viewer_sums_age_seconds", "gauge", "How long ago the latest window ended.");
      metrics.plain(
          "aircheck_viewer_sums_age_seconds",
          (viewers.nowMillis() - viewers.completeMillis().getAsLong()) / 1000);
    }
    metrics.family("aircheck_viewer_sessions_open", "gauge", "Sessions that somebody watches.");
    metrics.plain("aircheck_viewer_sessions_open", viewers.open());
    CohortMetrics.add(metrics, viewers.totals());
  }
}
