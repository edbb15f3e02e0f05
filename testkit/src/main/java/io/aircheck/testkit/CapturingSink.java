package io.aircheck.testkit;

import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.ObservationSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps all that a detector says. */
public final class CapturingSink implements ObservationSink {
  /** A value of a metric at a time. */
  public record Sample(long ptsMicros, double value) {}

  private final List<Observation> observations = new ArrayList<>();
  private final Map<String, List<Sample>> metrics = new LinkedHashMap<>();

  @Override
  public void observe(Observation observation) {
    observations.add(observation);
  }

  @Override
  public void metric(String track, String metric, long ptsMicros, double value) {
    metrics.computeIfAbsent(metric, name -> new ArrayList<>()).add(new Sample(ptsMicros, value));
  }

  /** Everything observed, in order. */
  public List<Observation> observations() {
    return observations;
  }

  /** Final state of all findings that are over. */
  public List<Finding> closed() {
    List<Finding> findings = new ArrayList<>();
    for (Observation observation : observations) {
      if (observation instanceof Observation.Closed closed) {
        findings.add(closed.finding());
      }
    }
    return findings;
  }

  /** Findings over, of one kind. */
  public List<Finding> closed(String kind) {
    return closed().stream().filter(finding -> finding.kind().equals(kind)).toList();
  }

  /** Ids of findings that were opened and not closed. */
  public List<String> open() {
    List<String> ids = new ArrayList<>();
    for (Observation observation : observations) {
      switch (observation) {
        case Observation.Opened opened -> ids.add(opened.finding().id());
        case Observation.Closed closed -> ids.remove(closed.finding().id());
        case Observation.Updated updated -> {}
        case Observation.Fingerprinted fingerprinted -> {}
      }
    }
    return ids;
  }

  /** Values of a metric, in order. */
  public List<Sample> metric(String name) {
    return metrics.getOrDefault(name, List.of());
  }
}
