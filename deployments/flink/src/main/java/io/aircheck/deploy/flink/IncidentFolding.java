package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.fold.Fold.Step;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentInput;
import io.aircheck.core.incident.IncidentRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes incidents of what comes out of the runs of a stream, one outcome at a time. Time is what
 * the tasks of the stream have reached, not that of the machine: while nobody watches, nobody can
 * tell what is over.
 */
final class IncidentFolding<S extends Record> {
  /** A task that is this far behind the others is not waited for. */
  private static final long STALLED_MILLIS = 15_000;

  private final IncidentRules<S> rules;
  private final Map<String, Long> lanes;
  private final List<IncidentChange> changes = new ArrayList<>();
  private S state;
  private OptionalLong dueMillis;

  /**
   * @param before what is known; null: nothing
   */
  IncidentFolding(IncidentRules<S> rules, String stream, @Nullable StreamIncidents before) {
    this.rules = rules;
    if (before == null) {
      this.state = rules.initial(stream);
      this.dueMillis = OptionalLong.empty();
      this.lanes = new LinkedHashMap<>();
    } else {
      this.state = rules.stateType().cast(before.state());
      this.dueMillis = before.dueMillis();
      this.lanes = new LinkedHashMap<>(before.lanes());
    }
  }

  /** What is known now. */
  StreamIncidents snapshot() {
    return new StreamIncidents(state, dueMillis, lanes);
  }

  /** A task came further; returns what happened to incidents by it. */
  List<IncidentChange> observed(Outcome.Observed outcome) {
    take(outcome.run(), outcome.observations());
    String lane = lane(outcome.run(), outcome.task());
    if (outcome.ended()) {
      lanes.remove(lane);
    } else {
      lanes.put(lane, outcome.atMillis());
    }
    advance(reachedMillis());
    return changes;
  }

  /** A run is over; returns what happened to incidents by it. */
  List<IncidentChange> ended(Outcome.Ended outcome) {
    take(outcome.run(), outcome.observations());
    lanes.keySet().removeIf(lane -> lane.startsWith(lane(outcome.run(), "")));
    apply(
        outcome.again()
            ? new IncidentInput.Rewatched(
                outcome.stream(), outcome.run().policy(), outcome.atMillis())
            : new IncidentInput.Unwatched(outcome.stream(), outcome.atMillis()));
    return changes;
  }

  private static String lane(Run run, String task) {
    return run.id() + "\n" + task;
  }

  private void take(Run run, List<StreamObservation> observations) {
    for (StreamObservation observation : observations) {
      apply(new IncidentInput.Observed(observation, run.policy()));
    }
  }

  /** A timer that is due before an input comes first. */
  private void apply(IncidentInput input) {
    advance(input.atMillis());
    step(rules.apply(state, input));
  }

  private void advance(long toMillis) {
    while (dueMillis.isPresent() && dueMillis.getAsLong() <= toMillis) {
      long due = dueMillis.getAsLong();
      dueMillis = OptionalLong.empty();
      step(rules.onTimer(state, due));
    }
  }

  private void step(Step<S, IncidentChange> step) {
    state = step.state();
    dueMillis = step.timerMillis();
    changes.addAll(step.outputs());
  }

  private long reachedMillis() {
    long furthest = lanes.values().stream().mapToLong(Long::longValue).max().orElse(Long.MIN_VALUE);
    return lanes.values().stream()
        .mapToLong(Long::longValue)
        .filter(reached -> furthest - reached <= STALLED_MILLIS)
        .min()
        .orElse(Long.MIN_VALUE);
  }
}
