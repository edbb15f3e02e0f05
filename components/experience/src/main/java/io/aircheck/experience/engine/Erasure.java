package io.aircheck.experience.engine;

import io.aircheck.experience.journal.Journal;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.portable.LoggedReports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Takes a session out of bodies. One that has reports of other sessions too keeps them where
 * records are lines (CMCD) and in what was made of logs; in other JSON it goes as a whole.
 * Thread-safe.
 */
public final class Erasure implements Journal.Eraser {
  private final SessionReports reports;
  private final String session;

  /**
   * Of one session.
   *
   * @param reader knows which reports a body has
   */
  public Erasure(ReportReader reader, String session) {
    this.session = session;
    this.reports = new SessionReports(reader, session);
  }

  @Override
  public boolean concerns(JournalEntry entry) {
    return !reports.of(entry).isEmpty();
  }

  @Override
  public Optional<JournalEntry> without(JournalEntry entry) {
    return switch (entry.schema()) {
      case CMCD -> withoutLines(entry);
      case LOGGED -> withoutReports(entry);
      case EPAS, SNOWPLOW, PLAIN -> Optional.empty();
    };
  }

  /** How far the log was read stays, also where nothing else does. */
  private Optional<JournalEntry> withoutReports(JournalEntry entry) {
    try {
      byte[] left = LoggedReports.read(entry.body()).without(session).bytes();
      return Optional.of(new JournalEntry(entry.schema(), entry.arrival(), left));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<JournalEntry> withoutLines(JournalEntry entry) {
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
