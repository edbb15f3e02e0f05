package io.aircheck.media.transport;

import static io.aircheck.core.media.TransportSignal.Indicator.CAT;
import static io.aircheck.core.media.TransportSignal.Indicator.CONTINUITY_COUNT;
import static io.aircheck.core.media.TransportSignal.Indicator.CRC;
import static io.aircheck.core.media.TransportSignal.Indicator.PAT;
import static io.aircheck.core.media.TransportSignal.Indicator.PCR_DISCONTINUITY;
import static io.aircheck.core.media.TransportSignal.Indicator.PCR_REPETITION;
import static io.aircheck.core.media.TransportSignal.Indicator.PID;
import static io.aircheck.core.media.TransportSignal.Indicator.PMT;
import static io.aircheck.core.media.TransportSignal.Indicator.PTS;
import static io.aircheck.core.media.TransportSignal.Indicator.SYNC_BYTE;
import static io.aircheck.core.media.TransportSignal.Indicator.SYNC_LOSS;
import static io.aircheck.core.media.TransportSignal.Indicator.TRANSPORT_ERROR;
import static io.aircheck.media.transport.TestTransportStream.AUDIO_PID;
import static io.aircheck.media.transport.TestTransportStream.VIDEO_PID;
import static io.aircheck.media.transport.TestTransportStream.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.media.TransportSignal.Indicator;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportAnalyzerTest {

  private static List<TransportViolation> analyze(byte[] bytes, int chunk) {
    TransportAnalyzer analyzer = new TransportAnalyzer();
    for (int at = 0; at < bytes.length; at += chunk) {
      analyzer.accept(bytes, at, Math.min(chunk, bytes.length - at));
    }
    analyzer.finish();
    return drain(analyzer);
  }

  private static List<TransportViolation> analyze(TestTransportStream stream) {
    return analyze(stream.toBytes(), 4096);
  }

  private static List<TransportViolation> drain(TransportAnalyzer analyzer) {
    List<TransportViolation> violations = new ArrayList<>();
    for (TransportViolation v = analyzer.poll(); v != null; v = analyzer.poll()) {
      violations.add(v);
    }
    return violations;
  }

  private static List<Indicator> indicators(List<TransportViolation> violations) {
    return violations.stream().map(TransportViolation::indicator).toList();
  }

  @Test
  void stream_inOrder_hasNoViolation() {
    assertThat(analyze(new TestTransportStream().run(10_000))).isEmpty();
  }

  @Test
  void stream_ofWrappingClock_hasNoViolation() {
    long justBeforeWrap = (1L << 33) / 90 - 2_000;
    assertThat(analyze(new TestTransportStream().shift(justBeforeWrap, false).run(6_000)))
        .isEmpty();
  }

  @Test
  void lostPackets_ofOnePid_areOneViolationWithTheirNumber() {
    List<TransportViolation> found =
        analyze(
            new TestTransportStream()
                .run(2_000)
                .lose(VIDEO_PID, 3)
                .run(200)
                .lose(VIDEO_PID, 1)
                .run(3_000));

    assertThat(found).hasSize(1);
    TransportViolation loss = found.getFirst();
    assertThat(loss.indicator()).isEqualTo(CONTINUITY_COUNT);
    assertThat(loss.pid()).isEqualTo(VIDEO_PID);
    assertThat(loss.count()).isEqualTo(2);
    assertThat(loss.value()).isEqualTo(4);
    assertThat(millis(loss.start())).isEqualTo(1_980);
    assertThat(millis(loss.end())).isEqualTo(2_180);
  }

  @Test
  void fifteenLostPackets_lookLikeARepeatedCounter_areReported() {
    List<TransportViolation> found =
        analyze(new TestTransportStream().run(1_000).lose(VIDEO_PID, 15).run(1_000));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().value()).isEqualTo(15);
  }

  @Test
  void packet_sentTwice_isInOrder_sentThrice_isNot() {
    TestTransportStream stream = new TestTransportStream().run(1_000);
    byte[] packet = stream.packet(AUDIO_PID, false);
    assertThat(analyze(stream.raw(packet).raw(packet).run(1_000))).isEmpty();

    packet = stream.packet(AUDIO_PID, false);
    assertThat(indicators(analyze(stream.raw(packet).raw(packet).raw(packet).run(1_000))))
        .containsExactly(CONTINUITY_COUNT);
  }

  @Test
  void counter_onNullPidOrWithoutPayload_isNotChecked() {
    TestTransportStream stream = new TestTransportStream().run(1_000);
    byte[] empty = stream.packet(TsPacket.NULL_PID, false);
    byte[] clockOnly = new byte[TsPacket.SIZE];
    clockOnly[0] = TsPacket.SYNC_BYTE;
    clockOnly[1] = 1;
    clockOnly[3] = 0x2b;
    clockOnly[4] = (byte) 183;
    assertThat(analyze(stream.raw(empty).raw(empty).raw(clockOnly).run(1_000))).isEmpty();
  }

  @Test
  void counterStep_withDiscontinuityIndicator_isInOrder() {
    assertThat(
            analyze(
                new TestTransportStream()
                    .run(1_000)
                    .lose(VIDEO_PID, 5)
                    .shift(5_000, true)
                    .run(1_000)))
        .isEmpty();
  }

  @Test
  void patOutage_isReportedFromLastToNext() {
    List<TransportViolation> found =
        analyze(new TestTransportStream().run(3_000).pat(false).run(1_500).pat(true).run(2_000));

    assertThat(indicators(found)).containsOnly(PAT);
    assertThat(millis(found.getFirst().start())).isCloseTo(2_900, within(20L));
    assertThat(millis(found.getLast().end())).isCloseTo(4_500, within(40L));
    assertThat(found.getLast().value()).isCloseTo(1_600, within(1.0));
  }

  @Test
  void patOutage_isReportedWhileItLasts() {
    TransportAnalyzer analyzer = new TransportAnalyzer();
    byte[] bytes = new TestTransportStream().run(3_000).pat(false).run(700).toBytes();
    analyzer.accept(bytes, 0, bytes.length);
    TransportViolation violation = analyzer.poll();
    assertThat(violation).isNotNull();
    assertThat(violation.indicator()).isEqualTo(PAT);
  }

  @Test
  void patInterval_upToHalfASecond_isInOrder() {
    assertThat(
            analyze(new TestTransportStream().run(3_000).pat(false).run(400).pat(true).run(2_000)))
        .isEmpty();
  }

  @Test
  void pat_neverThere_isReported() {
    assertThat(indicators(analyze(new TestTransportStream().pat(false).run(3_000)))).contains(PAT);
  }

  @Test
  void pmtOutage_isReported() {
    List<TransportViolation> found =
        analyze(new TestTransportStream().run(2_000).pmt(false).run(900).pmt(true).run(1_000));
    assertThat(indicators(found)).containsOnly(PMT);
    assertThat(found.getLast().value()).isCloseTo(1_000, within(1.0));
  }

  @Test
  void soundMissing_isMissingTimeStampsThenMissingPid() {
    List<TransportViolation> found =
        analyze(
            new TestTransportStream().run(2_000).audio(false).run(6_000).audio(true).run(1_000));
    assertThat(indicators(found)).containsOnly(PTS, PID);
    TransportViolation pid =
        found.stream().filter(v -> v.indicator() == PID).findFirst().orElseThrow();
    assertThat(pid.pid()).isEqualTo(AUDIO_PID);
    assertThat(millis(pid.start())).isEqualTo(1_980);
  }

  @Test
  void clockPause_isReportedAsRepetition() {
    List<TransportViolation> found =
        analyze(new TestTransportStream().run(2_000).clock(false).run(80).clock(true).run(2_000));
    assertThat(indicators(found)).containsExactly(PCR_REPETITION);
    assertThat(found.getFirst().value()).isEqualTo(100);
    assertThat(millis(found.getFirst().start())).isEqualTo(1_980);
  }

  @ParameterizedTest
  @ValueSource(longs = {5_000, -5_000})
  void clockJump_unannounced_isADiscontinuityWithoutLoss(long shiftMillis) {
    TransportAnalyzer analyzer = new TransportAnalyzer();
    byte[] bytes =
        new TestTransportStream().run(2_000).shift(shiftMillis, false).run(2_000).toBytes();
    analyzer.accept(bytes, 0, bytes.length);
    analyzer.finish();

    List<TransportViolation> found = drain(analyzer);
    assertThat(indicators(found)).containsExactly(PCR_DISCONTINUITY);
    assertThat(found.getFirst().value()).isEqualTo(shiftMillis + 20);
    assertThat(analyzer.losses().lostBetween(0, bytes.length)).isFalse();
  }

  @Test
  void clockStep_withLostPackets_isALossNotAJump() {
    TransportAnalyzer analyzer = new TransportAnalyzer();
    byte[] bytes =
        new TestTransportStream()
            .run(2_000)
            .lose(VIDEO_PID, 7)
            .shift(3_000, false)
            .run(2_000)
            .toBytes();
    analyzer.accept(bytes, 0, bytes.length);
    analyzer.finish();

    assertThat(indicators(drain(analyzer)))
        .contains(CONTINUITY_COUNT)
        .doesNotContain(PCR_DISCONTINUITY);
    assertThat(analyzer.losses().lostBetween(bytes.length / 2 - 1_000, bytes.length / 2 + 1_000))
        .isTrue();
    assertThat(analyzer.losses().lostBetween(0, bytes.length / 4)).isFalse();
  }

  @Test
  void transportErrorIndicator_isReported() {
    TestTransportStream stream = new TestTransportStream().run(1_000);
    byte[] damaged = stream.packet(VIDEO_PID, false);
    damaged[1] |= (byte) 0x80;
    assertThat(indicators(analyze(stream.raw(damaged).run(1_000))))
        .containsExactly(TRANSPORT_ERROR);
  }

  @Test
  void table_withWrongCrc_isReported() {
    byte[] pat = TestTransportStream.pat();
    pat[9] ^= 4;
    assertThat(indicators(analyze(new TestTransportStream().run(1_000).section(0, pat).run(1_000))))
        .containsExactly(CRC);
  }

  @Test
  void patPid_withOtherTable_isReported() {
    byte[] other = TestTransportStream.pat();
    other[0] = 0x42;
    assertThat(
            indicators(analyze(new TestTransportStream().run(1_000).section(0, other).run(1_000))))
        .containsExactly(PAT);
  }

  @Test
  void scrambledPackets_withoutConditionalAccessTable_areReported() {
    TestTransportStream stream = new TestTransportStream().run(1_000);
    byte[] scrambled = stream.packet(AUDIO_PID, false);
    scrambled[3] |= (byte) 0xc0;
    assertThat(indicators(analyze(stream.raw(scrambled).run(3_000)))).containsOnly(CAT);
  }

  @Test
  void oneBadSyncByte_isASyncByteError() {
    byte[] bytes = new TestTransportStream().run(2_000).toBytes();
    bytes[188 * 300] = 0;
    assertThat(indicators(analyze(bytes, 1000))).containsExactly(SYNC_BYTE);
  }

  @Test
  void insertedBytes_loseSynchronisation_untilFiveGoodPackets() {
    byte[] bytes = new TestTransportStream().run(2_000).toBytes();
    byte[] shifted = new byte[bytes.length + 50];
    int at = 188 * 300;
    System.arraycopy(bytes, 0, shifted, 0, at);
    System.arraycopy(bytes, at, shifted, at + 50, bytes.length - at);

    List<TransportViolation> found = analyze(shifted, 1000);
    assertThat(indicators(found)).containsExactly(SYNC_LOSS);
    assertThat(found.getFirst().start().position()).isEqualTo(at);
    assertThat(found.getFirst().value()).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(ints = {192, 204})
  void packets_withPrefixOrParity_areFound(int stride) {
    byte[] bytes =
        new TestTransportStream().run(2_000).pat(false).run(1_000).pat(true).run(1_000).toBytes();
    ByteArrayOutputStream padded = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; at += TsPacket.SIZE) {
      padded.writeBytes(new byte[stride == 192 ? 4 : 0]);
      padded.write(bytes, at, TsPacket.SIZE);
      padded.writeBytes(new byte[stride == 204 ? 16 : 0]);
    }
    assertThat(indicators(analyze(padded.toByteArray(), 777))).containsOnly(PAT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 187, 188, 189, 5000, 1 << 20})
  void chunking_doesNotChangeTheResult(int chunk) {
    byte[] bytes =
        new TestTransportStream()
            .run(500)
            .lose(VIDEO_PID, 2)
            .pat(false)
            .run(900)
            .pat(true)
            .shift(-4_000, false)
            .run(1_000)
            .toBytes();
    bytes[188 * 50] = 3;
    assertThat(analyze(bytes, chunk)).isEqualTo(analyze(bytes, bytes.length)).isNotEmpty();
  }

  @Test
  void discontinuity_thatIsToldOf_isNoViolation() {
    TransportAnalyzer analyzer = new TransportAnalyzer();
    byte[] first = new TestTransportStream().run(2_000).toBytes();
    byte[] second = new TestTransportStream().shift(90_000, false).run(2_000).toBytes();
    analyzer.accept(first, 0, first.length);
    analyzer.discontinuity();
    analyzer.accept(second, 0, second.length);
    analyzer.finish();
    assertThat(drain(analyzer)).isEmpty();
  }

  @Test
  void randomBytes_neverThrow() {
    Random random = new Random(101290);
    for (int round = 0; round < 12; round++) {
      byte[] bytes = new byte[188 * 500];
      random.nextBytes(bytes);
      if (round % 2 == 1) {
        // Packets of the PIDs that tables come on, with random content.
        for (int at = 0; at < bytes.length; at += TsPacket.SIZE) {
          bytes[at] = TsPacket.SYNC_BYTE;
          bytes[at + 1] &= (byte) 0x50;
          bytes[at + 2] &= 1;
        }
      }
      assertThat(analyze(bytes, 1 + random.nextInt(3000))).isNotNull();
    }
  }

  @Test
  void mutatedStream_neverThrows() {
    Random random = new Random(1);
    byte[] good = new TestTransportStream().run(1_500).toBytes();
    for (int round = 0; round < 60; round++) {
      byte[] bad = Arrays.copyOf(good, good.length - random.nextInt(400));
      for (int i = 0; i < 1 + round; i++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      assertThat(analyze(bad, 1 + random.nextInt(3000))).isNotNull();
    }
  }
}
