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
 * Finds a loss of detail: everywhere in the picture at once, from one picture to the next, without
 * a change of content. That tells a defect from a cut to a soft shot, from shallow focus, from a
 * pull of focus, from motion blur and from a caption that goes away.
 */
public final class BlurDetector implements Detector {
  private static final String FINENESS = "fineness";
  private static final String REMAINING = "remainingFineness";

  /** Fineness that has come back so far against before is no blur any more. */
  private static final double RECOVERED = 0.75;

  private static final long RECOVERY_MICROS = 500_000;

  /** Remaining fineness and duration from which nobody overlooks it. */
  private static final double OBVIOUS_REMAINING = 0.5;

  private static final long OBVIOUS_MICROS = 2_000_000;

  private final double maxRemaining;
  private final double minTileShare;
  private final Timing timing;
  private final LumaPlane.Reader reader = new LumaPlane.Reader();
  private String track = "";
  private @Nullable Condition blur;
  private @Nullable DetailTiles tiles;
  private DetailHistory history = new DetailHistory(0);
  private boolean blurred;
  private double finenessBefore;

  /**
   * Of the picture before the oldest one kept: one fine picture, such as a key picture, is none.
   */
  private double finenessEarlier;

  private BlurDetector(Options options) {
    maxRemaining = options.get("maxRemainingFineness");
    minTileShare = options.get("minTileShare");
    timing = new Timing(options.micros("minDurationSeconds"), RECOVERY_MICROS);
  }

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    finish(ptsMicros, out);
    Track video = info.first(TrackType.VIDEO).orElse(null);
    if (video == null) {
      track = "";
      blur = null;
      return;
    }
    track = video.id();
    tiles = new DetailTiles(video.width(), video.height());
    history = new DetailHistory(tiles.tiles());
    finenessEarlier = 0;
    blurred = false;
    blur =
        new Condition(
            Kinds.VIDEO_BLUR,
            track,
            timing,
            BlurDetector::assess,
            new Measurement(FINENESS, Aggregate.MEAN),
            new Measurement(REMAINING, Aggregate.MEAN));
  }

  @Override
  public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
    if (blur == null || tiles == null || !frame.trackId().equals(track) || !tiles.fit(frame)) {
      return;
    }
    tiles.measure(reader.read(frame));
    double fineness = tiles.fineness();
    out.metric(track, "video.fineness", frame.ptsMicros(), fineness);
    double fallen = history.fallenShare(tiles, maxRemaining);
    out.metric(track, "video.fineness_fallen_share", frame.ptsMicros(), fallen);
    double usual = Math.min(history.fineness(), finenessEarlier);
    finenessEarlier = history.fineness();
    if (!blurred && fallen >= minTileShare && fineness <= maxRemaining * usual) {
      blurred = true;
      finenessBefore = history.fineness();
    } else if (blurred && fineness >= RECOVERED * finenessBefore) {
      blurred = false;
    }
    history.add(tiles);
    blur.update(
        frame.ptsMicros(),
        frame.ptsMicros() + frame.durationMicros(),
        blurred,
        out,
        fineness,
        blurred ? fineness / finenessBefore : 1);
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    if (event instanceof MediaEvent.Discontinuity) {
      history.clear();
    }
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    if (blur != null) {
      blur.end(out);
    }
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    state.writeBoolean(blurred);
    state.writeDouble(finenessBefore);
    state.writeDouble(finenessEarlier);
    history.snapshot(state);
    if (blur != null) {
      blur.snapshot(state);
    }
  }

  @Override
  public void restore(DataInput state) throws IOException {
    blurred = state.readBoolean();
    finenessBefore = state.readDouble();
    finenessEarlier = state.readDouble();
    history.restore(state);
    if (blur != null) {
      blur.restore(state);
    }
  }

  private static Assessment assess(long durationMicros, Map<String, Double> measurements) {
    double remaining = measurements.getOrDefault(REMAINING, 1.0);
    boolean obvious = remaining <= OBVIOUS_REMAINING && durationMicros >= OBVIOUS_MICROS;
    return new Assessment(
        obvious ? Severity.ERROR : Severity.WARNING,
        Math.clamp(1.1 - remaining, 0.4, 0.95),
        "The whole picture lost detail at once: %.0f %% of its fineness is left"
            .formatted(remaining * 100));
  }

  /** Describes and creates the detector. */
  public static final class Factory implements DetectorFactory {
    @Override
    public String kind() {
      return Kinds.VIDEO_BLUR;
    }

    @Override
    public String version() {
      return "3";
    }

    @Override
    public String summary() {
      return "The whole picture becomes soft, as if out of focus.";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(
          OptionSpec.minDurationSeconds(1),
          new OptionSpec(
              "maxRemainingFineness",
              "",
              0.65,
              0.1,
              0.9,
              "How much of its fineness a part of the picture, and the whole, may keep at most."),
          new OptionSpec(
              "minTileShare",
              "",
              0.6,
              0.3,
              1,
              "Share of the picture's detailed parts that must lose their detail together."));
    }

    @Override
    public WithKeyPictures withKeyPictures() {
      return WithKeyPictures.SUSPECTS;
    }

    @Override
    public Detector create(Options options) {
      return new BlurDetector(options);
    }
  }
}
