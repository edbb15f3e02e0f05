package io.aircheck.detectors.stream;

import io.aircheck.core.detect.Condition;
import io.aircheck.core.detect.Condition.Aggregate;
import io.aircheck.core.detect.Condition.Assessment;
import io.aircheck.core.detect.Condition.Measurement;
import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.picture.PictureAnalysis;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code stream.timestamp_jump}: the timestamps step forward or back, nothing announced it and no
 * media is missing. Jumps of several tracks at one place are one finding.
 */
final class TimestampJumpDetector implements Detector {
  private static final String MIN_JUMP = "minJumpSeconds";
  private static final String ERROR_JUMP = "errorJumpSeconds";
  private static final String JUMP = "jumpSeconds";

  /** Tracks of a programme are interleaved within this time, so their jumps come within it. */
  private static final long FOLD_MICROS = 1_000_000;

  private final double minJumpSeconds;
  private final double errorJumpSeconds;
  private final Condition condition =
      new Condition(
          Kinds.STREAM_TIMESTAMP_JUMP,
          null,
          new Condition.Timing(0, FOLD_MICROS),
          this::assess,
          new Measurement(JUMP, Aggregate.LAST));

  private TimestampJumpDetector(Options options) {
    this.minJumpSeconds = options.get(MIN_JUMP);
    this.errorJumpSeconds = options.get(ERROR_JUMP);
  }

  private Assessment assess(long durationMicros, Map<String, Double> measurements) {
    double jump = measurements.getOrDefault(JUMP, 0.0);
    return new Assessment(
        Math.abs(jump) >= errorJumpSeconds ? Severity.ERROR : Severity.WARNING,
        1,
        String.format(
            Locale.ROOT,
            "timestamps jump %s by %.3f s",
            jump < 0 ? "back" : "ahead",
            Math.abs(jump)));
  }

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    // A jump stays one whatever tracks follow it.
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    if (event instanceof MediaEvent.Discontinuity jump
        && jump.cause() == MediaEvent.Discontinuity.Cause.TIMESTAMP_JUMP
        && Math.abs(jump.jumpMicros()) >= minJumpSeconds * 1e6) {
      condition.update(jump.ptsMicros(), jump.ptsMicros(), true, out, jump.jumpMicros() / 1e6);
    }
  }

  @Override
  public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
    passed(frame.ptsMicros(), out);
  }

  @Override
  public void onAudio(AudioView audio, ObservationSink out) {
    passed(audio.ptsMicros(), out);
  }

  private void passed(long ptsMicros, ObservationSink out) {
    if (condition.isActive()) {
      condition.update(ptsMicros, ptsMicros, false, out);
    }
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    condition.end(out);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    condition.snapshot(state);
  }

  @Override
  public void restore(DataInput state) throws IOException {
    condition.restore(state);
  }

  /** Describes the detector. */
  static final class Factory implements DetectorFactory {
    @Override
    public String kind() {
      return Kinds.STREAM_TIMESTAMP_JUMP;
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public String summary() {
      return "Timestamps jump: players stall, skip, or show sound and picture apart.";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(
          new OptionSpec(
              MIN_JUMP, "s", 0.1, 0, 3600, "Smallest step, either way, that is a finding."),
          new OptionSpec(
              ERROR_JUMP,
              "s",
              0.5,
              0,
              3600,
              "Smallest step that is an error rather than a warning."));
    }

    @Override
    public Detector create(Options options) {
      return new TimestampJumpDetector(options);
    }
  }
}
