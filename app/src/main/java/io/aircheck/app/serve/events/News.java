package io.aircheck.app.serve.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.store.Outbox;
import io.aircheck.notify.json.IncidentJson;
import io.aircheck.notify.json.NotificationJson;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * What has changed, as events: what is small is in them, of the rest they say what to load anew.
 * Streams change often and are told of together, see {@link #tellStreams}. Thread-safe.
 */
public final class News {
  private final EventHub hub;

  /** Streams that have changed since they were last told of. */
  private final Set<String> streams = ConcurrentHashMap.newKeySet();

  /** News for a hub. */
  public News(EventHub hub) {
    this.hub = hub;
  }

  /** A stream, its state or its incidents have changed; said with the next {@link #tellStreams}. */
  public void stream(String id) {
    streams.add(id);
  }

  /** Says which streams have changed, or are gone. */
  public void tellStreams(Predicate<String> isThere) {
    for (String id : List.copyOf(streams)) {
      streams.remove(id);
      tell(isThere.test(id) ? "stream" : "stream-removed", "id", id);
    }
  }

  /** Something happened to an incident. */
  public void incident(IncidentChange change) {
    hub.publish("incident", IncidentJson.of(change).toString());
    if (!change.incident().isGroup()) {
      stream(change.incident().stream());
    }
  }

  /** There is more evidence of an incident. */
  public void evidence(String incident) {
    tell("evidence", "incident", incident);
  }

  /** A notification went out, or did not. */
  public void notification(Outbox.Entry entry) {
    hub.publish("notification", NotificationJson.of(entry).toString());
  }

  /** A check went on. */
  public void check(String id) {
    tell("check", "id", id);
  }

  private void tell(String event, String name, String value) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(name, value);
    hub.publish(event, json.toString());
  }
}
