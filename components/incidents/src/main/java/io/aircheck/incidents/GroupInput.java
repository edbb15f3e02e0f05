package io.aircheck.incidents;

import io.aircheck.core.incident.GroupPolicy;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentInput.Commanded;

/** What the fold of groups takes in, keyed by a label and its value, as in {@code cdn=north}. */
public sealed interface GroupInput {

  /** The label and its value. */
  String shared();

  /** When, wall-clock milliseconds since the epoch. */
  long atMillis();

  /**
   * Something happened to an incident of a stream.
   *
   * @param shares whether the stream has the label and value now; it may have had them when the
   *     incident joined
   * @param streams how many streams have them
   */
  record Happened(
      String shared, IncidentChange change, boolean shares, int streams, GroupPolicy policy)
      implements GroupInput {
    @Override
    public long atMillis() {
      return change.atMillis();
    }
  }

  /** Somebody says something about a group. */
  record Said(Commanded command) implements GroupInput {
    @Override
    public String shared() {
      return command.stream();
    }

    @Override
    public long atMillis() {
      return command.atMillis();
    }
  }
}
