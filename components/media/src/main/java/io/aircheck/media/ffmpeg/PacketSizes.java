package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaEvent.CodedPicture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Collects the sizes of pictures by track, to tell of several at once. Times are continuous
 * microseconds. One thread.
 */
final class PacketSizes {
  /** About how long a run is: seldom enough to cost nothing, often enough to be noticed soon. */
  private static final long RUN_MICROS = 200_000;

  /** Far more than a run has; a track whose times stand still must not collect without end. */
  private static final int MOST_PICTURES = 256;

  private final Map<String, List<CodedPicture>> collected = new HashMap<>();

  /** Pictures that followed each other, one at least. */
  record Run(String trackId, List<CodedPicture> pictures) {
    long untilMicros() {
      return pictures.getLast().decodeMicros();
    }

    /** The event, once it is known which continuous time is media time 0. */
    MediaEvent event(long originMicros) {
      return new MediaEvent.CodedPictures(
          trackId,
          untilMicros() - originMicros,
          pictures.stream()
              .map(each -> new CodedPicture(each.decodeMicros() - originMicros, each.bytes()))
              .toList());
    }
  }

  /**
   * Takes note of a packet with a picture; key pictures are passed over.
   *
   * @return the run that is complete with what came before the packet, or null
   */
  @Nullable Run take(String trackId, Ticks ticks, AVPacket packet) {
    long time = packet.dts() != avutil.AV_NOPTS_VALUE ? packet.dts() : packet.pts();
    boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
    if (key || time == avutil.AV_NOPTS_VALUE) {
      return null;
    }
    CodedPicture picture = new CodedPicture(ticks.toMicros(time), packet.size());
    List<CodedPicture> run = collected.computeIfAbsent(trackId, id -> new ArrayList<>());
    Run complete = null;
    if (!run.isEmpty() && (run.size() >= MOST_PICTURES || isOver(run.getFirst(), picture))) {
      complete = new Run(trackId, List.copyOf(run));
      run.clear();
    }
    run.add(picture);
    return complete;
  }

  private static boolean isOver(CodedPicture first, CodedPicture next) {
    long micros = next.decodeMicros() - first.decodeMicros();
    return micros < 0 || micros >= RUN_MICROS;
  }

  /** What comes does not continue what was there. */
  void clear() {
    collected.clear();
  }
}
