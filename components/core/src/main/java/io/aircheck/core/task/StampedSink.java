package io.aircheck.core.task;

import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.ObservationSink;
import org.jspecify.annotations.Nullable;

/** Writes the rendition into findings and lets the probe see everything first. */
record StampedSink(ObservationSink out, TaskProbe probe, @Nullable String rendition)
    implements ObservationSink {

  @Override
  public void observe(Observation observation) {
    Observation stamped =
        switch (observation) {
          case Observation.Opened opened -> new Observation.Opened(stamp(opened.finding()));
          case Observation.Updated updated -> new Observation.Updated(stamp(updated.finding()));
          case Observation.Closed closed -> new Observation.Closed(stamp(closed.finding()));
          case Observation.Fingerprinted fingerprinted -> fingerprinted;
        };
    probe.observed(stamped);
    out.observe(stamped);
  }

  private Finding stamp(Finding finding) {
    return rendition == null || finding.rendition() != null
        ? finding
        : finding.inRendition(rendition);
  }

  @Override
  public void suspected(String kind, long ptsMicros) {
    out.suspected(kind, ptsMicros);
  }

  @Override
  public void metric(String track, String metric, long ptsMicros, double value) {
    probe.metric(track, metric, ptsMicros, value);
    out.metric(track, metric, ptsMicros, value);
  }
}
