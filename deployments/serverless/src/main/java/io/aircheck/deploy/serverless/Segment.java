package io.aircheck.deploy.serverless;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.ColorRange;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import java.util.List;
import java.util.Map;

/**
 * What one call of the converter took from an input, in the order in which a task told it: the
 * manifest beside the objects that it names.
 *
 * @param number counts from 0
 * @param format tracks of the input at its beginning
 * @param fromMicros media time of its beginning
 * @param toMicros media time reached
 * @param wallClockMillis when it was begun, milliseconds since the epoch
 * @param ended whether the input ended in it
 * @param arrived see {@link Calls.Converted#arrived}
 * @param before the last picture of each track before it, by track id
 * @param steps what came, in order
 */
record Segment(
    int number,
    MediaInfo format,
    long fromMicros,
    long toMicros,
    long wallClockMillis,
    boolean ended,
    boolean arrived,
    Map<String, Picture> before,
    List<Step> steps) {

  Segment {
    before = Map.copyOf(before);
    steps = List.copyOf(steps);
  }

  /** One thing that came. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Picture.class, name = "picture"),
    @JsonSubTypes.Type(value = Sound.class, name = "sound"),
    @JsonSubTypes.Type(value = Event.class, name = "event")
  })
  sealed interface Step {}

  /**
   * A picture, but for its samples.
   *
   * @param key name of the object with its samples, see {@link PlanePng}
   * @param planes size of each plane in samples
   * @param continues whether the picture before it in the track is the one that detectors compare
   *     it with
   */
  record Picture(
      String key,
      String trackId,
      long ptsMicros,
      long durationMicros,
      long wallClockMillis,
      int bitDepth,
      ColorRange colorRange,
      List<Plane> planes,
      boolean keyFrame,
      boolean interlaced,
      boolean corrupt,
      boolean concealed,
      boolean continues)
      implements Step {}

  /** Size of a plane in samples. */
  record Plane(int width, int height) {}

  /**
   * A run of sound, but for its samples.
   *
   * @param key name of the object that holds the sound of the segment
   * @param offset where in it the run begins, in samples of all channels
   */
  record Sound(
      String key,
      int offset,
      String trackId,
      long ptsMicros,
      long wallClockMillis,
      int sampleRate,
      ChannelLayout channelLayout,
      int sampleCount,
      boolean corrupt)
      implements Step {}

  /**
   * Anything else.
   *
   * @param wallClockMillis when it was told, milliseconds since the epoch
   */
  record Event(MediaEvent event, long wallClockMillis) implements Step {}
}
