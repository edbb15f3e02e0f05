package io.aircheck.storage.parquet;

import java.io.IOException;
import java.nio.file.Path;

/** Where finished files of tables go. Thread-safe. */
@FunctionalInterface
public interface FactTarget {
  /**
   * Puts a file there, in the place of one of that name if there is one: when this returns, whoever
   * reads sees it whole. The file that was given may be gone then.
   *
   * @param name its path there, with slashes
   * @throws IOException when that is not possible now; one line without secrets that says what to
   *     do
   */
  void put(String name, Path file) throws IOException;
}
