package io.aircheck.deploy.serverless;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A bucket in memory: for measuring what goes through one, and for tests. */
public final class MemoryObjects implements ObjectStore {
  private final Map<String, Stored> objects = new ConcurrentHashMap<>();
  private final AtomicLong versions = new AtomicLong();

  @Override
  public void put(String key, byte[] bytes) {
    objects.put(key, stored(bytes));
  }

  private Stored stored(byte[] bytes) {
    return new Stored(bytes.clone(), Long.toString(versions.incrementAndGet()));
  }

  @Override
  public void replace(String key, byte[] bytes, Optional<String> expected)
      throws ObjectStoreException {
    Stored written = stored(bytes);
    Stored now =
        objects.compute(
            key,
            (name, before) ->
                Optional.ofNullable(before).map(Stored::version).equals(expected)
                    ? written
                    : before);
    if (now != written) {
      throw new ObjectStoreException(
          ObjectStoreException.Reason.CONFLICT,
          key + " cannot be written: it was written by somebody else meanwhile",
          null);
    }
  }

  @Override
  public Optional<Stored> findStored(String key) {
    return Optional.ofNullable(objects.get(key))
        .map(stored -> new Stored(stored.bytes().clone(), stored.version()));
  }

  /** What it holds, by name; a live view from which objects may be removed. */
  Map<String, Stored> objects() {
    return objects;
  }
}
