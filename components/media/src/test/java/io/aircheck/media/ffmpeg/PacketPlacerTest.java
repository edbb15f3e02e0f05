package io.aircheck.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.media.input.InputJournal;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;

class PacketPlacerTest {
  private static final long NONE = avutil.AV_NOPTS_VALUE;

  private final PacketPlacer placer = new PacketPlacer(new InputJournal(), false);

  /** Places pictures of 40 ms in a container of milliseconds; their times of presentation then. */
  private List<Long> place(long[] present, long[] decode) {
    placer.container("matroska,webm");
    List<Long> placed = new ArrayList<>();
    try (StreamSpec spec =
        new StreamSpec(
            0, true, avcodec.avcodec_parameters_alloc(), new Ticks(1, 1000), 64, 25, null)) {
      for (int i = 0; i < present.length; i++) {
        AVPacket packet = avcodec.av_packet_alloc();
        packet.pts(present[i]);
        packet.dts(decode[i]);
        packet.duration(40);
        placer.place(0, spec, packet, -1, 0);
        placed.add(packet.pts());
        avcodec.av_packet_free(packet);
      }
    }
    return placed;
  }

  @Test
  void reorderedPicturesWithoutDecodingTime_areNoJump() {
    List<Long> placed = place(new long[] {7, 167, 87, 47}, new long[] {NONE, NONE, 7, 47});

    assertThat(placer.takeJumps()).isEmpty();
    assertThat(placed).containsExactly(7L, 167L, 87L, 47L);
  }
}
