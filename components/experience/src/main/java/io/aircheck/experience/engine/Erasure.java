package io.aircheck.experience.engine;

import io.aircheck.experience.journal.Journal;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.report.ReportSchema;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Takes a session out of bodies. One that has reports of other sessions too keeps them where
 * records are lines (CMCD); in JSON it goes as a whole. Thread-safe.
 */
final class Erasure implements Journal.Eraser {
  private final SessionReports reports;

  Erasure(ReportReader reader, String session) {
    this.reports = new SessionReports(reader, session);
  }

  @Override
  public boolean concerns(JournalEntry entry) {
    return !reports.of(entry).isEmpty();
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
      if (reports.of(new JournalEntry(entry.schema(), entry.arrival(), bytes)).isEmpty()) {
        left.writeBytes(bytes);
        left.write('\n');
      }
    }
    return left.toString(StandardCharsets.ISO_8859_1).isBlank()
        ? Optional.empty()
        : Optional.of(new JournalEntry(entry.schema(), entry.arrival(), left.toByteArray()));
  }
}
