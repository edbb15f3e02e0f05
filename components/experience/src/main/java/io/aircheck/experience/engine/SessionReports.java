package io.aircheck.experience.engine;

import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.report.ReportSchema;
import io.aircheck.experience.report.ViewerReport;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds the reports of one session in bodies. Thread-safe. */
final class SessionReports {
  private final ReportReader reader;
  private final String session;
  private final byte[] needle;

  SessionReports(ReportReader reader, String session) {
    this.reader = reader;
    this.session = session;
    this.needle = session.getBytes(StandardCharsets.UTF_8);
  }

  /** Those in a body, in its order; most bodies are not even read for that. */
  List<ViewerReport> of(JournalEntry entry) {
    if (!mayName(entry)) {
      return List.of();
    }
    BodyReports read = new BodyReports();
    reader.read(entry.schema(), entry.body(), entry.arrival(), read);
    return read.reports().stream().filter(report -> report.session().equals(session)).toList();
  }

  /** False where the id is not among the bytes, and cannot be there in another spelling. */
  private boolean mayName(JournalEntry entry) {
    byte[] body = entry.body();
    if (entry.schema() == ReportSchema.SNOWPLOW) { // has documents in base64
      return true;
    }
    for (int i = 0; i < body.length; i++) {
      if (body[i] == '\\' || (body[i] == needle[0] && isAt(body, i))) {
        return true;
      }
    }
    return false;
  }

  private boolean isAt(byte[] body, int from) {
    if (from + needle.length > body.length) {
      return false;
    }
    for (int i = 0; i < needle.length; i++) {
      if (body[from + i] != needle[i]) {
        return false;
      }
    }
    return true;
  }
}
