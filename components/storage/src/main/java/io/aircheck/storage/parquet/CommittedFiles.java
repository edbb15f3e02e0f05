package io.aircheck.storage.parquet;

import io.aircheck.core.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * The committed files of a table. Which there are changes while nobody reads them, and what may
 * take long, as a bucket may, is done before or after. Thread-safe; one thread changes them.
 */
final class CommittedFiles {
  private final FactFiles files;
  private final FactCatalog catalog;
  private final ReadWriteLock swap = new ReentrantReadWriteLock();

  /** Something that changes which files there are. */
  interface Change {
    void make() throws IOException;
  }

  CommittedFiles(FactFiles files, FactCatalog catalog) {
    this.files = files;
    this.catalog = catalog;
  }

  /** What went wrong with files. */
  static StoreException problem(IOException e) {
    return new StoreException("the archive cannot be used: " + e, true, e);
  }

  /** Reads the files of hours that have anything in some time, while they stay what they are. */
  <T> T reading(long fromMillis, long toMillis, Function<Collection<Path>, T> read) {
    swap.readLock().lock();
    try {
      return read.apply(files.local(catalog.between(fromMillis, toMillis)).values());
    } catch (IOException e) {
      throw problem(e);
    } finally {
      swap.readLock().unlock();
    }
  }

  /** Changes which files there are, while nobody reads them. */
  void changing(Change change) {
    swap.writeLock().lock();
    try {
      change.make();
    } catch (IOException e) {
      throw problem(e);
    } finally {
      swap.writeLock().unlock();
    }
  }

  /**
   * Gives files their names, within a change.
   *
   * @param written files by their names
   * @return them, to be {@linkplain #know known} when all else is done
   */
  List<FactFiles.Entry> put(Map<FactFileName, Path> written) throws IOException {
    List<FactFiles.Entry> put = new ArrayList<>();
    for (Map.Entry<FactFileName, Path> file : written.entrySet()) {
      put.add(files.put(file.getKey().toString(), file.getValue()));
    }
    return put;
  }

  /** Files are part of what is read from now on. */
  void know(List<FactFiles.Entry> put) {
    put.forEach(catalog::add);
  }

  /**
   * Sends what is kept here on to where it is to be kept.
   *
   * @throws StoreException when that is not possible now
   */
  void send() {
    try {
      files.tend();
    } catch (IOException e) {
      throw problem(e);
    }
  }

  /** Erases facts from all files; whether there were any. */
  boolean erase(FactErasure erasure) {
    boolean found = false;
    List<String> names = catalog.all();
    for (int from = 0; from < names.size(); from += FactErasure.CHUNK) {
      int to = Math.min(names.size(), from + FactErasure.CHUNK);
      found |= erase(erasure, names.subList(from, to));
    }
    return found;
  }

  private boolean erase(FactErasure erasure, List<String> names) {
    try {
      Map<String, Path> places = files.local(names);
      Map<Path, Optional<Path>> rewritten = erasure.rewritten(places.values());
      for (Map.Entry<String, Path> place : places.entrySet()) {
        Optional<Path> left = rewritten.get(place.getValue());
        if (left != null && left.isPresent()) {
          changing(() -> catalog.add(files.put(place.getKey(), left.get())));
        } else if (left != null) {
          remove(place.getKey());
        }
      }
      return !rewritten.isEmpty();
    } catch (IOException e) {
      throw problem(e);
    }
  }

  /** Removes the files of hours that begin before a time. */
  void removeBefore(long millis) {
    try {
      for (String name : catalog.before(millis)) {
        remove(name);
      }
    } catch (IOException e) {
      throw problem(e);
    }
  }

  private void remove(String name) throws IOException {
    List<FactFiles.Entry> removed = new ArrayList<>();
    changing(() -> catalog.remove(name).ifPresent(removed::add));
    try {
      files.remove(name);
    } catch (IOException e) {
      know(removed); // it is still there, to be removed another time
      throw e;
    }
  }

  long bytes() {
    return catalog.bytes();
  }
}
