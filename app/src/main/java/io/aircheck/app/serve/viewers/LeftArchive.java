package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.settings.ArchiveSettings;
import io.aircheck.app.serve.settings.S3Settings;
import io.aircheck.core.fact.FactLayout;
import io.aircheck.core.store.StoreException;
import io.aircheck.experience.archive.MinuteFacts;
import io.aircheck.experience.archive.SessionFacts;
import io.aircheck.experience.archive.SessionHash;
import io.aircheck.storage.parquet.DiskFactFiles;
import io.aircheck.storage.parquet.FactEngine;
import io.aircheck.storage.parquet.FactFiles;
import io.aircheck.storage.parquet.FactLimits;
import io.aircheck.storage.parquet.ParquetFacts;
import io.aircheck.storage.s3.S3FactFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was archived of viewers in places that nothing is archived in any more, since the settings
 * are others now. It is forgotten by age and erased on demand as before. Its tables are opened when
 * something is to be done with them. Thread-safe; calls wait for files.
 */
final class LeftArchive {
  private final ArchiveSettings settings;

  /** Whether viewers are archived where the settings say. */
  private final boolean goesOn;

  private final Path folder;
  private final ViewerSurroundings around;

  /**
   * What is left beside an archive, or of one.
   *
   * @param goesOn whether viewers are archived by these settings now
   * @param folder of the archive in the data directory
   */
  LeftArchive(ArchiveSettings settings, boolean goesOn, Path folder, ViewerSurroundings around) {
    this.settings = settings;
    this.goesOn = goesOn;
    this.folder = folder;
    this.around = around;
  }

  /** Whether there may be anything. */
  boolean isAny() {
    return leftInBucket() || leftOnDisk() || leftInUnknownBucket();
  }

  private boolean leftInBucket() {
    return !goesOn && settings.s3().isPresent();
  }

  /** Files of hours, and of the hour that a process was about to write when it ended. */
  private boolean leftOnDisk() {
    return (!goesOn && Files.isDirectory(folder.resolve("work")))
        || (settings.s3().isPresent()
            && Stream.of(SessionFacts.LAYOUT, MinuteFacts.LAYOUT)
                .anyMatch(table -> Files.isDirectory(folder.resolve(table.name()))));
  }

  /** Copies of files in a bucket that the settings do not name any more. */
  private boolean leftInUnknownBucket() {
    return settings.s3().isEmpty() && Files.isDirectory(folder.resolve("copies"));
  }

  /**
   * Erases a session.
   *
   * @return whether there was anything
   * @throws IOException when it cannot be erased everywhere, with what is to be done
   */
  synchronized boolean erase(String session) throws IOException {
    boolean found = false;
    for (Place place : places()) {
      try (Tables tables = open(place)) {
        found |= tables.sessions.erase(SessionFacts.SESSION, SessionHash.of(session));
      } catch (StoreException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
    if (leftInUnknownBucket()) {
      throw new IOException(
          ("sessions were archived in a bucket that viewers.archive.s3 does not name any more, and"
                  + " cannot be erased there: name it again, with enabled: false if nothing is to"
                  + " be archived; or, if the bucket is empty, remove copies and unsent in %s")
              .formatted(folder));
    }
    return found;
  }

  /**
   * Forgets what is too old.
   *
   * @throws IOException when that is not possible now
   */
  synchronized void forget() throws IOException {
    long now = around.clock().millis();
    for (Place place : places()) {
      try (Tables tables = open(place)) {
        tables.sessions.removeBefore(now - settings.keepSessionsFor().toMillis());
        tables.minutes.removeBefore(now - settings.keepMinutesFor().toMillis());
        place.files.tend();
      } catch (StoreException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }

  /**
   * A place with files.
   *
   * @param work of the process that wrote there, or one beside it while that goes on elsewhere
   */
  private record Place(FactFiles files, Path work) {}

  private List<Place> places() throws IOException {
    List<Place> places = new ArrayList<>();
    if (!goesOn && isAny()) {
      ExportFolder unused = new ExportFolder(folder); // empties it
    }
    Path work = folder.resolve("work");
    if (leftInBucket()) {
      S3Settings s3 = settings.s3().orElseThrow();
      places.add(
          new Place(
              new S3FactFiles(
                  s3.location(),
                  s3.key(),
                  folder,
                  settings.maxCopies().bytes(),
                  around.clock(),
                  around.meter()),
              work));
    }
    if (leftOnDisk()) {
      places.add(
          new Place(
              new DiskFactFiles(folder),
              settings.s3().isPresent() ? folder.resolve("left") : work));
    }
    return places;
  }

  private Tables open(Place place) throws IOException {
    FactEngine engine =
        new FactEngine(
            new FactLimits(settings.queryMemory().bytes(), 1, settings.queryTimeout()),
            place.work.resolve("spill"));
    try {
      return new Tables(
          engine,
          table(SessionFacts.LAYOUT, place, engine),
          table(MinuteFacts.LAYOUT, place, engine));
    } catch (IOException | RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /** What was staged in it and never committed goes: nothing is archived any more. */
  private static ParquetFacts table(FactLayout layout, Place place, FactEngine engine)
      throws IOException {
    return new ParquetFacts(layout, place.files, place.work.resolve(layout.name()), engine);
  }

  /** Tables that are open for a moment. */
  private record Tables(FactEngine engine, ParquetFacts sessions, ParquetFacts minutes)
      implements AutoCloseable {
    @Override
    public void close() {
      sessions.close();
      minutes.close();
      engine.close();
    }
  }
}
