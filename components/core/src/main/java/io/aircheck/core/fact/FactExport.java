package io.aircheck.core.fact;

import java.nio.file.Path;
import java.util.Map;

/** Writes facts of a table to files for others. Thread-safe. */
public interface FactExport {
  /** In what form. */
  enum Format {
    /** Apache Parquet. */
    PARQUET,
    /** Comma-separated values (RFC 4180) with a header, UTF-8. */
    CSV
  }

  /**
   * Writes all facts of some time, those of batches in the making included.
   *
   * @param fromMillis facts of this time and later
   * @param toMillis facts before this time
   * @param where values that dimensions are to have
   * @param file that is written anew
   * @throws io.aircheck.core.store.StoreException when that is not possible
   */
  void export(long fromMillis, long toMillis, Map<String, String> where, Format format, Path file);
}
