package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.experience.engine.Erasure;
import io.aircheck.experience.engine.ReportReader;
import io.aircheck.experience.journal.Journal;
import io.aircheck.experience.journal.JournalPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Reports of viewers that were kept by an earlier process, where none are kept any more. They are
 * forgotten by age and erased on demand as before. Thread-safe; calls wait for files.
 */
final class LeftReports {
  private final ViewerSettings settings;
  private final Path folder;
  private final InstantSource clock;

  /**
   * What is left in a folder, if there is one.
   *
   * @param folder of the journal
   */
  LeftReports(ViewerSettings settings, Path folder, InstantSource clock) {
    this.settings = settings;
    this.folder = folder;
    this.clock = clock;
  }

  /** Whether there may be any. */
  boolean isAny() {
    return Files.isDirectory(folder);
  }

  /**
   * Erases what a session sent.
   *
   * @return whether there was anything
   */
  synchronized boolean erase(String session) throws IOException {
    if (!isAny()) {
      return false;
    }
    try (Journal journal = open()) {
      return journal.erase(new Erasure(new ReportReader(settings.customKeys()), session)) > 0;
    }
  }

  /** Forgets what is too old. */
  synchronized void forget() throws IOException {
    if (isAny()) {
      try (Journal journal = open()) {
        journal.tidy(clock.millis());
      }
    }
  }

  private Journal open() throws IOException {
    return Journal.open(
        folder,
        JournalPolicy.of(settings.keepReportsFor(), settings.maxBytes().bytes(), settings.sync()));
  }
}
