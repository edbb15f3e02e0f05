package io.aircheck.core.task;

import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory.WithKeyPictures;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.ObservationSink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One detector at work in a task: contains its failures and knows what it left open, so that a
 * detector with a bug costs its own findings and not the stream's.
 */
final class DetectorSeat implements ObservationSink {

  /** A call into the detector. */
  @FunctionalInterface
  interface Call {
    void on(Detector detector, ObservationSink out);
  }

  private final ConfiguredDetector configured;
  private final Detector detector;
  private final ObservationSink out;
  private final boolean strict;
  private final Map<String, Finding> open = new LinkedHashMap<>();
  private @Nullable String failure;

  DetectorSeat(ConfiguredDetector configured, ObservationSink out, boolean strict) {
    this.configured = configured;
    this.detector = configured.create();
    this.out = out;
    this.strict = strict;
  }

  void call(Call call) {
    if (failure != null) {
      return;
    }
    try {
      call.on(detector, this);
    } catch (RuntimeException e) {
      if (strict) {
        throw e;
      }
      failure = e.getClass().getSimpleName() + ": " + e.getMessage();
      for (Finding finding : List.copyOf(open.values())) {
        observe(new Observation.Closed(finding));
      }
    }
  }

  String kind() {
    return configured.factory().kind();
  }

  String version() {
    return configured.factory().version();
  }

  /** See {@link io.aircheck.core.detect.DetectorFactory#mayMissPictures}. */
  boolean mayMissPictures() {
    return configured.factory().mayMissPictures();
  }

  /** See {@link WithKeyPictures#WORKS}. */
  boolean worksWithKeyPictures() {
    return configured.factory().withKeyPictures() == WithKeyPictures.WORKS;
  }

  Detector detector() {
    return detector;
  }

  /** Why the detector was taken out, or null while it works. */
  @Nullable String failure() {
    return failure;
  }

  @Override
  public void observe(Observation observation) {
    switch (observation) {
      case Observation.Opened opened -> open.put(opened.finding().id(), opened.finding());
      case Observation.Updated updated -> open.put(updated.finding().id(), updated.finding());
      case Observation.Closed closed -> open.remove(closed.finding().id());
      case Observation.Fingerprinted fingerprinted -> {}
    }
    out.observe(observation);
  }

  @Override
  public void suspected(String kind, long ptsMicros) {
    out.suspected(kind, ptsMicros);
  }

  @Override
  public void metric(String track, String metric, long ptsMicros, double value) {
    out.metric(track, metric, ptsMicros, value);
  }
}
