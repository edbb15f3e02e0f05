package io.aircheck.core.store;

/**
 * What a service must not forget. Used by one process at a time unless the implementation says
 * otherwise; all parts are thread-safe.
 *
 * <p>A method that changes something returns when the change is durable: what was acknowledged
 * survives the death of the process. Every method throws {@link StoreException} when the store
 * cannot do its work.
 */
public interface ServiceStore extends AutoCloseable {

  /** Incidents, and how they came about. */
  IncidentStore incidents();

  /** Notifications on their way. */
  Outbox outbox();

  /** Small named documents: streams, policies, mutes, tokens, checks. */
  DocumentStore documents();

  /** Metrics over time. */
  MetricHistory metrics();

  /** Waits for what is under way and lets go of files and connections. */
  @Override
  void close();
}
