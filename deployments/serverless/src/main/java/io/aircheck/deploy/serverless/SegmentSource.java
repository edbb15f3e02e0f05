package io.aircheck.deploy.serverless;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plays back a segment that a {@link SegmentRecorder} wrote. */
final class SegmentSource implements MediaSource {
  private final Segment segment;
  private final List<Segment.Step> steps;
  private final ObjectStore objects;
  private final Map<String, StoredFrame> last = new HashMap<>();
  private MediaInfo info;
  private int next = -1;
  private long wallClockMillis;
  private byte @Nullable [] sound;

  /**
   * @param continues whether the detectors have seen the segment before it
   */
  SegmentSource(Segment segment, ObjectStore objects, boolean continues) {
    this.segment = segment;
    this.steps = new ArrayList<>(segment.steps());
    if (continues) {
      segment
          .before()
          .forEach((track, picture) -> last.put(track, new StoredFrame(picture, objects, null)));
    } else {
      steps.addFirst(
          new Segment.Event(
              new MediaEvent.Discontinuity(
                  null, segment.fromMicros(), 0, MediaEvent.Discontinuity.Cause.NOT_DECODED),
              segment.wallClockMillis()));
    }
    this.objects = objects;
    this.info = segment.format();
    this.wallClockMillis = segment.wallClockMillis();
  }

  @Override
  public MediaInfo info() {
    return info;
  }

  /** Whether everything has been played. */
  boolean isOver() {
    return next >= steps.size();
  }

  /** How many of its steps have been played. */
  int step() {
    return next;
  }

  /** When the latest picture, sound or event was received, milliseconds since the epoch. */
  long wallClockMillis() {
    return wallClockMillis;
  }

  @Override
  public MediaEvent next() throws MediaException {
    int step = next++;
    if (step < 0) {
      return new MediaEvent.FormatChange(info, segment.fromMicros());
    }
    return switch (steps.get(step)) {
      case Segment.Picture picture -> picture(picture);
      case Segment.Sound run -> sound(run);
      case Segment.Event other -> {
        wallClockMillis = other.wallClockMillis();
        if (other.event() instanceof MediaEvent.FormatChange change) {
          info = change.info();
        }
        yield other.event();
      }
    };
  }

  private MediaEvent picture(Segment.Picture picture) {
    wallClockMillis = picture.wallClockMillis();
    StoredFrame before = picture.continues() ? last.get(picture.trackId()) : null;
    StoredFrame frame = new StoredFrame(picture, objects, before == null ? null : before.alone());
    last.put(picture.trackId(), frame);
    return new MediaEvent.Video(frame);
  }

  private MediaEvent sound(Segment.Sound run) throws MediaException {
    wallClockMillis = run.wallClockMillis();
    byte[] all = sound;
    try {
      if (all == null) {
        all = objects.get(run.key());
        sound = all;
      }
    } catch (IOException e) {
      throw new MediaException(MediaException.Reason.NOT_FOUND, String.valueOf(e.getMessage()), e);
    }
    int channels = run.channelLayout().size();
    float[][] samples = new float[channels][run.sampleCount()];
    ByteBuffer data = ByteBuffer.wrap(all).position(run.offset() * Float.BYTES);
    for (float[] channel : samples) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = data.getFloat();
      }
    }
    return new MediaEvent.Audio(new StoredSound(run, samples));
  }

  private record StoredSound(Segment.Sound run, float[][] samples) implements AudioView {
    @Override
    public String trackId() {
      return run.trackId();
    }

    @Override
    public long ptsMicros() {
      return run.ptsMicros();
    }

    @Override
    public long wallClockMillis() {
      return run.wallClockMillis();
    }

    @Override
    public int sampleRate() {
      return run.sampleRate();
    }

    @Override
    public ChannelLayout channelLayout() {
      return run.channelLayout();
    }

    @Override
    public int sampleCount() {
      return run.sampleCount();
    }

    @Override
    public float[] channel(int index) {
      return samples[index];
    }

    @Override
    public boolean corrupt() {
      return run.corrupt();
    }
  }

  /** So many steps in; a task that is suspended here is gone on with in the next segment. */
  @Override
  public String position() {
    return Integer.toString(segment.number());
  }

  @Override
  public void stop() {}

  @Override
  public void close() {}
}
