package io.aircheck.app.serve.incidents;

import io.aircheck.core.incident.IncidentInput;
import io.aircheck.core.store.Outbox;
import io.aircheck.core.store.StoreException;
import io.aircheck.notify.dispatch.DispatchListener;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What became of notifications: counted, told, and, for remedies, noted on their incidents.
 * Thread-safe.
 */
public final class DeliveryRecord implements DispatchListener {
  private final Incidents incidents;
  private final Consumer<Outbox.Entry> attempts;
  private final Consumer<String> log;
  private final Map<Outbox.Status, Long> settled = new EnumMap<>(Outbox.Status.class);

  /**
   * @param attempts told of each attempt
   * @param log told one line about what an operator of the service should know
   */
  public DeliveryRecord(
      Incidents incidents, Consumer<Outbox.Entry> attempts, Consumer<String> log) {
    this.incidents = incidents;
    this.attempts = attempts;
    this.log = log;
  }

  @Override
  public void attempted(Outbox.Entry entry, boolean recordsAnswer) {
    if (entry.status() != Outbox.Status.PENDING) {
      synchronized (settled) {
        settled.merge(entry.status(), 1L, Long::sum);
      }
      if (recordsAnswer) {
        recordRemedy(entry);
      }
    }
    attempts.accept(entry);
  }

  @Override
  public void storeFailed(StoreException failure) {
    log.accept("notifications are delayed: " + failure.getMessage());
  }

  /** What a remedy did is part of the story of its incident. */
  private void recordRemedy(Outbox.Entry entry) {
    String outcome = entry.status() == Outbox.Status.DELIVERED ? "answered" : "failed";
    incidents
        .find(entry.notification().change().incident().id())
        .ifPresent(
            incident ->
                incidents.command(
                    incident,
                    IncidentInput.Commanded.Command.NOTE,
                    "remedy " + entry.notification().channel(),
                    outcome + ": " + entry.answer()));
  }

  /** Notifications that came to an end in this process, by how. */
  public Map<Outbox.Status, Long> counts() {
    synchronized (settled) {
      return Map.copyOf(settled);
    }
  }
}
