package io.aircheck.incidents;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.observe.Severity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the fold knows of a label and value: groups that are not over, and incidents that may become
 * one. Records of plain values all the way down, so that it can be written as JSON and read back.
 *
 * @param candidates incidents that are not over and in no group, oldest first
 */
public record GroupState(List<Incident> candidates, List<Active> groups) {

  /** Nothing is shared. */
  public static final GroupState NONE = new GroupState(List.of(), List.of());

  /**
   * A group at work.
   *
   * @param incident the incident of the group
   * @param openedSeverity how bad it was when it opened
   * @param members where each of its members stands, by id
   */
  public record Active(
      Incident incident, Severity openedSeverity, Map<String, Incident.State> members) {
    public Active {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** With its members in other states. */
    Active with(Incident changed, Map<String, Incident.State> states) {
      return new Active(changed, openedSeverity, states);
    }

    /** Where a group stands: as the worst of its members. */
    static Incident.State stateOf(Map<String, Incident.State> states) {
      return states.values().stream().min(Enum::compareTo).orElse(Incident.State.CLOSED);
    }
  }

  public GroupState {
    candidates = List.copyOf(candidates);
    groups = List.copyOf(groups);
  }

  /** Whether there is nothing to keep. */
  public boolean isEmpty() {
    return candidates.isEmpty() && groups.isEmpty();
  }

  /** Whether it is about an incident, as a candidate or a member. */
  public boolean knows(String incident) {
    return candidates.stream().anyMatch(candidate -> candidate.id().equals(incident))
        || groups.stream().anyMatch(group -> group.members().containsKey(incident));
  }
}
