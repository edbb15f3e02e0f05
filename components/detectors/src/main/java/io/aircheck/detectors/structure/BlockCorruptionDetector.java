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
import io.aircheck.core.picture.PictureAnalysis;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds pictures damaged by lost data: with certainty where the decoder tells of it, and as a
 * suspicion where an encoder upstream has burnt the damage into the pixels.
 */
public final class BlockCorruptionDetector implements Detector {
  private static final String TOLD = "toldByDecoder";
  private static final String PROBABILITY = "damageProbability";

  /** Damage lives on in the pictures predicted from the damaged one, at most to a key frame. */
  private static final long PROPAGATION_MICROS = 2_500_000;

  private static final long RECOVERY_MICROS = 500_000;
  private static final double CERTAIN = 0.97;

  /** Pixels alone never make damage certain. */
  private static final double MAX_SUSPICION = 0.9;

  private static final DamageModel MODEL = DamageModel.trained();

  private final Timing timing;
  private final DamageSuspicion suspicion;
  private String track = "";
  private @Nullable Condition damage;
  private @Nullable DamageInputs inputs;
  private long damagedUntilMicros = Long.MIN_VALUE;

  private BlockCorruptionDetector(Options options) {
    suspicion = new DamageSuspicion(MODEL, options.get("minProbability"));
    timing = new Timing(options.micros("minDurationSeconds"), RECOVERY_MICROS);
  }

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    finish(ptsMicros, out);
    suspicion.clear();
    damagedUntilMicros = Long.MIN_VALUE;
    Track video = info.first(TrackType.VIDEO).orElse(null);
    if (video == null) {
      track = "";
      damage = null;
      return;
    }
    track = video.id();
    inputs = new DamageInputs(video.width(), video.height());
    damage =
        new Condition(
            Kinds.VIDEO_BLOCK_CORRUPTION,
            track,
            timing,
            BlockCorruptionDetector::assess,
            new Measurement(TOLD, Aggregate.MAX),
            new Measurement(PROBABILITY, Aggregate.MAX));
  }

  @Override
  public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
    if (damage == null || inputs == null || !frame.trackId().equals(track)) {
      return;
    }
    long now = frame.ptsMicros();
    long end = now + frame.durationMicros();
    boolean flagged = frame.corrupt() || frame.concealed();
    if (flagged) {
      damagedUntilMicros = now + PROPAGATION_MICROS;
    } else if (frame.keyFrame()) {
      damagedUntilMicros = Long.MIN_VALUE;
    }
    boolean told = now < damagedUntilMicros;
    boolean suspected = false;
    if (inputs.fits(frame)) {
      suspicion.update(now, inputs.read(frame), inputs.background());
      suspected = suspicion.suspected();
      out.metric(track, "video.block_damage_probability", now, suspicion.probability());
    }
    damage.update(now, end, told || suspected, out, told ? 1 : 0, suspicion.probability());
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    switch (event) {
      case MediaEvent.DecodeError error when error.trackId().equals(track) ->
          damagedUntilMicros = Math.max(damagedUntilMicros, error.ptsMicros() + PROPAGATION_MICROS);
      case MediaEvent.Discontinuity discontinuity -> {
        suspicion.clear();
        if (inputs != null) {
          inputs.clear();
        }
      }
      default -> {}
    }
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    if (damage != null) {
      damage.end(out);
    }
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    state.writeLong(damagedUntilMicros);
    suspicion.snapshot(state);
    if (damage != null && inputs != null) {
      damage.snapshot(state);
      inputs.snapshot(state);
    }
  }

  @Override
  public void restore(DataInput state) throws IOException {
    damagedUntilMicros = state.readLong();
    suspicion.restore(state);
    if (damage != null && inputs != null) {
      damage.restore(state);
      inputs.restore(state);
    }
  }

  private static Assessment assess(long durationMicros, Map<String, Double> measurements) {
    if (measurements.getOrDefault(TOLD, 0.0) > 0) {
      return new Assessment(
          Severity.ERROR, CERTAIN, "The decoder tells of damaged or concealed pictures");
    }
    return new Assessment(
        Severity.WARNING,
        Math.clamp(measurements.getOrDefault(PROBABILITY, 0.0), 0.5, MAX_SUSPICION),
        "Blocks stand out of the picture that were not there before");
  }

  /** Describes and creates the detector. */
  public static final class Factory implements DetectorFactory {
    @Override
    public String kind() {
      return Kinds.VIDEO_BLOCK_CORRUPTION;
    }

    @Override
    public String version() {
      return "3";
    }

    @Override
    public String summary() {
      return "Blocks of the picture are wrong, after data was lost.";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(
          OptionSpec.minDurationSeconds(0),
          new OptionSpec(
              "minProbability",
              "",
              0.9,
              0.5,
              0.99,
              "Probability of damage that makes a finding where no decoder tells."));
    }

    @Override
    public WithKeyPictures withKeyPictures() {
      return WithKeyPictures.SUSPECTS;
    }

    @Override
    public Detector create(Options options) {
      return new BlockCorruptionDetector(options);
    }
  }
}
