package io.aircheck.app.cli;

import io.aircheck.app.UsageException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that a command writes: what cannot work is said before hours of work, and in one line. */
record OutputFile(String what, Path file) {

  /**
   * Checks that it can be written, without touching it.
   *
   * @throws UsageException when it cannot
   */
  void check() {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw refused("it is a folder; name a file", null);
    } else if (folder != null && !Files.isDirectory(folder)) {
      throw refused("there is no folder " + folder, null);
    } else if (folder != null && !Files.isWritable(Files.exists(file) ? file : folder)) {
      throw refused("it is not permitted", null);
    }
  }

  /** What to throw when writing failed. */
  UsageException failed(IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return refused(reason == null ? "check path and permissions" : reason, e);
  }

  private UsageException refused(String reason, @Nullable IOException cause) {
    return new UsageException("cannot write " + what + " to " + file + ": " + reason, cause);
  }
}
