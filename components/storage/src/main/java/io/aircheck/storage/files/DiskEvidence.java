package io.aircheck.storage.files;

import io.aircheck.core.store.EvidenceStore;
import io.aircheck.storage.EvidenceNames;
import io.aircheck.storage.Holdings;
import io.aircheck.storage.RecordJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Evidence in a folder: one folder for each incident, one file for each piece, and beside it what
 * it is. When there is more than allowed, the evidence of the oldest incident goes.
 */
public final class DiskEvidence implements EvidenceStore {
  private static final String DESCRIPTION = ".json";

  /** Before the name of a description: no piece begins like that, whatever it is called. */
  private static final String HIDDEN = ".";

  private final Path folder;
  private final long maxBytes;
  private final Holdings holdings = new Holdings();

  /**
   * @param folder made when it is not there
   * @param maxBytes most that is kept
   * @throws IOException when the folder cannot be made
   */
  public DiskEvidence(Path folder, long maxBytes) throws IOException {
    this.folder = folder;
    this.maxBytes = maxBytes;
    Files.createDirectories(folder);
    takeStock();
  }

  @Override
  public synchronized Item put(
      String incident, String name, String mediaType, long atMillis, Path file) throws IOException {
    Path place = folder(incident);
    Files.createDirectories(place);
    Item item = new Item(incident, name, mediaType, Files.size(file), atMillis);
    move(file, file(incident, name));
    // The description comes last: what has none was cut off by a crash and is not listed.
    Path draft = Files.createTempFile(place, "draft", ".tmp");
    Files.writeString(draft, RecordJson.write(item));
    move(draft, place.resolve(HIDDEN + name + DESCRIPTION));
    keepWithinBounds(incident);
    return item;
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public synchronized List<Item> list(String incident) throws IOException {
    // Incidents of several streams have ids that are no names of folders, and no evidence.
    if (!EvidenceNames.isSafe(incident) || !Files.isDirectory(folder(incident))) {
      return List.of();
    }
    Path place = folder(incident);
    List<Item> items = new ArrayList<>();
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith(HIDDEN) && name.endsWith(DESCRIPTION)) {
          items.add(RecordJson.read(Files.readString(file, StandardCharsets.UTF_8), Item.class));
        }
      }
    }
    items.sort(Comparator.comparingLong(Item::atMillis).thenComparing(Item::name));
    return items;
  }

  @Override
  public Optional<InputStream> open(String incident, String name) throws IOException {
    try {
      return Optional.of(Files.newInputStream(file(incident, name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized void remove(String incident) throws IOException {
    if (EvidenceNames.isSafe(incident)) {
      Folders.remove(folder(incident));
      holdings.forget(incident);
    }
  }

  private Path folder(String incident) throws IOException {
    return folder.resolve(EvidenceNames.safe(incident));
  }

  private Path file(String incident, String name) throws IOException {
    return folder(incident).resolve(EvidenceNames.safe(name));
  }

  private void keepWithinBounds(String newest) throws IOException {
    holdings.hold(newest, Folders.bytes(folder(newest)));
    for (Optional<String> oldest = holdings.excess(maxBytes);
        oldest.isPresent();
        oldest = holdings.excess(maxBytes)) {
      remove(oldest.get());
    }
  }

  /** Looks at what a process before this one has left. */
  private void takeStock() throws IOException {
    record Left(Path place, long modifiedMillis) {}
    List<Left> all = new ArrayList<>();
    try (Stream<Path> places = Files.list(folder)) {
      for (Path place : places.filter(Files::isDirectory).toList()) {
        all.add(new Left(place, Files.getLastModifiedTime(place).toMillis()));
      }
    }
    all.sort(Comparator.comparingLong(Left::modifiedMillis));
    for (Left left : all) {
      holdings.hold(left.place().getFileName().toString(), Folders.bytes(left.place()));
    }
  }
}
