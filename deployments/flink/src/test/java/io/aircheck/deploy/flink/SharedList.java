package io.aircheck.deploy.flink;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Tells a job in the JVM of the test what to watch: only the name of the list is serialised. */
record SharedList(String name) implements StreamList {
  private static final Map<String, List<Entry>> SHARED = new ConcurrentHashMap<>();

  static SharedList of(Entry... entries) {
    SharedList list = new SharedList(UUID.randomUUID().toString());
    list.set(entries);
    return list;
  }

  void set(Entry... entries) {
    SHARED.put(name, List.of(entries));
  }

  @Override
  public List<Entry> read() {
    return Objects.requireNonNull(SHARED.get(name));
  }
}
