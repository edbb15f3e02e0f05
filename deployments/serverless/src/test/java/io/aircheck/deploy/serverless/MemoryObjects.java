package io.aircheck.deploy.serverless;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A bucket in memory. */
final class MemoryObjects implements ObjectStore {
  final Map<String, byte[]> objects = new ConcurrentHashMap<>();

  @Override
  public void put(String key, byte[] bytes) {
    objects.put(key, bytes.clone());
  }

  @Override
  public Optional<byte[]> find(String key) {
    return Optional.ofNullable(objects.get(key)).map(byte[]::clone);
  }
}
