package io.aircheck.experience.journal;

import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.ReportSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Entries for tests. */
final class Entries {
  private Entries() {}

  static JournalEntry of(long receivedMillis, String body) {
    return new JournalEntry(
        ReportSchema.PLAIN,
        new Arrival(receivedMillis, "events", Map.of("country", "SE")),
        body.getBytes(StandardCharsets.UTF_8));
  }

  static String body(JournalEntry entry) {
    return new String(entry.body(), StandardCharsets.UTF_8);
  }

  /** The bodies of all entries from a position on. */
  static List<String> bodies(Journal journal, long from) throws IOException {
    List<String> bodies = new ArrayList<>();
    journal.replay(from, (position, entry) -> bodies.add(body(entry)));
    return bodies;
  }

  /** The bodies of a folder. */
  static List<String> bodies(Path folder, JournalPolicy policy) throws IOException {
    try (Journal journal = Journal.open(folder, policy)) {
      return bodies(journal, 0);
    }
  }
}
