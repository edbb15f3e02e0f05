package io.aircheck.deploy.serverless;

import java.util.Optional;

/** A bucket as functions see it. Thread-safe. */
interface ObjectStore {

  /**
   * Writes an object, over what was there.
   *
   * @throws ObjectStoreException when it cannot be written
   */
  void put(String key, byte[] bytes) throws ObjectStoreException;

  /**
   * Reads an object; empty when there is none of the name.
   *
   * @throws ObjectStoreException when it cannot be read
   */
  Optional<byte[]> find(String key) throws ObjectStoreException;

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
