package io.aircheck.experience.engine;

import io.aircheck.experience.journal.Journal;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.report.ReportSchema;
import io.aircheck.experience.report.ViewerReport;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Takes a session out of bodies. One that has reports of other sessions too keeps them where
 * records are lines (CMCD); in JSON it goes as a whole. Thread-safe.
 */
final class Erasure implements Journal.Eraser {
  private final ReportReader reader;
  private final String session;
  private final byte[] needle;

  Erasure(ReportReader reader, String session) {
    this.reader = reader;
    this.session = session;
    this.needle = session.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean concerns(JournalEntry entry) {
    return mayName(entry) && names(entry);
  }

  @Override
  public Optional<JournalEntry> without(JournalEntry entry) {
    if (entry.schema() != ReportSchema.CMCD) {
      return Optional.empty();
    }
    ByteArrayOutputStream left = new ByteArrayOutputStream();
    String body = new String(entry.body(), StandardCharsets.ISO_8859_1);
    for (String line : body.split("\n")) {
      byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
      if (!names(new JournalEntry(entry.schema(), entry.arrival(), bytes))) {
        left.writeBytes(bytes);
        left.write('\n');
      }
    }
    return left.toString(StandardCharsets.ISO_8859_1).isBlank()
        ? Optional.empty()
        : Optional.of(new JournalEntry(entry.schema(), entry.arrival(), left.toByteArray()));
  }

  /** Whether any report is of the session. */
  private boolean names(JournalEntry entry) {
    BodyReports read = new BodyReports();
    reader.read(entry.schema(), entry.body(), entry.arrival(), read);
    return read.reports().stream().map(ViewerReport::session).anyMatch(session::equals);
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
