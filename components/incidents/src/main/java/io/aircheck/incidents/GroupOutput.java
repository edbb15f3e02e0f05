package io.aircheck.incidents;

import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentInput;

/** What the fold of groups emits. */
public sealed interface GroupOutput {

  /** Something happened to a group. */
  record Changed(IncidentChange change) implements GroupOutput {}

  /** What the fold of a member's stream is to take in because of it. */
  record ForMember(IncidentInput input) implements GroupOutput {}
}
