package io.aircheck.app.serve.viewers;

import io.aircheck.core.store.AtomicFile;
import io.aircheck.experience.alert.AlertSnapshot;
import io.aircheck.experience.alert.AlertState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Consumer;

/**
 * What is usual for viewers, and what is open, in a file for the next process. Whatever ends this
 * one, the file is whole: as it was written last, or the time before. Used by one thread at a time.
 */
final class AlertFile {
  private final Path file;
  private final String learntBy;
  private final Consumer<String> log;

  /**
   * @param zone whose hours are learnt
   * @param windowMillis length of the windows that are learnt
   * @param log told one line about what an operator should know
   */
  AlertFile(Path file, ZoneId zone, long windowMillis, Consumer<String> log) {
    this.file = file;
    this.learntBy = "windows of %d ms, hours of %s".formatted(windowMillis, zone);
    this.log = log;
  }

  /**
   * What an earlier process has left. A file that cannot be read is told, and put aside where that
   * is possible.
   *
   * @param nowMillis what was learnt later than that was learnt by a clock that was wrong
   * @return {@link AlertState#FIRST} where there is nothing that can be used
   */
  AlertState read(long nowMillis) {
    try {
      AlertSnapshot snapshot = AlertSnapshot.of(Files.readAllBytes(file));
      if (!snapshot.learntBy().equals(learntBy)) {
        return anew("was learnt by " + snapshot.learntBy() + ", and now by " + learntBy);
      }
      if (snapshot.state().lastMillis() > nowMillis) {
        Instant last = Instant.ofEpochMilli(snapshot.state().lastMillis());
        return anew("is of a time that is still to come, " + last);
      }
      return snapshot.state();
    } catch (NoSuchFileException e) {
      return AlertState.FIRST;
    } catch (IOException e) {
      return anew("cannot be read: " + e.getMessage());
    }
  }

  private AlertState anew(String why) {
    Path aside = file.resolveSibling(file.getFileName() + ".unused");
    String kept = "";
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      kept = "; the file is kept as " + aside;
    } catch (IOException e) {
      kept = "; the file will be replaced";
    }
    log.accept("what is usual for viewers is learnt anew: %s %s%s".formatted(file, why, kept));
    return AlertState.FIRST;
  }

  /**
   * Writes it.
   *
   * @throws IOException when that is not possible; the file is as it was
   */
  void write(AlertState state) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    AtomicFile.write(file, new AlertSnapshot(state, learntBy).toBytes());
  }
}
