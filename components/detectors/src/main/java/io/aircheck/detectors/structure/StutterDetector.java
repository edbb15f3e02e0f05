package io.aircheck.detectors.structure;

import io.aircheck.core.detect.Condition;
import io.aircheck.core.detect.Condition.Aggregate;
import io.aircheck.core.detect.Condition.Assessment;
import io.aircheck.core.detect.Condition.Measurement;
import io.aircheck.core.detect.Condition.Timing;
import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.Track;
import io.aircheck.core.media.TrackType;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.picture.LumaStatistics;
import io.aircheck.core.picture.PictureAnalysis;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds stutter and judder: pictures held too long within a shot that moved smoothly, again and
 * again, with jumps that make up for the holds. What counts as too long is learned from the shot,
 * see {@link Cadence}.
 */
public final class StutterDetector implements Detector {
  private static final String HOLD = "meanHoldSeconds";
  private static final String JUMP = "meanJump";
  private static final String COUNT = "lateCount";
  private static final String BETWEEN = "regularBetween";
  private static final String PERIODS = "meanHoldPeriods";

  /** Holds of animation on twos; a steady cadence of that kind may be meant. */
  private static final double MIN_ANIMATION_HOLD_SECONDS = 0.06;

  private static final double MAX_ANIMATION_PERIODS = 2.5;

  /** Fewer regular pictures between late ones than this: the cadence as a whole became slower. */
  private static final double STEADY_BETWEEN = 0.2;

  /** Bridges the time that the cadence after a cut takes to be learned. */
  private static final long RECOVERY_MICROS = 1_500_000;

  /** Two pauses can be chance; three in a row are stutter. */
  private static final int MIN_LATE = 3;

  /** Duration from which nobody overlooks it. */
  private static final long OBVIOUS_MICROS = 2_000_000;

  /** Fewer late pictures, or at a lower rate, can be the scene's own motion. */
  private static final int OBVIOUS_COUNT = 8;

  private static final double OBVIOUS_PER_SECOND = 2;

  /** Luma levels between darkest and brightest percent of a picture that shows nothing. */
  private static final int UNIFORM_LEVELS = 8;

  private final Timing timing;
  private final Cadence cadence;
  private final PictureChange change = new PictureChange();
  private final LumaPlane.Reader currentReader = new LumaPlane.Reader();
  private final LumaPlane.Reader previousReader = new LumaPlane.Reader();
  private String track = "";
  private @Nullable Condition stutter;
  private final LateCandidate candidate;
  private final LateRun run = new LateRun();
  private final Rhythm rhythm = new Rhythm();
  private final ConversionPattern conversion = new ConversionPattern();
  private final double minSteadyJump;
  private final long maxGapMicros;
  private int regularSinceLate;
  private boolean repeated;

