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
import io.aircheck.core.media.Track;
import io.aircheck.core.media.TrackType;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.picture.PictureAnalysis;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code stream.audio_missing} and {@code stream.video_missing}: a track stops, or never begins,
 * while another goes on. The media of the other tracks is the clock: where nothing goes on it is a
 * gap, not a missing track.
 */
final class TrackMissingDetector implements Detector {
  private static final String MIN_DURATION = "minDurationSeconds";
  private static final String TAIL = "tailSeconds";
  private static final String JOIN = "joinSeconds";
  private static final String MISSING = "missingSeconds";

  /** Breaks of the other tracks up to here do not split a finding: they play unevenly. */
  private static final long BRIDGE_MICROS = 250_000;

  private final TrackType type;
  private final long tailMicros;
  private final long joinMicros;
  private final TrackConditions conditions;
  private final Map<String, TrackCoverage> coverages = new LinkedHashMap<>();
  private long judgedUntilMicros = Long.MAX_VALUE;

  private TrackMissingDetector(TrackType type, Options options) {
    this.type = type;
    this.tailMicros = options.micros(TAIL);
    // Sound begins anywhere; pictures begin at a key frame.
    this.joinMicros = type == TrackType.VIDEO ? options.micros(JOIN) : 0;
    Condition.Timing timing = new Condition.Timing(options.micros(MIN_DURATION), BRIDGE_MICROS);
    this.conditions =
        new TrackConditions(
            track ->
                new Condition(
                    kind(type),
                    track,
                    timing,
                    this::assess,
                    new Measurement(MISSING, Aggregate.MAX)));
  }

  private static String kind(TrackType type) {
    return type == TrackType.AUDIO ? Kinds.STREAM_AUDIO_MISSING : Kinds.STREAM_VIDEO_MISSING;
  }

  private Assessment assess(long durationMicros, Map<String, Double> measurements) {
    return new Assessment(
        Severity.ERROR,
        1,
        String.format(
            Locale.ROOT,
            "no %s for %.2f s while the rest goes on",
            type == TrackType.AUDIO ? "sound" : "picture",
            durationMicros / 1e6));
  }

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    List<String> declared =
        info.tracks().stream().filter(track -> track.type() == type).map(Track::id).toList();
    for (String track : List.copyOf(coverages.keySet())) {
      if (!declared.contains(track)) {
        coverages.remove(track);
        conditions.of(track).end(out);
      }
    }
    for (String track : declared) {
      coverages.computeIfAbsent(track, id -> joined(info.live(), ptsMicros)).excuse(ptsMicros);
    }
    judgedUntilMicros =
        info.live() || info.durationMicros().isEmpty()
            ? Long.MAX_VALUE
            : info.durationMicros().getAsLong() - tailMicros;
  }

  private TrackCoverage joined(boolean live, long ptsMicros) {
    TrackCoverage coverage = new TrackCoverage(ptsMicros);
    coverage.join(live ? ptsMicros + joinMicros : ptsMicros);
    return coverage;
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    if (event instanceof MediaEvent.Discontinuity discontinuity
        && discontinuity.cause() == MediaEvent.Discontinuity.Cause.RECONNECT) {
      coverages.values().forEach(coverage -> coverage.join(discontinuity.ptsMicros() + joinMicros));
    } else if (event instanceof MediaEvent.Undecoded(String track, long from, long duration)) {
      media(track, from, from + duration, out);
    }
  }

  @Override
  public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
    media(frame.trackId(), frame.ptsMicros(), frame.ptsMicros() + frame.durationMicros(), out);
  }

  @Override
  public void onAudio(AudioView audio, ObservationSink out) {
    media(audio.trackId(), audio.ptsMicros(), audio.ptsMicros() + audio.durationMicros(), out);
  }

  private void media(String track, long from, long to, ObservationSink out) {
    for (Map.Entry<String, TrackCoverage> watched : coverages.entrySet()) {
      TrackCoverage coverage = watched.getValue();
      if (watched.getKey().equals(track)) {
        coverage.cover(from, to);
        conditions.of(track).end(out);
      } else if (from > coverage.endMicros() + coverage.slackMicros()
          && coverage.endMicros() < judgedUntilMicros
          && !coverage.joining(to)) {
        long begin =
            coverage.playing()
                ? Math.max(coverage.endMicros(), from - coverage.slackMicros())
                : coverage.endMicros();
        Condition condition = conditions.of(watched.getKey());
        condition.update(
            condition.isActive() ? from : begin, to, true, out, (to - coverage.endMicros()) / 1e6);
      }
    }
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    conditions.end(out);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    state.writeInt(coverages.size());
    for (Map.Entry<String, TrackCoverage> entry : coverages.entrySet()) {
      state.writeUTF(entry.getKey());
      entry.getValue().snapshot(state);
    }
    conditions.snapshot(state);
  }

  @Override
  public void restore(DataInput state) throws IOException {
    for (int i = state.readInt(); i > 0; i--) {
      coverages.computeIfAbsent(state.readUTF(), id -> new TrackCoverage(0)).restore(state);
    }
    conditions.restore(state);
  }

  /** Describes the detector for one type of track. */
  static final class Factory implements DetectorFactory {
    private final TrackType type;

    Factory(TrackType type) {
      this.type = type;
    }

    @Override
    public String kind() {
      return TrackMissingDetector.kind(type);
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public String summary() {
      return type == TrackType.AUDIO
          ? "The sound stops although the pictures go on."
          : "The pictures stop although the sound goes on.";
    }

    @Override
    public List<OptionSpec> options() {
      List<OptionSpec> options = new ArrayList<>();
      options.add(OptionSpec.minDurationSeconds(1));
      options.add(
          new OptionSpec(
              TAIL, "s", 2, 0, 3600, "How much before the end of a finite input a track may end."));
      if (type == TrackType.VIDEO) {
        options.add(
            new OptionSpec(
                JOIN,
                "s",
                10,
                0,
                3600,
                "How long a live input may take to its first picture: whoever joins in the middle"
                    + " waits for a key frame."));
      }
      return List.copyOf(options);
    }

    @Override
    public Detector create(Options options) {
      return new TrackMissingDetector(type, options);
    }
  }
}
