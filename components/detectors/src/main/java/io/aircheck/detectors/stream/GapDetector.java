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
import io.aircheck.core.media.ManifestSignal;
import io.aircheck.core.media.ManifestSignal.Fault;
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
 * {@code stream.gap}: a stretch of media time in which no track has anything. A stretch that is
 * explained already, by a segment that could not be loaded or an input that was lost, is not
 * reported again.
 */
final class GapDetector implements Detector {
  private static final String MIN_DURATION = "minDurationSeconds";
  private static final String ERROR_AFTER = "errorAfterSeconds";
  private static final String GAP = "gapSeconds";

  /** Gaps that were only told of and those seen in the media are the same within this time. */
  private static final long FOLD_MICROS = 500_000;

  private final long minDurationMicros;
  private final long errorAfterMicros;
  private final Condition condition =
      new Condition(
          Kinds.STREAM_GAP,
          null,
          new Condition.Timing(0, FOLD_MICROS),
          this::assess,
          new Measurement(GAP, Aggregate.MAX));

  private boolean begun;
  private long endMicros;
  private long rhythmMicros;
  private long excusedUntilMicros = Long.MIN_VALUE;

  private GapDetector(Options options) {
    this.minDurationMicros = options.micros(MIN_DURATION);
    this.errorAfterMicros = options.micros(ERROR_AFTER);
  }

  private Assessment assess(long durationMicros, Map<String, Double> measurements) {
    return new Assessment(
        durationMicros >= errorAfterMicros ? Severity.ERROR : Severity.WARNING,
        1,
        String.format(Locale.ROOT, "no picture and no sound for %.2f s", durationMicros / 1e6));
  }

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    // Media time goes on over changes of the tracks.
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    switch (event) {
      case MediaEvent.Gap gap when gap.trackId() == null -> {
        hole(gap.fromMicros(), gap.toMicros(), out);
        endMicros = Math.max(endMicros, gap.toMicros());
      }
      case MediaEvent.Undecoded undecoded ->
          media(undecoded.ptsMicros(), undecoded.durationMicros(), out);
      case MediaEvent.Manifest(ManifestSignal signal)
          when signal.fault() == Fault.SEGMENT_UNAVAILABLE
              || signal.fault() == Fault.GAP_DECLARED ->
          excusedUntilMicros = Math.max(excusedUntilMicros, signal.endMicros());
      case MediaEvent.Unavailable lost -> begun = false;
      default -> {}
    }
  }

  @Override
  public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
    media(frame.ptsMicros(), frame.durationMicros(), out);
  }

  @Override
  public void onAudio(AudioView audio, ObservationSink out) {
    media(audio.ptsMicros(), audio.durationMicros(), out);
  }

  private void media(long from, long duration, ObservationSink out) {
    if (begun) {
      // Pictures of unknown length leave holes by nature, as long as their rhythm.
      boolean natural = duration == 0 && (rhythmMicros == 0 || from - endMicros < 2 * rhythmMicros);
      if (!natural) {
        hole(endMicros, from, out);
      }
      if (duration == 0 && from > endMicros) {
        rhythmMicros = from - endMicros;
      }
    }
    begun = true;
    endMicros = Math.max(endMicros, from + duration);
    if (condition.isActive()) {
      condition.update(from, from, false, out);
    }
  }

  private void hole(long from, long to, ObservationSink out) {
    if (to - from >= minDurationMicros && from >= excusedUntilMicros) {
      condition.update(from, to, true, out, (to - from) / 1e6);
      out.metric("", Kinds.STREAM_GAP, from, (to - from) / 1e6);
    }
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    condition.end(out);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    condition.snapshot(state);
    state.writeBoolean(begun);
    state.writeLong(endMicros);
    state.writeLong(rhythmMicros);
    state.writeLong(excusedUntilMicros);
  }

  @Override
  public void restore(DataInput state) throws IOException {
    condition.restore(state);
    begun = state.readBoolean();
    endMicros = state.readLong();
    rhythmMicros = state.readLong();
    excusedUntilMicros = state.readLong();
  }

  /** Describes the detector. */
  static final class Factory implements DetectorFactory {
    @Override
    public String kind() {
      return Kinds.STREAM_GAP;
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public String summary() {
      return "A piece of the programme is missing: a freeze or a skip.";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(
          OptionSpec.minDurationSeconds(0.2),
          new OptionSpec(
              ERROR_AFTER,
              "s",
              0.5,
              0,
              3600,
              "How long a gap must be to be an error rather than a warning."));
    }

    @Override
    public Detector create(Options options) {
      return new GapDetector(options);
    }
  }
}
