package io.aircheck.experience.ingest;

import io.aircheck.core.store.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a log had been read when its reports were in the journal up to a position. In a file it
 * is lines of text: what it is, source, position, marks.
 *
 * @param source where its lines come from
 * @param position of the journal; marks of later entries are passed after these
 * @param marks see {@link Bookmark#marks}
 */
record LogPlace(String source, long position, List<String> marks) {
  private static final String SCHEMA = "aircheck.viewer-log-place/1";
  private static final int BEFORE_MARKS = 3;

  LogPlace {
    marks = List.copyOf(marks);
  }

  /**
   * Reads it; empty: there is none yet.
   *
   * @throws IOException when there is one that cannot be read
   */
  static Optional<LogPlace> read(Path file) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (lines.size() < BEFORE_MARKS || !lines.getFirst().equals(SCHEMA)) {
      throw new IOException(file + " is damaged; remove it, and the log is read from now on");
    }
    try {
      return Optional.of(
          new LogPlace(
              lines.get(1),
              Long.parseLong(lines.get(2)),
              lines.subList(BEFORE_MARKS, lines.size())));
    } catch (NumberFormatException e) {
      throw new IOException(file + " is damaged; remove it, and the log is read from now on", e);
    }
  }

  /** Writes it: the file has this or what was there before, whatever happens. */
  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>(List.of(SCHEMA, source, Long.toString(position)));
    lines.addAll(marks);
    AtomicFile.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
