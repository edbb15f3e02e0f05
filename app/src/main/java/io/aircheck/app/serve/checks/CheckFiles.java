package io.aircheck.app.serve.checks;

import io.aircheck.app.report.ReportFormat;
import io.aircheck.storage.files.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What is uploaded to be checked, and the reports: a folder for each check, called by its id and
 * never by what users typed. Thread-safe for different checks.
 */
final class CheckFiles {
  private final Path folder;

  CheckFiles(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** What an upload is called: the last part of its path, without control characters. */
  static String shownName(String name) {
    String plain = name.replaceAll("[\\p{Cntrl}]", "").strip();
    String last = plain.substring(Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('\\')) + 1);
    return last.isEmpty() ? "file" : last;
  }

  /**
   * Takes an upload.
   *
   * @param maxBytes most that is taken
   * @return whether it was taken whole; nothing is kept of one that is longer
   * @throws IOException when it cannot be received or written; nothing is kept then
   */
  boolean receive(String id, InputStream content, long maxBytes) throws IOException {
    Files.createDirectories(folder.resolve(id));
    boolean whole = false;
    try (OutputStream out = Files.newOutputStream(upload(id))) {
      byte[] buffer = new byte[64 * 1024];
      long bytes = 0;
      int read;
      while ((read = content.read(buffer)) >= 0 && bytes <= maxBytes) {
        out.write(buffer, 0, read);
        bytes += read;
      }
      whole = read < 0 && bytes <= maxBytes;
    } finally {
      if (!whole) {
        remove(id);
      }
    }
    return whole;
  }

  /** Makes room for the files of a check. */
  void begin(String id) throws IOException {
    Files.createDirectories(folder.resolve(id));
  }

  /** Whether the files of a check are kept here. */
  boolean isHere(String id) {
    return Files.isDirectory(folder.resolve(id));
  }

  /** Where an upload is. */
  Path upload(String id) {
    return folder.resolve(id).resolve("input");
  }

  /** Forgets an upload; its reports stay. */
  void removeUpload(String id) throws IOException {
    Files.deleteIfExists(upload(id));
  }

  void keepReport(String id, ReportFormat format, String text) throws IOException {
    Files.createDirectories(folder.resolve(id));
    Files.writeString(reportFile(id, format), text);
  }

  /** A report; empty when there is none. */
  Optional<String> report(String id, ReportFormat format) throws IOException {
    Path file = reportFile(id, format);
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  private Path reportFile(String id, ReportFormat format) {
    return folder.resolve(id).resolve("report." + format.name().toLowerCase(Locale.ROOT));
  }

  /** Forgets everything of a check. */
  void remove(String id) throws IOException {
    Folders.remove(folder.resolve(id));
  }
}
