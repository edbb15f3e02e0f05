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
 * {@code stream.unavailable}: the input cannot be opened, broke off, or is open and silent. Over
 * with the next picture or sound.
 */
final class UnavailableDetector implements Detector {
  private static final String MIN_SILENT = "minSilentSeconds";

  /** Nothing but media ends it. */
  private static final long UNTIL_MEDIA_COMES = Long.MAX_VALUE / 4;

  private final double minSilentSeconds;
  private final Condition condition =
      new Condition(
          Kinds.STREAM_UNAVAILABLE,
          null,
          new Condition.Timing(0, UNTIL_MEDIA_COMES),
          this::assess,
          new Measurement("reports", Aggregate.SUM));

  private String reason = "";

  private UnavailableDetector(Options options) {
    this.minSilentSeconds = options.get(MIN_SILENT);
  }

  private Assessment assess(long durationMicros, Map<String, Double> measurements) {
    return new Assessment(Severity.ERROR, 1, reason);
  }

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    // An input that opens has not delivered anything yet.
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    switch (event) {
      case MediaEvent.Unavailable lost -> {
        reason = lost.reason();
        condition.update(lost.ptsMicros(), lost.ptsMicros(), true, out, 1);
      }
      case MediaEvent.Idle idle when idle.silentMillis() >= minSilentSeconds * 1e3 -> {
        reason = String.format(Locale.ROOT, "no data for %.1f s", idle.silentMillis() / 1e3);
        condition.update(idle.ptsMicros(), idle.ptsMicros(), true, out, 1);
      }
      default -> {}
    }
  }

  @Override
  public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
    mediaAt(frame.ptsMicros(), out);
  }

  @Override
  public void onAudio(AudioView audio, ObservationSink out) {
    mediaAt(audio.ptsMicros(), out);
  }

  private void mediaAt(long ptsMicros, ObservationSink out) {
    if (condition.isActive()) {
      condition.update(ptsMicros, ptsMicros, true, out, 0);
      condition.end(out);
    }
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    mediaAt(ptsMicros, out);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    condition.snapshot(state);
    state.writeUTF(reason);
  }

  @Override
  public void restore(DataInput state) throws IOException {
    condition.restore(state);
    reason = state.readUTF();
  }

  /** Describes the detector. */
  static final class Factory implements DetectorFactory {
    @Override
    public String kind() {
      return Kinds.STREAM_UNAVAILABLE;
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public String summary() {
      return "The stream is not there: players stand still or give up.";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(
          new OptionSpec(
              MIN_SILENT,
              "s",
              5,
              0,
              3600,
              "How long an open live input may deliver nothing before it is a finding."));
    }

    @Override
    public Detector create(Options options) {
      return new UnavailableDetector(options);
    }
  }
}
