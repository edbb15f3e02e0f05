package io.aircheck.core.notify;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where everything that happens to incidents goes, batch by batch and in order: a log or a database
 * of others. Unlike behind a {@link Notifier} there is no outbox: whoever calls it keeps each batch
 * until it has been taken. Used by one thread at a time, which it may block for seconds.
 */
public interface IncidentSink extends AutoCloseable {

  /**
   * Changes that are taken as a whole.
   *
   * @param id unique, and the same whenever the batch is given again
   * @param notifications what happened, in order, with the sink as its channel
   */
  record Batch(String id, List<Notification> notifications) {
    public Batch {
      notifications = List.copyOf(notifications);
    }
  }

  /**
   * Connects anew. To be called before the first batch, and before the next one after a failure.
   *
   * @return id of the last batch that has been taken, by this one or by one that did the same
   *     before it; empty: none, or it does no harm to give one again
   * @throws IOException when it cannot be reached now; one line, without secrets
   */
  Optional<String> open() throws IOException;

  /**
   * Takes a batch; when this returns, it is durable.
   *
   * @throws IOException when nobody can tell whether it is, which {@link #open} finds out; one
   *     line, without secrets
   */
  void take(Batch batch) throws IOException;

  /** Lets go of connections. */
  @Override
  void close();
}
