package io.aircheck.deploy.serverless;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.core.fold.Fold.Step;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentInput;
import io.aircheck.core.incident.IncidentRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The rules of incidents at work on one stream. Not thread-safe. */
final class IncidentRun<S extends Record> {
  private final IncidentRules<S> rules;
  private final List<IncidentChange> changes = new ArrayList<>();
  private S state;
  private OptionalLong timerMillis;

  private IncidentRun(IncidentRules<S> rules, S state, OptionalLong timerMillis) {
    this.rules = rules;
    this.state = state;
    this.timerMillis = timerMillis;
  }

  /**
   * Goes on from where a stream stands.
   *
   * @param known empty: it knows nothing yet
   */
  static <S extends Record> IncidentRun<S> of(
      IncidentRules<S> rules, String stream, Optional<FoldState> known) throws IOException {
    if (known.isEmpty()) {
      return new IncidentRun<>(rules, rules.initial(stream), OptionalLong.empty());
    }
    return new IncidentRun<>(
        rules,
        SegmentJson.read(known.get().incidents(), rules.stateType()),
        known.get().incidentTimerMillis());
  }

  /** Takes an input in, after all that was due before it. */
  void take(IncidentInput input) {
    // What comes at the very time of a timer comes before it.
    advance(input.atMillis() - 1);
    accept(rules.apply(state, input));
  }

  /** Time has come so far. */
  void advance(long millis) {
    while (timerMillis.isPresent() && timerMillis.getAsLong() <= millis) {
      long due = timerMillis.getAsLong();
      timerMillis = OptionalLong.empty();
      accept(rules.onTimer(state, due));
    }
  }

  private void accept(Step<S, IncidentChange> step) {
    state = step.state();
    timerMillis = step.timerMillis();
    changes.addAll(step.outputs());
  }

  /** What has happened to incidents, in order. */
  List<IncidentChange> changes() {
    return changes;
  }

  JsonNode state() {
    return SegmentJson.tree(state);
  }

  OptionalLong timerMillis() {
    return timerMillis;
  }
}
