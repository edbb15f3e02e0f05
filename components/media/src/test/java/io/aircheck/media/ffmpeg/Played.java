package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** What a source delivered, reduced to what can be kept. */
final class Played {
  /** A picture. */
  record Picture(long ptsMicros, long durationMicros, int width, int luma, boolean hasPrevious) {}

  /** A run of sound. */
  record Sound(long ptsMicros, int sampleCount, int channels, float peak) {}

  final List<Picture> pictures = new ArrayList<>();
  final List<Picture> late = new ArrayList<>();
  final List<Sound> sounds = new ArrayList<>();
  final List<MediaEvent.CodedPicture> sizes = new ArrayList<>();
  final List<MediaEvent> events = new ArrayList<>();

  /** Time of the first sample above half of full scale, or -1. */
  long firstLoudMicros = -1;

  static Played all(MediaSource source) throws MediaException {
    Played played = new Played();
    while (!(played.take(source.next()) instanceof MediaEvent.End)) {
      // Goes on to the end.
    }
    return played;
  }

  MediaEvent take(MediaEvent event) {
    switch (event) {
      case MediaEvent.Video video -> pictures.add(picture(video.frame()));
      case MediaEvent.Late again -> late.add(picture(again.frame()));
      case MediaEvent.Audio audio -> sound(audio.audio());
      case MediaEvent.CodedPictures coded -> sizes.addAll(coded.pictures());
      default -> events.add(event);
    }
    return event;
  }

  private static Picture picture(FrameView frame) {
    long sum = 0;
    for (int y = 0; y < frame.height(); y += 8) {
      for (int x = 0; x < frame.width(); x += 8) {
        sum += frame.plane(0).get(ValueLayout.JAVA_BYTE, (long) y * frame.stride(0) + x) & 0xff;
      }
    }
    int count = ((frame.height() + 7) / 8) * ((frame.width() + 7) / 8);
    return new Picture(
        frame.ptsMicros(),
        frame.durationMicros(),
        frame.width(),
        (int) (sum / count),
        frame.previous() != null);
  }

  private void sound(AudioView audio) {
    float peak = 0;
    for (int i = 0; i < audio.sampleCount(); i++) {
      float value = Math.abs(audio.channel(0)[i]);
      peak = Math.max(peak, value);
      if (value > 0.5 && firstLoudMicros < 0) {
        firstLoudMicros = audio.ptsMicros() + i * 1_000_000L / audio.sampleRate();
      }
    }
    sounds.add(new Sound(audio.ptsMicros(), audio.sampleCount(), audio.channels(), peak));
  }

  /** Time of the first white picture, or -1. */
  long firstWhiteMicros() {
    return pictures.stream()
        .filter(picture -> picture.luma() > 200)
        .mapToLong(Picture::ptsMicros)
        .findFirst()
        .orElse(-1);
  }

  /** Events of one kind, in order. */
  <E extends MediaEvent> List<E> events(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
