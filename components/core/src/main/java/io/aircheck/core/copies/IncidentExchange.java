package io.aircheck.core.copies;

import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.store.IncidentStore.Commit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What copies tell each other of incidents: inputs of the folds go to the copy that leads, and what
 * happened to incidents comes back to all. An input is kept until what follows from it is stored,
 * in the same transaction, so that none is lost and none counts twice, whoever dies when.
 * Thread-safe; failures are {@link io.aircheck.core.store.StoreException}s.
 */
public interface IncidentExchange extends AutoCloseable {

  /**
   * An input as a copy sends it.
   *
   * @param number counts the inputs of the copy from 1; one that was sent before is passed over
   * @param by the share in whose name it is sent; empty: people or the leader say it
   * @param type says how to read the body
   */
  record Input(long number, Optional<Assignment> by, String type, String body) {}

  /**
   * An input that waits.
   *
   * @param serial where it stands in the order in which inputs came
   * @param epoch of the assignment in whose name it was sent; 0: of none
   */
  record Waiting(long serial, long epoch, String type, String body) {}

  /**
   * An input that was taken in.
   *
   * @param answer what its sender is told, see {@link #answer}; empty: nobody asks
   */
  record Taken(long serial, Optional<Boolean> answer) {}

  /**
   * A change of an incident.
   *
   * @param serial grows from change to change
   */
  record Numbered(long serial, IncidentChange change) {}

  /**
   * Sends inputs, in the order of their numbers, all or none; those that are sent in the name of
   * shares that the copy does not watch any more are left out.
   *
   * @return these shares
   */
  Set<Assignment> send(String copy, List<Input> inputs);

  /** The inputs that have waited for longest, in order, without those named. */
  List<Waiting> waiting(Set<Long> except, int limit);

  /**
   * Stores steps of the folds, and that inputs are part of them.
   *
   * @return false when the term is over, and nothing has changed
   */
  boolean commit(long term, List<Commit> steps, List<Taken> inputs);

  /** What became of an input: whether it did something; empty: it waits, or nobody had asked. */
  Optional<Boolean> answer(String copy, long number);

  /** Serial of the latest change; 0: there is none. */
  long lastChange();

  /** Changes after a serial, oldest first. */
  List<Numbered> changesAfter(long serial, int limit);

  @Override
  void close();
}
