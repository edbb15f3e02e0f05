package io.aircheck.testkit;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Incidents with everything in them, and words that no encoding survives by luck. */
public final class TestIncidents {
  private TestIncidents() {}

  /** A picture that is black on two renditions, found two seconds after it began. */
  public static Incident incident(
      String stream, long openedMillis, Incident.State state, int revision) {
    return incident(stream, "video.black", openedMillis, state, revision);
  }

  private static Incident incident(
      String stream, String cause, long openedMillis, Incident.State state, int revision) {
    return new Incident(
        Incident.id(stream, cause, openedMillis),
        stream,
        cause,
        state,
        Severity.ERROR,
        0.9,
        openedMillis - 2000,
        openedMillis,
        openedMillis + 500,
        2,
        List.of("high", "low"),
        List.of("video.black", "video.freeze"),
        Map.of("lumaMean", 16.5),
        "The picture is black.",
        Optional.empty(),
        Optional.of(new Incident.Acknowledgement("ada", openedMillis + 100)),
        List.of(new Incident.Note("ada", openedMillis + 200, "on it – “now” <b>&")),
        revision);
  }

  /** Something that happened to it, as many milliseconds after its opening as it has revisions. */
  public static IncidentChange change(IncidentChange.Type type, Incident incident) {
    return new IncidentChange(type, incident, incident.openedMillis() + incident.revision());
  }

  /** The opening of an incident. */
  public static IncidentChange opened(String stream, long openedMillis) {
    return change(
        IncidentChange.Type.OPENED, incident(stream, openedMillis, Incident.State.OPEN, 1));
  }

  /** The opening of an incident with another cause. */
  public static IncidentChange opened(String stream, String cause, long openedMillis) {
    return change(
        IncidentChange.Type.OPENED, incident(stream, cause, openedMillis, Incident.State.OPEN, 1));
  }

  /** A black picture of a stream without renditions, that is found or has ended. */
  public static StreamObservation black(String stream, boolean opened, long atMillis) {
    Finding finding =
        new Finding(
            "video.black/video:0/1",
            "video.black",
            0,
            1_000_000,
            Severity.ERROR,
            1,
            "video:0",
            null,
            Map.of(),
            "The picture is black.");
    return new StreamObservation(
        stream,
        null,
        StreamObservation.Point.MONITORED,
        atMillis,
        opened ? new Observation.Opened(finding) : new Observation.Closed(finding));
  }
}
