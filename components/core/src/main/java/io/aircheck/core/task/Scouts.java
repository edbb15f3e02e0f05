package io.aircheck.core.task;

import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.detect.DetectorFactory.WithKeyPictures;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.picture.PictureAnalysis;
import java.util.List;

/**
 * Detectors that look at key pictures while all others are left out, see {@link
 * WithKeyPictures#SUSPECTS}. What they find is a suspicion: when it began, and whether it is a
 * defect, the pictures in between will tell. They begin anew each time, and belong to no snapshot.
 */
final class Scouts {
  private final List<DetectorSeat> seats;

  Scouts(List<ConfiguredDetector> detectors, ObservationSink out, boolean strict) {
    ObservationSink suspicions = new Suspicions(out);
    this.seats =
        detectors.stream()
            .filter(each -> each.factory().withKeyPictures() == WithKeyPictures.SUSPECTS)
            .map(each -> new DetectorSeat(each, suspicions, strict))
            .toList();
  }

  void configure(MediaInfo info, long ptsMicros) {
    for (DetectorSeat seat : seats) {
      seat.call((detector, out) -> detector.configure(info, ptsMicros, out));
    }
  }

  void frame(FrameView frame, PictureAnalysis analysis) {
    for (DetectorSeat seat : seats) {
      seat.call((detector, out) -> detector.onFrame(frame, analysis, out));
    }
  }

  void event(MediaEvent event) {
    for (DetectorSeat seat : seats) {
      seat.call((detector, out) -> detector.onEvent(event, out));
    }
  }

  private record Suspicions(ObservationSink out) implements ObservationSink {
    @Override
    public void observe(Observation observation) {
      switch (observation) {
        case Observation.Opened opened -> suspect(opened.finding());
        case Observation.Updated updated -> suspect(updated.finding());
        case Observation.Closed closed -> {}
        case Observation.Fingerprinted fingerprinted -> {}
      }
    }

    private void suspect(Finding finding) {
      if (finding.severity() != Severity.INFO) {
        out.suspected(finding.kind(), finding.startMicros());
      }
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
}
