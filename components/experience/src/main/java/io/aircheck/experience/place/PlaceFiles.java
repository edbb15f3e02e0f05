package io.aircheck.experience.place;

import io.aircheck.experience.intake.Locator;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Places by several files: what the first does not know, the next may. Thread-safe; one thread
 * {@linkplain #look() looks}.
 */
public final class PlaceFiles implements Locator {
  private final List<PlaceFile> files;
  private final boolean regions;

  private PlaceFiles(List<PlaceFile> files, boolean regions) {
    this.files = List.copyOf(files);
    this.regions = regions;
  }

  /**
   * Reads files.
   *
   * @param regions whether regions are looked up, too
   * @throws IOException for the first that says of no address where it is; the message names it and
   *     what to do
   */
  public static PlaceFiles open(List<Path> files, boolean regions) throws IOException {
    List<PlaceFile> open = new ArrayList<>();
    for (Path file : files) {
      open.add(new PlaceFile(file));
    }
    return new PlaceFiles(open, regions);
  }

  /** Takes up what has been replaced since. To be called now and then; it may take a second. */
  public void look() {
    files.forEach(PlaceFile::look);
  }

  @Override
  public Location locate(InetAddress address) {
    Location known = Location.UNKNOWN;
    for (PlaceFile file : files) {
      known = known.or(file.locate(address, regions));
    }
    return known;
  }

  /** The files, in the order in which they are asked. */
  public List<PlaceFile> files() {
    return files;
  }
}
