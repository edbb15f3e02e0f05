package io.aircheck.detectors.sync;

import io.aircheck.core.detect.Condition;
import io.aircheck.core.detect.Condition.Aggregate;
import io.aircheck.core.detect.Condition.Assessment;
import io.aircheck.core.detect.Condition.Measurement;
import io.aircheck.core.detect.Condition.Timing;
import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.Track;
import io.aircheck.core.media.TrackType;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.sound.SoundBlock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Measures sound against picture where the stream itself says what belongs together: in the
 * flash-and-beep test signal. Of any other content it says nothing.
 */
final class FlashAndBeepDetector implements Detector {
  private static final String METRIC = "sync.offset";
  private static final double UNACCEPTABLE_EARLY_MILLIS = 90;
  private static final double UNACCEPTABLE_LATE_MILLIS = 185;
  private static final double CONFIDENCE = 0.99;

  /** Flashes further apart than this are not one signal. */
  private static final long LONGEST_PERIOD_MICROS = 15_000_000;

  private final double mostLateMillis;
  private final double mostEarlyMillis;
  private final Condition condition;
  private final FlashOnset flashes = new FlashOnset();
  private final BeepOnset beeps = new BeepOnset();
  private final OnsetPairs pairs = new OnsetPairs();
  private String video = "";
  private String audio = "";

  FlashAndBeepDetector(Options options) {
    mostLateMillis = options.get("maxLateMillis");
    mostEarlyMillis = options.get("maxEarlyMillis");
    condition =
        new Condition(
            Kinds.SYNC_OFFSET,
            null,
            new Timing(0, LONGEST_PERIOD_MICROS),
            FlashAndBeepDetector::assess,
            new Measurement("offsetMillis", Aggregate.LAST));
  }

  private static Assessment assess(long durationMicros, Map<String, Double> measurements) {
    double offset = Objects.requireNonNull(measurements.get("offsetMillis"));
    boolean unacceptable = offset > UNACCEPTABLE_LATE_MILLIS || offset < -UNACCEPTABLE_EARLY_MILLIS;
    return new Assessment(
        unacceptable ? Severity.ERROR : Severity.WARNING,
        CONFIDENCE,
        "Flash and beep: sound %d ms %s"
            .formatted(Math.abs(Math.round(offset)), offset < 0 ? "early" : "late"));
  }

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    video = info.first(TrackType.VIDEO).map(Track::id).orElse("");
    audio = info.first(TrackType.AUDIO).map(Track::id).orElse("");
    restart(out);
  }

  @Override
  public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
    if (!frame.trackId().equals(video)) {
      return;
    }
    switch (flashes.picture(frame.ptsMicros(), analysis.luma().mean())) {
      case FLASH -> {
        pairs.flash(flashes.take());
        judge(frame.ptsMicros(), out);
      }
      case OTHER -> otherContent(out);
      case NONE -> {}
    }
  }

  @Override
  public void onSound(SoundBlock block, ObservationSink out) {
    if (!block.trackId().equals(audio)) {
      return;
    }
    if (!block.continuous()) {
      beeps.reset();
    }
    switch (beeps.block(block)) {
      case BEEP -> {
        pairs.beep(beeps.take());
        judge(block.startMicros(), out);
      }
      case OTHER -> otherContent(out);
      case NONE -> {}
    }
  }

  private void judge(long nowMicros, ObservationSink out) {
    OptionalDouble offset = pairs.offsetMicros();
    if (offset.isEmpty()) {
      return;
    }
    double millis = offset.getAsDouble() / 1000;
    out.metric("", METRIC, nowMicros, millis);
    boolean outside = millis > mostLateMillis || millis < -mostEarlyMillis;
    if (!outside) {
      condition.end(out);
      return;
    }
    long from = condition.isActive() ? nowMicros : Math.min(pairs.sinceMicros(), nowMicros);
    condition.update(from, nowMicros, true, out, millis);
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    if (event instanceof MediaEvent.Discontinuity || event instanceof MediaEvent.Gap) {
      restart(out);
    }
  }

  private void otherContent(ObservationSink out) {
    pairs.clear();
    condition.end(out);
  }

  private void restart(ObservationSink out) {
    flashes.reset();
    beeps.reset();
    otherContent(out);
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    condition.end(out);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    flashes.snapshot(state);
    beeps.snapshot(state);
    pairs.snapshot(state);
    condition.snapshot(state);
  }

  @Override
  public void restore(DataInput state) throws IOException {
    flashes.restore(state);
    beeps.restore(state);
    pairs.restore(state);
    condition.restore(state);
  }
}
