package io.aircheck.benchmarks.cluster;

import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentInput;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.incident.IncidentRules;

/**
 * Rules by which incidents close soon after their faults are over.
 *
 * @param rules what works
 */
record BriskRules<S extends Record>(IncidentRules<S> rules) implements IncidentRules<S> {
  private static final long RECOVERY_MILLIS = 4_000;

  private static final IncidentPolicy POLICY =
      new IncidentPolicy(
          IncidentPolicy.DEFAULT.minSeverity(),
          IncidentPolicy.DEFAULT.severities(),
          RECOVERY_MILLIS);

  static <S extends Record> BriskRules<S> of(IncidentRules<S> rules) {
    return new BriskRules<>(rules);
  }

  @Override
  public Class<S> stateType() {
    return rules.stateType();
  }

  @Override
  public S initial(String stream) {
    return rules.initial(stream);
  }

  @Override
  public Step<S, IncidentChange> apply(S state, IncidentInput input) {
    return rules.apply(
        state,
        switch (input) {
          case IncidentInput.Observed observed ->
              new IncidentInput.Observed(observed.observation(), POLICY);
          case IncidentInput.Rewatched rewatched ->
              new IncidentInput.Rewatched(
                  rewatched.stream(), POLICY, rewatched.atMillis(), rewatched.kept());
          default -> input;
        });
  }

  @Override
  public Step<S, IncidentChange> onTimer(S state, long timeMillis) {
    return rules.onTimer(state, timeMillis);
  }
}
