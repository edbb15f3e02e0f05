package io.aircheck.incidents;

import io.aircheck.core.incident.Incident;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the fold knows of a stream: its incidents that are not over, oldest first. Records of plain
 * values all the way down, so that it can be written as JSON and read back.
 */
public record IncidentState(List<Active> active) {

  /** Nothing is wrong. */
  public static final IncidentState NONE = new IncidentState(List.of());

  /**
   * A finding that is open.
   *
   * @param rendition rendition of its task, or null
   * @param id unique only within the task of a rendition
   * @param mediaOriginMillis wall-clock time at which its media time was 0
   */
  public record OpenFinding(@Nullable String rendition, String id, long mediaOriginMillis) {

    boolean is(@Nullable String otherRendition, String otherId) {
      return id.equals(otherId)
          && (rendition == null ? otherRendition == null : rendition.equals(otherRendition));
    }
  }

  /**
   * An incident at work.
   *
   * @param findings its open findings
   * @param deadlineMillis when it is over unless a finding comes; only while it has none
   */
  public record Active(Incident incident, List<OpenFinding> findings, OptionalLong deadlineMillis) {
    public Active {
      findings = List.copyOf(findings);
    }

    /** Closed by hand; kept until the defect is really gone, so that it does not come back. */
    boolean closedByHand() {
      return incident.state() == Incident.State.CLOSED;
    }
  }

  public IncidentState {
    active = List.copyOf(active);
  }

  /** The earliest deadline: when the fold's timer is due. */
  public OptionalLong nextDeadlineMillis() {
    return active.stream().map(Active::deadlineMillis).flatMapToLong(OptionalLong::stream).min();
  }
}
