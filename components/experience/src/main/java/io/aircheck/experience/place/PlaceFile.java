package io.aircheck.experience.place;

import io.aircheck.experience.intake.Locator.Location;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file with a database, which may be replaced. Until a new one can be read, the one before is in
 * use. Thread-safe; one thread {@linkplain #look() looks}.
 */
public final class PlaceFile {
  private final Path file;
  private volatile PlaceDatabase database;
  private @Nullable Stamp stamp;
  private volatile @Nullable String problem;

  /** What changes when a file is written or replaced. */
  private record Stamp(FileTime modified, long bytes, @Nullable Object key) {
    /** Null: it is not there. */
    static @Nullable Stamp of(Path file) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
      } catch (IOException e) {
        return null;
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it is none that says where addresses are; the message names the file
   *     and what to do
   */
  PlaceFile(Path file) throws IOException {
    this.file = file;
    this.stamp = Stamp.of(file);
    this.database = PlaceDatabase.read(file);
  }

  /**
   * Looks whether a file is one that can be used, without using it.
   *
   * @throws IOException when it is not; the message names the file and what to do
   */
  public static void check(Path file) throws IOException {
    PlaceDatabase.check(file);
  }

  /** Takes up what has been replaced since. One that could not be read is tried again each time. */
  void look() {
    Stamp now = Stamp.of(file);
    if (problem == null && now != null && now.equals(stamp)) {
      return;
    }
    try {
      database = PlaceDatabase.read(file);
      stamp = now;
      problem = null;
    } catch (IOException e) {
      problem = "%s; the one from before is in use".formatted(e.getMessage());
    }
  }

  Location locate(InetAddress address, boolean regions) {
    return database.locate(address, regions);
  }

  /** Its name, without the folder. */
  public String name() {
    return String.valueOf(file.getFileName());
  }

  /** When the vendor made the database that is in use. */
  public Instant made() {
    return database.made();
  }

  /** Why what is on the disk cannot be used, or not all of it; empty: it is in use. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem)
        .or(
            () ->
                database.isDamaged()
                    ? Optional.of(file + " is damaged in places; fetch it again")
                    : Optional.empty());
  }
}
