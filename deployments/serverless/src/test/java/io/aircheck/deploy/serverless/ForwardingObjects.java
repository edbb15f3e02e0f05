package io.aircheck.deploy.serverless;

import java.util.Optional;

/** A bucket that does what another one does, but for what a test makes it do. */
class ForwardingObjects implements ObjectStore {
  private final ObjectStore objects;

  ForwardingObjects(ObjectStore objects) {
    this.objects = objects;
  }

  @Override
  public void put(String key, byte[] bytes) throws ObjectStoreException {
    objects.put(key, bytes);
  }

  @Override
  public void replace(String key, byte[] bytes, Optional<String> expected)
      throws ObjectStoreException {
    objects.replace(key, bytes, expected);
  }

  @Override
  public Optional<Stored> findStored(String key) throws ObjectStoreException {
    return objects.findStored(key);
  }
}
