package io.aircheck.deploy.serverless;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import java.util.Optional;

/**
 * Meters the requests to a bucket as they are billed: a write or read counts when it was answered,
 * a read also when the object is not there. Thread-safe when the bucket is.
 */
final class MeteredObjects implements ObjectStore {
  private final ObjectStore objects;
  private final Meter meter;

  MeteredObjects(ObjectStore objects, Meter meter) {
    this.objects = objects;
    this.meter = meter;
  }

  @Override
  public void put(String key, byte[] bytes) throws ObjectStoreException {
    objects.put(key, bytes);
    meter.add(Quantity.OBJECT_WRITES, 1);
    meter.add(Quantity.OBJECT_BYTES_WRITTEN, bytes.length);
  }

  @Override
  public void replace(String key, byte[] bytes, Optional<String> expected)
      throws ObjectStoreException {
    objects.replace(key, bytes, expected);
    meter.add(Quantity.OBJECT_WRITES, 1);
    meter.add(Quantity.OBJECT_BYTES_WRITTEN, bytes.length);
  }

  @Override
  public Optional<Stored> findStored(String key) throws ObjectStoreException {
    Optional<Stored> found = objects.findStored(key);
    meter.add(Quantity.OBJECT_READS, 1);
    found.ifPresent(stored -> meter.add(Quantity.OBJECT_BYTES_READ, stored.bytes().length));
    return found;
  }
}
