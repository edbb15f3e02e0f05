package io.aircheck.storage.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders with everything in them. Links are not followed. */
public final class Folders {
  private Folders() {}

  /**
   * Removes a folder; nothing happens when it is not there.
   *
   * @throws IOException when something of it cannot be removed
   */
  public static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Bytes of all files in a folder; 0 when it is not there. */
  static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    } catch (NoSuchFileException e) {
      return 0;
    }
    return bytes;
  }
}
