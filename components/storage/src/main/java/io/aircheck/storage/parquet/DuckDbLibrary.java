package io.aircheck.storage.parquet;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The library of DuckDB, of which its driver makes a copy of 70 MB in the temporary folder at every
 * start, and which stays there when the process is killed: a service that is started again and
 * again would fill the disk.
 */
final class DuckDbLibrary {
  private static final String PREFIX = "libduckdb_java";
  private static final Path MAPPED = Path.of("/proc/self/maps");
  private static final Pattern COPY = Pattern.compile("(/\\S*/" + PREFIX + "\\d+\\.so)$");

  /** A copy that is so old is loaded, or nobody's. */
  private static final long OLD_MILLIS = 3_600_000;

  private DuckDbLibrary() {}

  /**
   * Removes copies that are of no use. One that is loaded is none: the system keeps what is mapped.
   * Where that is not so, it cannot be removed, and stays.
   *
   * @param temporary the folder where copies are made
   */
  static void removeCopies(Path temporary, long nowMillis) {
    try {
      for (Path copy : mapped()) {
        Files.deleteIfExists(copy);
      }
      for (Path copy : old(temporary, nowMillis)) {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      // They are in use, or somebody else's.
    }
  }

  /** Copies that this process has loaded, where the system tells that. */
  private static List<Path> mapped() throws IOException {
    List<Path> mapped = new ArrayList<>();
    if (Files.isReadable(MAPPED)) {
      try (Stream<String> lines = Files.lines(MAPPED)) {
        for (String line : (Iterable<String>) lines::iterator) {
          Matcher copy = COPY.matcher(line);
          if (copy.find()) {
            mapped.add(Path.of(copy.group(1)));
          }
        }
      }
    }
    return mapped;
  }

  private static List<Path> old(Path temporary, long nowMillis) throws IOException {
    List<Path> old = new ArrayList<>();
    try (DirectoryStream<Path> copies = Files.newDirectoryStream(temporary, PREFIX + "*.so")) {
      for (Path copy : copies) {
        if (Files.getLastModifiedTime(copy).toMillis() < nowMillis - OLD_MILLIS) {
          old.add(copy);
        }
      }
    }
    return old;
  }
}
