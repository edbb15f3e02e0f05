package io.aircheck.media.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.SpliceSignal.Type;
import io.aircheck.testkit.SpliceSections;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpliceSectionTest {

  private static List<SpliceCue> read(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    return SpliceSection.read(bytes, bytes.length);
  }

  private static List<SpliceCue> read(byte[] bytes) {
    return SpliceSection.read(bytes, bytes.length);
  }

  /** ANSI/SCTE 35, 14.1. */
  @Test
  void timeSignal_placementOpportunityStart_isOutWithDuration() {
    assertThat(read("/DA0AAAAAAAA///wBQb+cr0AUAAeAhxDVUVJSAAAjn/PAAGlmbAICAAAAAAsoKGKNAIAmsnRfg=="))
        .containsExactly(
            new SpliceCue(
                Type.OUT,
                "segmentation provider_placement_opportunity",
                Integer.toString(0x4800008e),
                OptionalLong.of(0x072bd0050L),
                OptionalLong.of(307_000_000),
                false,
                "segmentation provider_placement_opportunity, event 1207959694"));
  }

  /** ANSI/SCTE 35, 14.2. */
  @Test
  void spliceInsert_outOfNetwork_isOutThatReturnsByItself() {
    assertThat(read("/DAvAAAAAAAA///wFAVIAACPf+/+c2nALv4AUsz1AAAAAAAKAAhDVUVJAAABNWLbowo="))
        .containsExactly(
            new SpliceCue(
                Type.OUT,
                "splice_insert",
                Integer.toString(0x4800008f),
                OptionalLong.of(0x07369c02eL),
                OptionalLong.of(0x00052ccf5L * 100 / 9),
                true,
                "splice_insert, event 1207959695"));
  }

  /** ANSI/SCTE 35, 14.3. */
  @Test
  void timeSignal_placementOpportunityEnd_isInOfTheSameMeans() {
    SpliceCue end =
        read("/DAvAAAAAAAA///wBQb+dGKQoAAZAhdDVUVJSAAAjn+fCAgAAAAALKChijUCAKnMZ1g=").getFirst();

    assertThat(end.type()).isEqualTo(Type.IN);
    assertThat(end.means()).isEqualTo("segmentation provider_placement_opportunity");
    assertThat(end.eventId()).isEqualTo(Integer.toString(0x4800008e));
    assertThat(end.pts()).hasValue(0x0746290a0L);
  }

  /** ANSI/SCTE 35, 14.6: a programme ends and the next begins. */
  @Test
  void timeSignal_programmesOnly_saysNothingOfBreaks() {
    assertThat(
            read(
                "/DBIAAAAAAAA///wBQb+ek2ItgAyAhdDVUVJSAAAGH+fCAgAAAAALMvDRBEAAAIXQ1VFSUgAABl/nwgI"
                    + "AAAAACyk26AQAACZcuND"))
        .isEmpty();
  }

  @Test
  void read_adjustment_isAddedModulo33Bits() {
    byte[] time = {(byte) 0xff, -1, -1, -1, -1};
    byte[] section = SpliceSections.segmentation(1, 0x22, (1L << 33) - 1, -1);
    byte[] adjusted =
        SpliceSections.section(
            2, 6, time, Arrays.copyOfRange(section, 21, section.length - 4), false);

    assertThat(read(adjusted).getFirst().pts()).hasValue(1);
  }

  @Test
  void spliceInsert_immediateReturn_hasNoTime() {
    SpliceCue in = read(SpliceSections.in(7, -1)).getFirst();

    assertThat(in.type()).isEqualTo(Type.IN);
    assertThat(in.pts()).isEmpty();
    assertThat(in.durationMicros()).isEmpty();
  }

  @Test
  void read_encrypted_saysThatAndNoMore() {
    byte[] section = SpliceSections.section(0, 5, new byte[20], new byte[0], true);

    assertThat(read(section)).extracting(SpliceCue::type).containsExactly(Type.ENCRYPTED);
  }

  @Test
  void read_wrongCrc_isUnreadable() {
    byte[] section = SpliceSections.out(1, 90_000, 2_700_000, false);
    section[15] ^= 1;

    assertThat(read(section)).extracting(SpliceCue::type).containsExactly(Type.UNREADABLE);
    assertThat(read(section).getFirst().detail()).contains("CRC");
  }

  @Test
  void read_everyTruncation_isUnreadable() {
    byte[] section = SpliceSections.out(1, 90_000, 2_700_000, false);

    for (int length = 0; length < section.length; length++) {
      assertThat(SpliceSection.read(section, length))
          .extracting(SpliceCue::type)
          .containsExactly(Type.UNREADABLE);
    }
  }

  @Test
  void read_garbageWithGoodCrc_neverThrows() {
    Random random = new Random(35);
    for (int i = 0; i < 20_000; i++) {
      byte[] command = new byte[random.nextInt(40)];
      byte[] descriptors = new byte[random.nextInt(60)];
      random.nextBytes(command);
      random.nextBytes(descriptors);
      byte[] section =
          SpliceSections.section(
              random.nextLong(), 5 + random.nextInt(2), command, descriptors, false);

      assertThat(read(section)).hasSizeLessThan(60);
    }
  }
}
