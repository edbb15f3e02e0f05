package io.aircheck.storage.s3;

import io.aircheck.core.meter.Meter;
import io.aircheck.storage.parquet.DiskFactFiles;
import io.aircheck.storage.parquet.FactFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Files of tables in a bucket, with copies here of those that are new or were asked for. A file is
 * taken over when it is on the disk, and sent to the bucket when it is tended, by a later process
 * if need be. Until then its name is in a second folder.
 */
public final class S3FactFiles implements FactFiles {
  static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/vnd.apache.parquet");

  private static final int DOWNLOADS_AT_ONCE = 8;

  /** Copies that were asked for so lately are not removed: somebody may be reading them. */
  private static final long IN_USE_MILLIS = 600_000;

  private final S3Bucket bucket;
  private final DiskFactFiles copies;
  private final DiskFactFiles unsent;
  private final Path work;
  private final long maxBytes;
  private final InstantSource clock;
  private final AtomicLong made = new AtomicLong();

  /** How often a name was put, to know whether it was while its file was being sent. */
  private final Map<String, Long> puts = new HashMap<>();

  /** Held by who sends. */
  private final Object sending = new Object();

  /**
   * Files of a bucket.
   *
   * @param key empty: where operators of AWS expect credentials
   * @param folder for the copies, on the same disk as the files that are taken over
   * @param maxBytes of copies; those that were not asked for for the longest time go first
   * @param meter told what requests are billed for
   */
  public S3FactFiles(
      S3Location location,
      Optional<S3Key> key,
      Path folder,
      long maxBytes,
      InstantSource clock,
      Meter meter)
      throws IOException {
    this.bucket = new S3Bucket(location, key, meter);
    this.copies = new DiskFactFiles(folder.resolve("copies"));
    this.unsent = new DiskFactFiles(folder.resolve("unsent"));
    this.work = Files.createDirectories(folder.resolve("work"));
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  @Override
  public List<Entry> list(String prefix) throws IOException {
    Map<String, Entry> all = new LinkedHashMap<>();
    for (ObjectList.Entry object : bucket.list(prefix)) {
      all.put(object.key(), new Entry(object.key(), object.bytes()));
    }
    synchronized (this) {
      for (Entry entry : unsent.list(prefix)) {
        Path copy = copies.local(List.of(entry.name())).get(entry.name());
        if (copy == null) {
          unsent.remove(entry.name()); // the process ended before it had the file
        } else {
          all.put(entry.name(), new Entry(entry.name(), Files.size(copy)));
        }
      }
    }
    return List.copyOf(all.values());
  }

  @Override
  public synchronized Entry put(String name, Path file) throws IOException {
    unsent.put(name, Files.createFile(next()));
    puts.merge(name, 1L, Long::sum);
    return copies.put(name, file);
  }

  private Path next() {
    return work.resolve(Long.toString(made.incrementAndGet()));
  }

  /** Sends what has not been sent. */
  @Override
  public void tend() throws IOException {
    synchronized (sending) {
      List<Entry> waiting;
      synchronized (this) {
        waiting = unsent.list("");
      }
      for (Entry entry : waiting) {
        send(entry.name());
      }
    }
  }

  private void send(String name) throws IOException {
    Path copy;
    Long before;
    synchronized (this) {
      copy = copies.local(List.of(name)).get(name);
      before = puts.get(name);
    }
    if (copy != null) {
      bucket.put(name, copy, HEADERS);
    }
    synchronized (this) {
      Long after = puts.get(name);
      if (after == null ? before == null : after.equals(before)) {
        unsent.remove(name);
        puts.remove(name);
      }
    }
  }

  @Override
  public Map<String, Path> local(Collection<String> names) throws IOException {
    List<String> missing = new ArrayList<>(names);
    synchronized (this) {
      missing.removeAll(copies.local(names).keySet());
    }
    fetch(missing);
    synchronized (this) {
      Map<String, Path> places = copies.local(names);
      for (Path place : places.values()) {
        Files.setLastModifiedTime(place, FileTime.fromMillis(clock.millis()));
      }
      if (!missing.isEmpty()) {
        makeRoom();
      }
      return places;
    }
  }

  private void fetch(List<String> names) throws IOException {
    if (names.isEmpty()) {
      return;
    }
    List<Future<@Nullable Void>> fetched = new ArrayList<>();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(DOWNLOADS_AT_ONCE, Thread.ofVirtual().factory())) {
      for (String name : names) {
        fetched.add(pool.submit(() -> fetch(name)));
      }
      for (Future<@Nullable Void> one : fetched) {
        one.get();
      }
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new IOException(cause.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private @Nullable Void fetch(String name) throws IOException {
    Optional<HttpResponse<InputStream>> object = bucket.get(name);
    if (object.isEmpty()) {
      return null;
    }
    Path file = next();
    try (InputStream body = object.get().body()) {
      Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
    }
    synchronized (this) {
      if (copies.local(List.of(name)).isEmpty()) {
        copies.put(name, file);
      }
    }
    Files.deleteIfExists(file);
    return null;
  }

  /** Removes copies until there are few enough; what is not sent stays, and what is in use. */
  private void makeRoom() throws IOException {
    record Copy(String name, long bytes, long usedMillis) {}
    List<Copy> all = new ArrayList<>();
    for (Entry entry : copies.list("")) {
      Path place = copies.local(List.of(entry.name())).get(entry.name());
      if (place != null) {
        all.add(new Copy(entry.name(), entry.bytes(), Files.getLastModifiedTime(place).toMillis()));
      }
    }
    all.sort(Comparator.comparingLong(Copy::usedMillis));
    long excess = all.stream().mapToLong(Copy::bytes).sum() - maxBytes;
    long oldest = clock.millis() - IN_USE_MILLIS;
    for (Copy copy : all) {
      if (excess <= 0 || copy.usedMillis() > oldest) {
        return;
      }
      if (unsent.local(List.of(copy.name())).isEmpty()) {
        copies.remove(copy.name());
        excess -= copy.bytes();
      }
    }
  }

  @Override
  public void remove(String name) throws IOException {
    synchronized (sending) {
      bucket.delete(name);
      synchronized (this) {
        unsent.remove(name);
        copies.remove(name);
        puts.remove(name);
      }
    }
  }
}