  private StutterDetector(Options options) {
    maxGapMicros = options.micros("maxGapSeconds");
    minSteadyJump = options.get("minSteadyJump");
    cadence = new Cadence(options.get("minHoldFactor"), options.get("minJump"), minSteadyJump);
    candidate = new LateCandidate(options.get("minJump"));
    timing = new Timing(options.micros("minDurationSeconds"), RECOVERY_MICROS);
  }

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    finish(ptsMicros, out);
    forget();
    conversion.clear();
    run.clear();
    regularSinceLate = 0;
    Track video = info.first(TrackType.VIDEO).orElse(null);
    track = video == null ? "" : video.id();
    stutter =
        video == null
            ? null
            : new Condition(
                Kinds.VIDEO_STUTTER,
                track,
                timing,
                this::assess,
                new Measurement(HOLD, Aggregate.MEAN),
                new Measurement(JUMP, Aggregate.MEAN),
                new Measurement(COUNT, Aggregate.SUM),
                new Measurement(BETWEEN, Aggregate.MEAN),
                new Measurement(PERIODS, Aggregate.MEAN));
  }

  @Override
  public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
    if (stutter == null || !frame.trackId().equals(track)) {
      return;
    }
    FrameView previous = frame.previous();
    if (previous == null) {
      forget();
      return;
    }
    change.measure(currentReader.read(frame), previousReader.read(previous));
    long now = frame.ptsMicros();
    if (isUniform(analysis.luma())) {
      // What fades in after it is another shot, with a cadence of its own.
      forget();
      stutter.update(now, now, false, out);
      return;
    }
    Cadence.Picture picture = cadence.add(now, change.changedShare(), change.meanDifference());
    out.metric(track, "video.changed_share", now, change.changedShare());
    if (candidate.isWaiting()) {
      decide(candidate.confirm(picture, change.changedShare()), out);
    }
    boolean meant = conversion.explains(picture, cadence.jump(), now, now - previous.ptsMicros());
    if (meant) {
      rhythm.irregular();
      regularSinceLate++;
      stutter.update(now, now, false, out);
      repeated = false;
      return;
    }
    if (stutter.isActive()) {
      conversion.distrust();
    }
    follow(picture, now);
    switch (picture) {
      case LATE -> candidate.set(now, cadence, change.changedShare(), false);
      case SUSPECT -> candidate.set(now, cadence, change.changedShare(), true);
      case CUT -> {
        if (rhythm.isEstablished() && cadence.isSharp()) {
          candidate.set(now, cadence, change.changedShare(), true);
        } else {
          regularSinceLate++;
          stutter.update(now, now, false, out);
        }
      }
      case REGULAR -> {
        regularSinceLate++;
        stutter.update(now, now, false, out);
      }
      case REPEATED -> stutter.update(now, now, false, out);
    }
  }

  /** Lets the rhythm of holds take in a picture. */
  private void follow(Cadence.Picture picture, long now) {
    switch (picture) {
      case LATE, CUT -> {
        if (cadence.isSharp()) {
          rhythm.held(now, cadence.holdMicros(), cadence.jump(), cadence.periodMicros(), true);
        } else {
          rhythm.irregular();
        }
      }
      case SUSPECT ->
          rhythm.held(now, cadence.holdMicros(), cadence.jump(), cadence.periodMicros(), false);
      case REGULAR -> {
        if (repeated) {
          rhythm.irregular();
        } else {
          rhythm.regular();
        }
      }
      case REPEATED -> {}
    }
    repeated = picture == Cadence.Picture.REPEATED;
  }

  private void forget() {
    cadence.clear();
    candidate.clear();
    rhythm.clear();
    repeated = false;
  }

  private static boolean isUniform(LumaStatistics luma) {
    return luma.percentile(0.99) - luma.percentile(0.01) <= UNIFORM_LEVELS;
  }

  private void decide(boolean confirmed, ObservationSink out) {
    if (stutter == null) {
      return;
    }
    boolean late =
        rhythm.isEstablished() || confirmed && (!candidate.isSuspect() || stutter.isActive());
    if (!late) {
      regularSinceLate++;
      stutter.update(candidate.atMicros(), candidate.atMicros(), false, out);
      return;
    }
    long at = candidate.atMicros();
    out.metric(track, "video.late_hold_seconds", at, candidate.holdMicros() / 1e6);
    run.add(
        at,
        candidate.holdMicros(),
        candidate.periodMicros(),
        candidate.jump(),
        regularSinceLate,
        maxGapMicros);
    regularSinceLate = 0;
    if (stutter.isActive() || run.count() >= MIN_LATE) {
      publish(stutter, run, at, out);
    } else if (rhythm.isEstablished()) {
      publish(stutter, rhythm.holds(), at, out);
    } else {
      return;
    }
    run.clear();
  }

  private static void publish(Condition stutter, LateRun late, long at, ObservationSink out) {
    stutter.update(
        late.fromMicros(),
        at,
        true,
        out,
        late.meanHoldSeconds(),
        late.meanJump(),
        late.count(),
        late.meanRegular(),
        late.meanPeriods());
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    if (event instanceof MediaEvent.Discontinuity || event instanceof MediaEvent.Gap) {
      forget();
    }
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    if (stutter != null) {
      stutter.end(out);
    }
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    state.writeInt(regularSinceLate);
    state.writeBoolean(repeated);
    rhythm.snapshot(state);
    conversion.snapshot(state);
    cadence.snapshot(state);
    candidate.snapshot(state);
    run.snapshot(state);
    if (stutter != null) {
      stutter.snapshot(state);
    }
  }

  @Override
  public void restore(DataInput state) throws IOException {
    regularSinceLate = state.readInt();
    repeated = state.readBoolean();
    rhythm.restore(state);
    conversion.restore(state);
    cadence.restore(state);
    candidate.restore(state);
    run.restore(state);
    if (stutter != null) {
      stutter.restore(state);
    }
  }

  private Assessment assess(long durationMicros, Map<String, Double> measurements) {
    double hold = measurements.getOrDefault(HOLD, 0.0);
    double jump = measurements.getOrDefault(JUMP, 0.0);
    double count = measurements.getOrDefault(COUNT, 0.0);
    double confidence = Math.clamp(0.4 + 0.03 * count + 0.1 * (jump - 1), 0.4, 0.95);
    boolean steady = measurements.getOrDefault(BETWEEN, 0.0) < STEADY_BETWEEN;
    boolean twos =
        hold >= MIN_ANIMATION_HOLD_SECONDS
            && measurements.getOrDefault(PERIODS, 0.0) < MAX_ANIMATION_PERIODS;
    if (steady && twos && jump < minSteadyJump) {
      return new Assessment(
          Severity.INFO,
          confidence,
          "Motion goes on at a lower rate: a new picture every %.0f ms".formatted(hold * 1000));
    }
    boolean obvious =
        durationMicros >= OBVIOUS_MICROS
            && count >= OBVIOUS_COUNT
            && count * 1e6 / durationMicros >= OBVIOUS_PER_SECOND;
    return new Assessment(
        obvious ? Severity.ERROR : Severity.WARNING,
        confidence,
        "Motion stutters: pictures held for %.0f ms, then a jump".formatted(hold * 1000));
  }

  /** Describes and creates the detector. */
  public static final class Factory implements DetectorFactory {
    @Override
    public String kind() {
      return Kinds.VIDEO_STUTTER;
    }

    @Override
    public String version() {
      return "5";
    }

    @Override
    public String summary() {
      return "Motion stops and jumps again and again.";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(
          OptionSpec.minDurationSeconds(0.5),
          new OptionSpec(
              "maxGapSeconds",
              "s",
              0.7,
              0.1,
              10,
              "Longest smooth stretch between the holds that begin a finding."),
          new OptionSpec(
              "minHoldFactor",
              "",
              1.7,
              1.2,
              20,
              "How many times the shot's longest usual hold a hold must last."),
          new OptionSpec(
              "minJump",
              "",
              1.2,
              0.5,
              10,
              "How many times the usual step between pictures the step after a hold must be."),
          new OptionSpec(
              "minSteadyJump",
              "",
              1.35,
              0.5,
              10,
              "The same on average, for a stutter that goes on across a cut."));
    }

    @Override
    public boolean mayMissPictures() {
      return false;
    }

    @Override
    public Detector create(Options options) {
      return new StutterDetector(options);
    }
  }
}
