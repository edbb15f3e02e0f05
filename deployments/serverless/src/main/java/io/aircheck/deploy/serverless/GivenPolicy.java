package io.aircheck.deploy.serverless;

import com.fasterxml.jackson.databind.util.StdConverter;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.observe.Severity;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A policy as somebody gives it: what is left out is as in {@link IncidentPolicy#DEFAULT}. */
record GivenPolicy(
    @Nullable Severity minSeverity,
    @Nullable Map<String, Severity> severities,
    @Nullable Long recoveryMillis) {

  private IncidentPolicy complete() {
    IncidentPolicy usual = IncidentPolicy.DEFAULT;
    return new IncidentPolicy(
        Objects.requireNonNullElse(minSeverity, usual.minSeverity()),
        Objects.requireNonNullElse(severities, usual.severities()),
        Objects.requireNonNullElse(recoveryMillis, usual.recoveryMillis()));
  }

  /** How JSON becomes a policy. */
  static final class Completion extends StdConverter<GivenPolicy, IncidentPolicy> {
    @Override
    public IncidentPolicy convert(GivenPolicy given) {
      return given.complete();
    }
  }
}
