package io.aircheck.core.store;

/**
 * A store that forgets everything with its process: for tests, demonstrations and folds that run
 * where somebody else keeps their state. Thread-safe.
 */
public final class MemoryStore implements ServiceStore {
  private final MemoryIncidents incidents;
  private final MemoryOutbox outbox = new MemoryOutbox();
  private final MemoryDocuments documents = new MemoryDocuments();
  private final MemoryMetrics metrics = new MemoryMetrics();

  public MemoryStore() {
    incidents = new MemoryIncidents(outbox);
  }

  @Override
  public IncidentStore incidents() {
    return incidents;
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public DocumentStore documents() {
    return documents;
  }

  @Override
  public MetricHistory metrics() {
    return metrics;
  }

  @Override
  public void close() {}
}
