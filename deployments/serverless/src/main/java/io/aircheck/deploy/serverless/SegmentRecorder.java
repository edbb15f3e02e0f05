package io.aircheck.deploy.serverless;

import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.picture.PictureAnalysis;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A detector that finds nothing and writes down everything: what a task tells its detectors, in
 * order, with pictures and sound as objects of a bucket. One for each segment.
 */
final class SegmentRecorder implements Detector {
  private final ObjectStore objects;
  private final String prefix;
  private final int number;
  private final Map<String, Segment.Picture> before;
  private final Map<String, Segment.Picture> last;
  private final long pictureStepMicros;
  private final InstantSource clock;
  private final long begunMillis;
  private final Map<String, Long> nextPictureMicros = new HashMap<>();
  private final List<Segment.Step> steps = new ArrayList<>();
  private final ByteArrayOutputStream sound = new ByteArrayOutputStream();
  private int samples;
  private @Nullable MediaInfo format;
  private boolean ended;
  private boolean cut;

  /**
   * @param prefix of the names of its objects
   * @param before last picture of each track so far
   * @param pictureStepMicros of each so much time one picture is written; 0: all are
   * @param clock tells when what is neither picture nor sound came
   */
  SegmentRecorder(
      ObjectStore objects,
      String prefix,
      int number,
      Map<String, Segment.Picture> before,
      long pictureStepMicros,
      InstantSource clock) {
    this.objects = objects;
    this.prefix = prefix;
    this.number = number;
    this.before = before;
    this.last = new HashMap<>(before);
    this.pictureStepMicros = pictureStepMicros;
    this.clock = clock;
    this.begunMillis = clock.millis();
  }

  /** This one, as a task is given it. */
  ConfiguredDetector configured() {
    DetectorFactory factory =
        new DetectorFactory() {
          @Override
          public String kind() {
            return "segment.recorder";
          }

          @Override
          public String version() {
            return "1";
          }

          @Override
          public String summary() {
            return "Writes down what is to be looked at elsewhere.";
          }

          @Override
          public List<OptionSpec> options() {
            return List.of();
          }

          @Override
          public Detector create(Options options) {
            return SegmentRecorder.this;
          }
        };
    return new ConfiguredDetector(factory, Options.of(factory.kind(), List.of(), Map.of()));
  }

  /** Whether the input was opened, or is known to be away. */
  boolean hasBegun() {
    return format != null;
  }

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    if (format == null) {
      format = info;
    } else {
      add(new MediaEvent.FormatChange(info, ptsMicros));
    }
  }

  @Override
  public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
    if (pictureStepMicros > 0 && !isDue(frame)) {
      return;
    }
    List<Segment.Plane> planes = new ArrayList<>();
    for (int p = 0; p < frame.planeCount(); p++) {
      planes.add(new Segment.Plane(frame.planeWidth(p), frame.planeHeight(p)));
    }
    String key =
        "%s/%s-%015d.png".formatted(prefix, frame.trackId().replace(':', '-'), frame.ptsMicros());
    Segment.Picture picture =
        new Segment.Picture(
            key,
            frame.trackId(),
            frame.ptsMicros(),
            Math.max(frame.durationMicros(), pictureStepMicros),
            frame.wallClockMillis(),
            frame.bitDepth(),
            frame.colorRange(),
            planes,
            frame.keyFrame(),
            frame.interlaced(),
            frame.corrupt(),
            frame.concealed(),
            continues(frame));
    put(key, PlanePng.encode(frame));
    last.put(frame.trackId(), picture);
    steps.add(picture);
  }

  /** An input that was opened anew for this segment goes on after the last picture before it. */
  private boolean continues(FrameView frame) {
    return frame.previous() != null
        || (!cut
            && before.containsKey(frame.trackId())
            && before.get(frame.trackId()) == last.get(frame.trackId()));
  }

  private boolean isDue(FrameView frame) {
    long due = nextPictureMicros.getOrDefault(frame.trackId(), Long.MIN_VALUE);
    if (frame.ptsMicros() < due) {
      return false;
    }
    long step = Math.floorDiv(frame.ptsMicros(), pictureStepMicros) + 1;
    nextPictureMicros.put(frame.trackId(), step * pictureStepMicros);
    return true;
  }

  @Override
  public void onAudio(AudioView audio, ObservationSink out) {
    steps.add(
        new Segment.Sound(
            prefix + "/sound.f32",
            samples,
            audio.trackId(),
            audio.ptsMicros(),
            audio.wallClockMillis(),
            audio.sampleRate(),
            audio.channelLayout(),
            audio.sampleCount(),
            audio.corrupt()));
    try (DataOutputStream data = new DataOutputStream(sound)) {
      for (int c = 0; c < audio.channels(); c++) {
        float[] channel = audio.channel(c);
        for (int i = 0; i < audio.sampleCount(); i++) {
          data.writeFloat(channel[i]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    samples += audio.channels() * audio.sampleCount();
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    cut |= event instanceof MediaEvent.Discontinuity;
    add(event);
  }

  private void add(MediaEvent event) {
    steps.add(new Segment.Event(event, clock.millis()));
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    end(ptsMicros);
  }

  private void end(long ptsMicros) {
    ended = true;
    add(new MediaEvent.End(ptsMicros));
  }

  /**
   * The segment, with its sound written.
   *
   * @param fromMicros media time of its beginning
   * @param toMicros media time reached
   * @param unopened what is known of the input when it was not opened at all
   * @param over whether it is the last one, whatever the input says
   * @param arrived see {@link Calls.Converted#arrived}
   */
  Segment done(long fromMicros, long toMicros, MediaInfo unopened, boolean over, boolean arrived) {
    if (over && !ended) {
      end(toMicros);
    }
    if (samples > 0) {
      put(prefix + "/sound.f32", sound.toByteArray());
    }
    return new Segment(
        number,
        format == null ? unopened : format,
        fromMicros,
        toMicros,
        begunMillis,
        ended,
        arrived,
        this.before,
        steps);
  }

  private void put(String key, byte[] bytes) {
    try {
      objects.put(key, bytes);
    } catch (ObjectStoreException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing: what is recorded goes into the bucket, not into states. */
  @Override
  public void snapshot(DataOutput state) {}

  @Override
  public void restore(DataInput state) {}
}
