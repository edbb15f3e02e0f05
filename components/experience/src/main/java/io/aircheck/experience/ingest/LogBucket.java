package io.aircheck.experience.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Where a delivery network puts objects with lines. Thread-safe. */
public interface LogBucket {
  /**
   * An object, which does not change once it is there.
   *
   * @param key its name
   * @param bytes of it as it is stored
   * @param modifiedMillis when it was put there by the clock of the bucket, since the epoch
   */
  record Item(String key, long bytes, long modifiedMillis) {}

  /** All objects that are there. */
  List<Item> list() throws IOException;

  /** An object as it is stored. To be closed. */
  InputStream open(String key) throws IOException;
}
