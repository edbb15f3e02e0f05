package io.aircheck.experience.ingest;

import io.aircheck.experience.journal.Journal;
import io.aircheck.experience.portable.LoggedReports;
import io.aircheck.experience.report.ReportSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the next process finds how far logs were read. What counts is the journal, whose entries
 * say it; a file for each log saves reading all of it, and remembers what the journal forgets.
 * Where reports are handed over there is no journal, and the files alone count: what was handed
 * over after the latest of them was written comes twice. Thread-safe for different logs.
 */
public final class KeptPlaces {
  private final Path folder;
  private final @Nullable Journal journal;

  /**
   * Places in files of a folder, which is made if there is none.
   *
   * @param journal that reports are kept in; null: they are handed over
   */
  public KeptPlaces(Path folder, @Nullable Journal journal) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.journal = journal;
  }

  /**
   * Tells logs how far they were read by the process before, and writes it anew: of a log without a
   * file there is nothing in the journal.
   *
   * @throws IOException when that cannot be read or written; the message says what to do
   */
  public void restore(Collection<LogIntake> logs) throws IOException {
    Map<String, LogIntake> byName = new HashMap<>();
    Map<String, Long> from = new HashMap<>();
    for (LogIntake log : logs) {
      Optional<LogPlace> place =
          LogPlace.read(file(log)).filter(kept -> kept.source().equals(log.source()));
      if (place.isPresent()) {
        place.get().marks().forEach(log::restore);
        byName.put(log.name(), log);
        from.put(log.name(), place.get().position());
      }
    }
    if (journal != null && !from.isEmpty()) {
      replay(journal, Collections.min(from.values()), byName, from);
    }
    for (LogIntake log : logs) {
      save(log);
    }
  }

  private static void replay(
      Journal journal, long first, Map<String, LogIntake> logs, Map<String, Long> from)
      throws IOException {
    journal.replay(
        first,
        (position, entry) -> {
          LoggedReports kept = entry.schema() == ReportSchema.LOGGED ? mark(entry.body()) : null;
          LogIntake log = kept == null ? null : logs.get(kept.log());
          if (kept != null
              && log != null
              && position >= from.getOrDefault(kept.log(), Long.MAX_VALUE)
              && kept.source().equals(log.source())) {
            log.restore(kept.mark());
          }
        });
  }

  /** What an entry says; null: it is damaged, and counted as such when its reports are read. */
  private static @Nullable LoggedReports mark(byte[] body) {
    try {
      return LoggedReports.readMark(body);
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Writes how far a log has been read, if that is news.
   *
   * @throws IOException when it cannot be written; the journal still has it
   */
  public void save(LogIntake log) throws IOException {
    Optional<LogPlace> place = log.place(journal == null ? () -> 0 : journal::end);
    if (place.isPresent()) {
      if (journal != null) {
        journal.flush(); // a place must not survive a loss of power that its reports do not
      }
      place.get().write(file(log));
      log.saved(place.get());
    }
  }

  private Path file(LogIntake log) {
    return folder.resolve(log.name());
  }
}
