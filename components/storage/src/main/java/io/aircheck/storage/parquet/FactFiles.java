package io.aircheck.storage.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Where the files of tables are kept. Names are paths with slashes. A file is there whole or not at
 * all, also after a crash; what was put does not get lost. Thread-safe.
 */
public interface FactFiles extends AutoCloseable {
  /**
   * A file.
   *
   * @param name its path
   * @param bytes its length
   */
  record Entry(String name, long bytes) {}

  /** All files whose names begin so, in no order. */
  List<Entry> list(String prefix) throws IOException;

  /** Takes a file over, in the place of one of that name if there is one. */
  Entry put(String name, Path file) throws IOException;

  /**
   * Where files can be read until this is called again; those that are not there any more are left
   * out.
   *
   * @return places by their names
   */
  Map<String, Path> local(Collection<String> names) throws IOException;

  /** Removes a file; nothing happens when there is none. */
  void remove(String name) throws IOException;

  /**
   * Does what may take longer: sends files on to where they are kept. To be called every minute or
   * so.
   *
   * @throws IOException when that is not possible now
   */
  default void tend() throws IOException {}

  @Override
  default void close() {}
}
