package io.aircheck.app.serve.streams;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be watched at a time, by the schedules of streams. Immutable.
 *
 * @param due streams to watch
 * @param nextChange when that is no longer so; empty: it stays
 */
public record WatchPlan(List<WatchedStream> due, Optional<Instant> nextChange) {
  public WatchPlan {
    due = List.copyOf(due);
  }

  /** The plan for a time. */
  public static WatchPlan at(Instant time, List<WatchedStream> streams) {
    List<WatchedStream> due = new ArrayList<>();
    Optional<Instant> next = Optional.empty();
    for (WatchedStream stream : streams) {
      if (stream.settings().schedule().map(schedule -> schedule.contains(time)).orElse(true)) {
        due.add(stream);
      }
      Optional<Instant> change =
          stream.settings().schedule().flatMap(schedule -> schedule.nextChange(time));
      if (change.isPresent() && next.map(change.get()::isBefore).orElse(true)) {
        next = change;
      }
    }
    return new WatchPlan(due, next);
  }
}
