package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.StreamObservation;
import java.util.List;
import java.util.Optional;

/** What the readers of the source send on. */
sealed interface StreamReport {

  /** Whose streams it is about. */
  Run run();

  /**
   * An observation with its place in the order of all.
   *
   * @param atMicros media time that its task had reached before
   */
  record Seen(long atMicros, StreamObservation observation) {}

  /**
   * A task came further.
   *
   * @param task point and rendition
   * @param tasks all tasks of the run that are known, itself included, in their order
   * @param seen what it observed on the way
   * @param reachedMicros media time that it has reached
   * @param watching whether that counts as watching: a reference does not
   * @param ended whether it has come to its end
   * @param atMillis when, wall-clock milliseconds since the epoch: it has nothing left to say of
   *     earlier moments
   * @param glimpse what is to be seen of it
   */
  record Advanced(
      Run run,
      String task,
      List<String> tasks,
      List<Seen> seen,
      long reachedMicros,
      boolean watching,
      boolean ended,
      long atMillis,
      Glimpse glimpse)
      implements StreamReport {
    public Advanced {
      tasks = List.copyOf(tasks);
      seen = List.copyOf(seen);
    }
  }

  /**
   * The run is over, and nothing more will be said of it.
   *
   * @param failure why, when it did not end in good order
   * @param again whether another run of the same stream follows
   * @param atMillis when, wall-clock milliseconds since the epoch
   */
  record Ended(Run run, Optional<String> failure, boolean again, long atMillis)
      implements StreamReport {}

  /** Somebody listens who was told nothing before: what is open is to be told again. */
  record Retold(Run run) implements StreamReport {}
}
