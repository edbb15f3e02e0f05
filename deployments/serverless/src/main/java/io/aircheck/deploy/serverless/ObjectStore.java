package io.aircheck.deploy.serverless;

import java.util.Optional;

/** A bucket as functions see it. Thread-safe. */
public interface ObjectStore {

  /**
   * An object as it was read.
   *
   * @param version changes whenever it is written
   */
  record Stored(byte[] bytes, String version) {}

  /**
   * Writes an object, over what was there.
   *
   * @throws ObjectStoreException when it cannot be written
   */
  void put(String key, byte[] bytes) throws ObjectStoreException;

  /**
   * Writes an object if nobody else has meanwhile.
   *
   * @param expected version over which it is written; empty: there must be none of the name
   * @throws ObjectStoreException when it is another one now, or cannot be written
   */
  void replace(String key, byte[] bytes, Optional<String> expected) throws ObjectStoreException;

  /**
   * Reads an object with its version; empty when there is none of the name.
   *
   * @throws ObjectStoreException when it cannot be read
   */
  Optional<Stored> findStored(String key) throws ObjectStoreException;

  /**
   * Reads an object; empty when there is none of the name.
   *
   * @throws ObjectStoreException when it cannot be read
   */
  default Optional<byte[]> find(String key) throws ObjectStoreException {
    return findStored(key).map(Stored::bytes);
  }

  /**
   * Reads an object that must be there.
   *
   * @throws ObjectStoreException when it is not, or cannot be read
   */
  default byte[] get(String key) throws ObjectStoreException {
    return find(key)
        .orElseThrow(
            () ->
                new ObjectStoreException(
                    ObjectStoreException.Reason.MISSING,
                    key + " is not in the bucket: it has expired, or was never written",
                    null));
  }
}
