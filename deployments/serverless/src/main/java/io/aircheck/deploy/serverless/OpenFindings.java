package io.aircheck.deploy.serverless;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What detectors have told of and not told the end of. One that begins anew, or whose input is over
 * without it, will not: then it is ended here. Not thread-safe.
 */
final class OpenFindings {
  private final Map<String, Map<String, StreamObservation>> open = new TreeMap<>();

  OpenFindings(Map<String, Map<String, StreamObservation>> known) {
    known.forEach((seat, findings) -> open.put(seat, new LinkedHashMap<>(findings)));
  }

  /**
   * A detector observed something.
   *
   * @param seat see {@link FoldState#seat}
   */
  void observed(String seat, StreamObservation observation) {
    Map<String, StreamObservation> findings =
        open.computeIfAbsent(seat, name -> new LinkedHashMap<>());
    switch (observation.observation()) {
      case Observation.Opened opened -> findings.put(opened.finding().id(), observation);
      case Observation.Updated updated -> findings.put(updated.finding().id(), observation);
      case Observation.Closed closed -> findings.remove(closed.finding().id());
      case Observation.Fingerprinted fingerprinted -> {}
    }
    if (findings.isEmpty()) {
      open.remove(seat);
    }
  }

  /** Forgets what a detector has open, and tells how each of it ends. */
  List<StreamObservation> end(String seat, long wallClockMillis) {
    List<StreamObservation> ends = new ArrayList<>();
    Map<String, StreamObservation> findings = open.remove(seat);
    if (findings != null) {
      findings.values().forEach(last -> ends.add(ended(last, wallClockMillis)));
    }
    return ends;
  }

  private static StreamObservation ended(StreamObservation last, long wallClockMillis) {
    Finding finding =
        switch (last.observation()) {
          case Observation.Opened opened -> opened.finding();
          case Observation.Updated updated -> updated.finding();
          default -> throw new IllegalStateException("not open: " + last);
        };
    return new StreamObservation(
        last.stream(),
        last.rendition(),
        last.point(),
        wallClockMillis,
        new Observation.Closed(finding));
  }

  /** What is open now, by detector of an input and id. */
  Map<String, Map<String, StreamObservation>> now() {
    return open;
  }
}
