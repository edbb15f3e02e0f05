package io.aircheck.testkit;

import io.aircheck.core.detect.Condition;
import io.aircheck.core.detect.Condition.Aggregate;
import io.aircheck.core.detect.Condition.Assessment;
import io.aircheck.core.detect.Condition.Measurement;
import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.picture.PictureAnalysis;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A small honest detector for the tests of whatever runs detectors: pictures whose first sample is
 * below {@code threshold}, and inputs that are unavailable.
 */
public final class DarkDetector implements Detector {
  /** Kind of its finding about pictures. */
  public static final String KIND = "test.dark";

  /** Kind of its finding about lost inputs. */
  public static final String LOST = "test.lost";

  /** Describes it. */
  public static final DetectorFactory FACTORY =
      new DetectorFactory() {
        @Override
        public String kind() {
          return KIND;
        }

        @Override
        public String version() {
          return "1";
        }

        @Override
        public String summary() {
          return "The picture is dark.";
        }

        @Override
        public List<OptionSpec> options() {
          return List.of(
              OptionSpec.minDurationSeconds(0.08),
              new OptionSpec("threshold", "", 32, 0, 255, "Luma below which it is dark."));
        }

        @Override
        public Detector create(Options options) {
          return new DarkDetector(options);
        }
      };

  private final double threshold;
  private final Condition dark;
  private final Condition lost;

  private DarkDetector(Options options) {
    threshold = options.get("threshold");
    dark =
        new Condition(
            KIND,
            "video:0",
            new Condition.Timing(options.micros("minDurationSeconds"), 0),
            (duration, measurements) -> new Assessment(Severity.ERROR, 1, "The picture is dark."),
            new Measurement("luma", Aggregate.MEAN));
    lost =
        new Condition(
            LOST,
            null,
            new Condition.Timing(0, Long.MAX_VALUE / 4),
            (duration, measurements) -> new Assessment(Severity.ERROR, 1, "The input is lost."));
  }

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    if (lost.isActive() && !info.tracks().isEmpty()) {
      lost.update(ptsMicros, ptsMicros, true, out);
      lost.end(out);
    }
  }

  @Override
  public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
    int luma = frame.plane(0).get(ValueLayout.JAVA_BYTE, 0) & 0xff;
    out.metric(frame.trackId(), "test.luma", frame.ptsMicros(), luma);
    dark.update(
        frame.ptsMicros(), frame.ptsMicros() + frame.durationMicros(), luma < threshold, out, luma);
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    if (event instanceof MediaEvent.Unavailable unavailable) {
      dark.end(out);
      lost.update(unavailable.ptsMicros(), unavailable.ptsMicros(), true, out);
    }
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    dark.end(out);
    lost.end(out);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    dark.snapshot(state);
    lost.snapshot(state);
  }

  @Override
  public void restore(DataInput state) throws IOException {
    dark.restore(state);
    lost.restore(state);
  }
}
