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
 * Finds combing: pictures whose odd and even lines show different moments. In pictures flagged as
 * interlaced that is how they are meant, and players deinterlace them, so it is worth no more than
 * a note; in pictures presented as progressive a viewer sees teeth on everything that moves.
 */
public final class InterlacingDetector implements Detector {
  private static final String COMBED_OF_MOVING = "combedShareOfMoving";
  private static final String COMBED = "combedShare";
  private static final String FLAGGED = "flaggedShare";

  /** Bridges moments without motion, in which nothing can be told. */
  private static final long RECOVERY_MICROS = 1_000_000;

  /** Time constant of the averages: a few pictures, so that 3:2 pulldown counts as a whole. */
  private static final double AVERAGE_SECONDS = 0.12;

  /** Share of combed tiles in the picture from which nobody overlooks it. */
  private static final double OBVIOUS_SHARE = 0.1;

  private final double minCombedShare;
  private final double minCombedShareOfMoving;
  private final Timing timing;
  private final CombTiles tiles = new CombTiles();
  private final LumaPlane.Reader currentReader = new LumaPlane.Reader();
  private final LumaPlane.Reader previousReader = new LumaPlane.Reader();
  private String track = "";
  private @Nullable Condition combing;
  private double combed;
  private double moving;
  private long lastMicros = Long.MIN_VALUE;

  private InterlacingDetector(Options options) {
    minCombedShare = options.get("minCombedShare");
    minCombedShareOfMoving = options.get("minCombedShareOfMoving");
    timing = new Timing(options.micros("minDurationSeconds"), RECOVERY_MICROS);
  }

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    finish(ptsMicros, out);
    forget();
    Track video = info.first(TrackType.VIDEO).orElse(null);
    track = video == null ? "" : video.id();
    combing =
        video == null
            ? null
            : new Condition(
                Kinds.VIDEO_INTERLACING,
                track,
                timing,
                InterlacingDetector::assess,
                new Measurement(COMBED_OF_MOVING, Aggregate.MEAN),
                new Measurement(COMBED, Aggregate.MEAN),
                new Measurement(FLAGGED, Aggregate.MEAN));
  }

  @Override
  public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
    FrameView previous = frame.previous();
    if (combing == null || !frame.trackId().equals(track)) {
      return;
    }
    if (previous == null) {
      forget();
      return;
    }
    tiles.measure(currentReader.read(frame), previousReader.read(previous));
    double seconds = Math.max(1, frame.ptsMicros() - previous.ptsMicros()) / 1e6;
    double weight = lastMicros == Long.MIN_VALUE ? 1 : 1 - Math.exp(-seconds / AVERAGE_SECONDS);
    lastMicros = frame.ptsMicros();
    combed += weight * (tiles.combedShare() - combed);
    moving += weight * (tiles.movingShare() - moving);
    double ofMoving = moving > 0 ? combed / moving : 0;
    out.metric(track, "video.combed_share", frame.ptsMicros(), combed);
    out.metric(track, "video.combed_share_of_moving", frame.ptsMicros(), ofMoving);
    combing.update(
        frame.ptsMicros(),
        frame.ptsMicros() + frame.durationMicros(),
        combed >= minCombedShare && ofMoving >= minCombedShareOfMoving,
        out,
        ofMoving,
        combed,
        frame.interlaced() ? 1 : 0);
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    if (event instanceof MediaEvent.Discontinuity) {
      forget();
    }
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    if (combing != null) {
      combing.end(out);
    }
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    state.writeDouble(combed);
    state.writeDouble(moving);
    state.writeLong(lastMicros);
    if (combing != null) {
      combing.snapshot(state);
    }
  }

  @Override
  public void restore(DataInput state) throws IOException {
    combed = state.readDouble();
    moving = state.readDouble();
    lastMicros = state.readLong();
    if (combing != null) {
      combing.restore(state);
    }
  }

  private void forget() {
    combed = 0;
    moving = 0;
    lastMicros = Long.MIN_VALUE;
  }

  private static Assessment assess(long durationMicros, Map<String, Double> measurements) {
    double ofMoving = measurements.getOrDefault(COMBED_OF_MOVING, 0.0);
    double share = measurements.getOrDefault(COMBED, 0.0);
    boolean flagged = measurements.getOrDefault(FLAGGED, 0.0) > 0.5;
    double confidence = Math.min(0.98, 0.6 + ofMoving);
    if (flagged) {
      return new Assessment(
          Severity.INFO,
          confidence,
          "Interlaced pictures, flagged as such: fine where the player deinterlaces");
    }
    return new Assessment(
        share >= OBVIOUS_SHARE ? Severity.ERROR : Severity.WARNING,
        confidence,
        "Combing in pictures presented as progressive: %.0f %% of what moves shows teeth"
            .formatted(ofMoving * 100));
  }

  /** Describes and creates the detector. */
  public static final class Factory implements DetectorFactory {
    @Override
    public String kind() {
      return Kinds.VIDEO_INTERLACING;
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public String summary() {
      return "Teeth on the edges of everything that moves.";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(
          OptionSpec.minDurationSeconds(0.5),
          new OptionSpec(
              "minCombedShare",
              "",
              0.03,
              0.005,
              1,
              "Share of the picture that must be combed; raise it to overlook small parts."),
          new OptionSpec(
              "minCombedShareOfMoving",
              "",
              0.2,
              0.05,
              1,
              "Share of the moving parts of the picture that must be combed."));
    }

    @Override
    public Detector create(Options options) {
      return new InterlacingDetector(options);
    }
  }
}
