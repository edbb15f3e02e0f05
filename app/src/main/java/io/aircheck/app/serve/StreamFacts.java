package io.aircheck.app.serve;

import io.aircheck.app.serve.incidents.IncidentDesk;
import io.aircheck.app.serve.streams.StreamRegistry;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.incident.GroupPolicy;
import io.aircheck.core.incident.IncidentPolicy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What incidents want to know of streams. Thread-safe. */
final class StreamFacts implements IncidentDesk.Streams {
  private final StreamRegistry registry;
  private final ActiveSettings settings;

  /** Policies of streams that are gone are still needed while their incidents close. */
  private final Map<String, IncidentPolicy> policies = new ConcurrentHashMap<>();

  StreamFacts(StreamRegistry registry, ActiveSettings settings) {
    this.registry = registry;
    this.settings = settings;
  }

  /** Looks which policies streams have now. */
  void remember() {
    for (WatchedStream stream : registry.list()) {
      settings
          .now()
          .policies()
          .find(stream.settings().policy())
          .ifPresent(policy -> policies.put(stream.id(), policy.incidents()));
    }
  }

  @Override
  public IncidentPolicy policy(String stream) {
    return policies.getOrDefault(stream, IncidentPolicy.DEFAULT);
  }

  @Override
  public Map<String, String> labels(String stream) {
    return registry.find(stream).map(found -> found.settings().labels()).orElse(Map.of());
  }

  @Override
  public GroupPolicy grouping() {
    return settings.now().settings().grouping().policy();
  }

  @Override
  public int sharing(String label, String value) {
    return (int)
        registry.list().stream()
            .filter(stream -> value.equals(stream.settings().labels().get(label)))
            .count();
  }
}
