package io.aircheck.deploy.flink;

import io.aircheck.core.notify.IncidentSink;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Lets a job in the JVM of the test find sinks by name: only the name is serialised. */
record SharedSink(String id, String name) implements SinkSetup {
  private static final Map<String, Supplier<? extends IncidentSink>> SHARED =
      new ConcurrentHashMap<>();

  static SharedSink of(String id, Supplier<? extends IncidentSink> sinks) {
    String name = UUID.randomUUID().toString();
    SHARED.put(name, sinks);
    return new SharedSink(id, name);
  }

  @Override
  public IncidentSink create() {
    return Objects.requireNonNull(SHARED.get(name)).get();
  }
}
