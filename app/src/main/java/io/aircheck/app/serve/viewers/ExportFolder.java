package io.aircheck.app.serve.viewers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where files lie while they are exported. Thread-safe. */
final class ExportFolder {
  private final Path folder;

  /**
   * Opens the folder. What a killed process left there goes: sessions are kept nowhere for longer
   * than is promised.
   *
   * @param archive the folder of the archive
   */
  ExportFolder(Path archive) throws IOException {
    this.folder = Files.createDirectories(archive.resolve("work/exports"));
    try (Stream<Path> left = Files.list(folder)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
  }

  /** A file, to be deleted by who asks for it. */
  Path next() throws IOException {
    return Files.createTempFile(folder, "sessions", ".export");
  }
}
