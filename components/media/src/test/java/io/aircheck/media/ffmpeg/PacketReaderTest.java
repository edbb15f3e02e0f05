package io.aircheck.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.media.input.FileInput;
import io.aircheck.media.input.PartSupplier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketReaderTest {
  private static final int PICTURES = 50;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "matroska", "mpegts"})
  void read_anyContainer_packetsHoldLittleMoreThanTheirSize(String container) throws Exception {
    Path file = TestMedia.write(folder.resolve("in"), container, PICTURES);

    List<Long> spare = new ArrayList<>();
    for (AVPacket packet : packets(file)) {
      spare.add(packet.buf().size() - packet.size());
    }

    assertThat(spare)
        .hasSizeGreaterThan(PICTURES)
        .allSatisfy(s -> assertThat(s).isLessThan(20_000));
  }

  @Test
  void read_transportStream_packetsAreWholeAndDated() throws Exception {
    Path file =
        TestMedia.write(folder.resolve("in"), "mpegts", PICTURES, ChannelLayout.MONO, Map.of());

    List<AVPacket> packets = packets(file);

    assertThat(packets).allSatisfy(packet -> assertThat(packet.data().isNull()).isFalse());
    // An access unit of H.264 begins with a start code, and ends in zeroes that decoders read.
    List<AVPacket> pictures = packets.stream().filter(p -> p.stream_index() == 0).toList();
    assertThat(pictures)
        .hasSize(PICTURES)
        .allSatisfy(
            packet -> {
              assertThat(packet.data().get(0)).isZero();
              assertThat(packet.data().get(1)).isZero();
              assertThat(packet.data().get(packet.size())).isZero();
              assertThat(packet.duration()).isPositive();
            });
  }

  /** Freed by nobody: so few do no harm. */
  private static List<AVPacket> packets(Path file) throws Exception {
    FileInput input = FileInput.open(file);
    PacketReader reader =
        new PacketReader(
            new PartDemuxers(PartSupplier.of(input), file.toString(), MediaLimits.DEFAULT),
            MediaLimits.DEFAULT,
            new CommonEncryption(file.toString(), SourceRequest.of("").decryptionKeys()));
    List<AVPacket> packets = new ArrayList<>();
    try {
      Item item = reader.read();
      while (!(item instanceof Item.End)) {
        if (item instanceof Item.Packet packet) {
          packets.add(packet.packet());
        } else {
          PacketReader.release(item);
        }
        item = reader.read();
      }
    } finally {
      reader.close();
    }
    return packets;
  }
}
