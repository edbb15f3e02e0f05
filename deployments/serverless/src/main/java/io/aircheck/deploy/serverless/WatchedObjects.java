package io.aircheck.deploy.serverless;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store that remembers its first failure: tasks contain what their detectors throw, and a segment
 * that could not be read or written must not pass for one that was.
 */
final class WatchedObjects implements ObjectStore {
  private final ObjectStore objects;
  private volatile @Nullable ObjectStoreException failure;

  WatchedObjects(ObjectStore objects) {
    this.objects = objects;
  }

  @Override
  public void put(String key, byte[] bytes) throws ObjectStoreException {
    try {
      objects.put(key, bytes);
    } catch (ObjectStoreException e) {
      throw remembered(e);
    }
  }

  @Override
  public void replace(String key, byte[] bytes, Optional<String> expected)
      throws ObjectStoreException {
    try {
      objects.replace(key, bytes, expected);
    } catch (ObjectStoreException e) {
      throw remembered(e);
    }
  }

  @Override
  public Optional<Stored> findStored(String key) throws ObjectStoreException {
    try {
      return objects.findStored(key);
    } catch (ObjectStoreException e) {
      throw remembered(e);
    }
  }

  @Override
  public byte[] get(String key) throws ObjectStoreException {
    try {
      return objects.get(key);
    } catch (ObjectStoreException e) {
      throw remembered(e);
    }
  }

  private ObjectStoreException remembered(ObjectStoreException e) {
    if (failure == null) {
      failure = e;
    }
    return e;
  }

  /**
   * @throws ObjectStoreException the first failure, if there was one
   */
  void check() throws ObjectStoreException {
    ObjectStoreException first = failure;
    if (first != null) {
      throw first;
    }
  }
}
