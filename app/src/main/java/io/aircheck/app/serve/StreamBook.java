package io.aircheck.app.serve;

import io.aircheck.app.config.Secrets;
import io.aircheck.app.serve.incidents.IncidentDesk;
import io.aircheck.app.serve.settings.SettingsCheck;
import io.aircheck.app.serve.streams.StreamRegistry;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.incident.GroupPolicy;
import io.aircheck.core.incident.IncidentPolicy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which streams there are, and what incidents want to know of them. Thread-safe. */
final class StreamBook implements IncidentDesk.Streams {
  private final ActiveSettings active;
  private final StreamRegistry registry;

  /** Policies of streams that are gone are still needed while their incidents close. */
  private final Map<String, IncidentPolicy> policies = new ConcurrentHashMap<>();

  /** The streams of the settings, and those that the store knows. */
  StreamBook(ServiceSurroundings around, ActiveSettings active) {
    this.active = active;
    this.registry =
        new StreamRegistry(
            around.store().documents(),
            new SettingsCheck(around.detectors(), around.channelTypes()),
            Secrets.ofApi(around.environment()),
            active.now().declared());
    remember();
  }

  /** The streams; after a change of them, {@link #remember} is to be called. */
  StreamRegistry registry() {
    return registry;
  }

  /** Has the streams that the active settings declare, and looks at the others by these. */
  void declare() {
    registry.declare(active.now().declared());
    remember();
  }

  /** Takes note of what other copies of the service have changed. */
  void load() {
    registry.load();
    remember();
  }

  /** Looks which policies streams have now. */
  void remember() {
    for (WatchedStream stream : registry.list()) {
      active
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
    return active.now().settings().grouping().policy();
  }

  @Override
  public int sharing(String label, String value) {
    return (int)
        registry.list().stream()
            .filter(stream -> value.equals(stream.settings().labels().get(label)))
            .count();
  }
}
