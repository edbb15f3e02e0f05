package io.aircheck.storage.parquet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files in a folder. Folders that are left empty are removed. */
public final class DiskFactFiles implements FactFiles {
  private final Path folder;

  /**
   * @param folder on the same disk as the files that are taken over; made when there is none
   */
  public DiskFactFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public List<Entry> list(String prefix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (name.startsWith(prefix)) {
          entries.add(new Entry(name, Files.size(file)));
        }
      }
    }
    return entries;
  }

  @Override
  public Entry put(String name, Path file) throws IOException {
    Path place = folder.resolve(name);
    Files.createDirectories(place.getParent());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true); // what has a name is whole, also after a loss of power
    }
    Files.move(file, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return new Entry(name, Files.size(place));
  }

  @Override
  public Map<String, Path> local(Collection<String> names) {
    Map<String, Path> places = new LinkedHashMap<>();
    for (String name : names) {
      Path place = folder.resolve(name);
      if (Files.exists(place)) {
        places.put(name, place);
      }
    }
    return places;
  }

  @Override
  public void remove(String name) throws IOException {
    Path place = folder.resolve(name);
    Files.deleteIfExists(place);
    Path above = place.getParent();
    while (above != null && !above.equals(folder) && isEmpty(above)) {
      Files.delete(above);
      above = above.getParent();
    }
  }

  private static boolean isEmpty(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return false;
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.findAny().isEmpty();
    }
  }
}
