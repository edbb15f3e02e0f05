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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code stream.decode_error}: the decoder rejects data or says that what it made is damaged. A
 * burst of errors on one track is one finding.
 *
 * <p>Errors before the first undamaged picture or sound of a track are left out: whoever joins a
 * live stream in the middle meets pictures that refer to others before.
 */
final class DecodeErrorDetector implements Detector {
  private static final String MIN_ERRORS = "minErrors";
  private static final String RECOVERY = "recoverySeconds";
  private static final String INVALID = "invalidData";
  private static final String CORRUPT = "corrupt";
  private static final String CONCEALED = "concealed";

  private final double minErrors;
  private final TrackConditions conditions;
  private final Set<String> decodedOnce = new HashSet<>();
  private String detail = "";

  private DecodeErrorDetector(Options options) {
    this.minErrors = options.get(MIN_ERRORS);
    Condition.Timing timing = new Condition.Timing(0, options.micros(RECOVERY));
    this.conditions =
        new TrackConditions(
            track ->
                new Condition(
                    Kinds.STREAM_DECODE_ERROR,
                    track,
                    timing,
                    this::assess,
                    new Measurement(INVALID, Aggregate.SUM),
                    new Measurement(CORRUPT, Aggregate.SUM),
                    new Measurement(CONCEALED, Aggregate.SUM)));
  }

  private Assessment assess(long durationMicros, Map<String, Double> errors) {
    double rejected = errors.getOrDefault(INVALID, 0.0);
    double damaged = errors.getOrDefault(CORRUPT, 0.0);
    double guessed = errors.getOrDefault(CONCEALED, 0.0);
    return new Assessment(
        rejected + damaged >= minErrors ? Severity.ERROR : Severity.WARNING,
        1,
        words(rejected, damaged, guessed) + (detail.isEmpty() ? "" : ": " + detail));
  }

  /** Only what happened: a viewer of a finding counts no zeros. */
  private static String words(double rejected, double damaged, double guessed) {
    List<String> words = new ArrayList<>();
    if (rejected > 0) {
      words.add("rejected data %.0f times".formatted(rejected));
    }
    if (damaged > 0) {
      words.add("flagged %.0f as damaged".formatted(damaged));
    }
    if (guessed > 0) {
      words.add("guessed missing parts of %.0f".formatted(guessed));
    }
    return "decoder " + String.join(", ", words);
  }

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    // Errors belong to a track id, which outlives changes of its format.
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    switch (event) {
      case MediaEvent.DecodeError error when decodedOnce.contains(error.trackId()) -> {
        detail = error.detail();
        report(error.trackId(), error.ptsMicros(), error.ptsMicros(), error.fault(), out);
      }
      case MediaEvent.Discontinuity discontinuity
          when discontinuity.cause() == MediaEvent.Discontinuity.Cause.RECONNECT ->
          decodedOnce.clear();
      default -> {}
    }
  }

  @Override
  public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
    long from = frame.ptsMicros();
    long to = from + frame.durationMicros();
    String track = frame.trackId();
    if (!frame.corrupt() && !frame.concealed()) {
      decodedOnce.add(track);
      passed(track, to, out);
    } else if (decodedOnce.contains(track)) {
      report(
          track,
          from,
          to,
          frame.corrupt()
              ? MediaEvent.DecodeError.Fault.CORRUPT
              : MediaEvent.DecodeError.Fault.CONCEALED,
          out);
    }
  }

  @Override
  public void onAudio(AudioView audio, ObservationSink out) {
    long from = audio.ptsMicros();
    long to = from + audio.durationMicros();
    if (!audio.corrupt()) {
      decodedOnce.add(audio.trackId());
      passed(audio.trackId(), to, out);
    } else if (decodedOnce.contains(audio.trackId())) {
      report(audio.trackId(), from, to, MediaEvent.DecodeError.Fault.CORRUPT, out);
    }
  }

  private void report(
      String track, long from, long to, MediaEvent.DecodeError.Fault fault, ObservationSink out) {
    conditions
        .of(track)
        .update(
            from,
            to,
            true,
            out,
            fault == MediaEvent.DecodeError.Fault.INVALID_DATA ? 1 : 0,
            fault == MediaEvent.DecodeError.Fault.CORRUPT ? 1 : 0,
            fault == MediaEvent.DecodeError.Fault.CONCEALED ? 1 : 0);
  }

  private void passed(String track, long micros, ObservationSink out) {
    Condition condition = conditions.of(track);
    if (condition.isActive()) {
      condition.update(micros, micros, false, out);
    }
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    conditions.end(out);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    state.writeUTF(detail);
    state.writeInt(decodedOnce.size());
    for (String track : decodedOnce) {
      state.writeUTF(track);
    }
    conditions.snapshot(state);
  }

  @Override
  public void restore(DataInput state) throws IOException {
    detail = state.readUTF();
    for (int i = state.readInt(); i > 0; i--) {
      decodedOnce.add(state.readUTF());
    }
    conditions.restore(state);
  }

  /** Describes the detector. */
  static final class Factory implements DetectorFactory {
    @Override
    public String kind() {
      return Kinds.STREAM_DECODE_ERROR;
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public String summary() {
      return "Data that cannot be decoded: blocks, frozen pictures, breaks in the sound.";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(
          new OptionSpec(
              MIN_ERRORS,
              "",
              2,
              1,
              1e6,
              "How often data must be rejected or damaged for an error rather than a warning."),
          new OptionSpec(
              RECOVERY,
              "s",
              2,
              0,
              3600,
              "How long decoding must go well for the finding to be over."));
    }

    @Override
    public Detector create(Options options) {
      return new DecodeErrorDetector(options);
    }
  }
}
