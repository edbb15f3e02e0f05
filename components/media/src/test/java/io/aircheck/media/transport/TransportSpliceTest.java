package io.aircheck.media.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.SpliceSignal;
import io.aircheck.core.media.SpliceSignal.Type;
import io.aircheck.media.splice.SpliceSection;
import io.aircheck.testkit.SpliceSections;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransportSpliceTest {
  /** Time stamps begin at 1.4 s; media time 0 is there. */
  private static final long START = 126_000;

  private final TransportAnalyzer analyzer = new TransportAnalyzer();

  /** Reads a stream in pieces, with media time as the time stamps have it. */
  private List<SpliceSignal> splices(byte[] stream, int pieces) {
    List<SpliceSignal> signals = new ArrayList<>();
    for (int at = 0; at < stream.length; at += pieces) {
      analyzer.accept(stream, at, Math.min(pieces, stream.length - at));
      for (TransportSplice splice = analyzer.pollSplice();
          splice != null;
          splice = analyzer.pollSplice()) {
        signals.add(splice.toSignal(point -> (point.pts() - START) * 100 / 9));
      }
    }
    return signals;
  }

  private static TestTransportStream stream() {
    return new TestTransportStream().splices();
  }

  private static TestTransportStream splice(TestTransportStream stream, byte[] section) {
    return stream.section(TestTransportStream.SPLICE_PID, section);
  }

  @Test
  void pollSplice_spliceInsert_isOnMediaTime() {
    byte[] out = SpliceSections.out(5, START + 4 * 90_000, 30 * 90_000, true);
    byte[] bytes = splice(stream().run(1000), out).run(1000).toBytes();

    assertThat(splices(bytes, 1000))
        .containsExactly(
            new SpliceSignal(
                Type.OUT,
                "splice_insert",
                "5",
                4_000_000,
                OptionalLong.of(30_000_000),
                true,
                "splice_insert, event 5"));
  }

  @Test
  void pollSplice_anyPieces_givesTheSame() {
    TestTransportStream stream = stream().run(200);
    for (int i = 0; i < 5; i++) {
      splice(stream, SpliceSections.out(i, START + i * 90_000, 90_000, false)).run(200);
    }
    byte[] bytes = stream.toBytes();
    List<SpliceSignal> whole = new TransportSpliceTest().splices(bytes, bytes.length);

    assertThat(whole).hasSize(5);
    assertThat(splices(bytes, 7)).isEqualTo(whole);
  }

  @Test
  void pollSplice_immediate_isAtTheLastPicture() {
    byte[] bytes = splice(stream().run(1000), SpliceSections.in(5, -1)).run(200).toBytes();

    assertThat(splices(bytes, 1000)).extracting(SpliceSignal::ptsMicros).containsExactly(980_000L);
  }

  @Test
  void pollSplice_beforeTheFirstPicture_waitsForIt() {
    TestTransportStream stream = stream();
    stream.section(0, TestTransportStream.pat());
    stream.section(TestTransportStream.PMT_PID, TestTransportStream.spliceMap());
    byte[] bytes =
        splice(stream, SpliceSections.out(5, START + 90_000, -1, false)).run(200).toBytes();

    assertThat(splices(bytes, 188)).extracting(SpliceSignal::ptsMicros).containsExactly(1_000_000L);
  }

  @Test
  void pollSplice_acrossTheWrap_goesTheShorterWay() {
    long wrap = 1L << 33;
    byte[] section = SpliceSections.out(1, 45_000, -1, false);
    TransportSplice splice =
        new TransportSplice(
            SpliceSection.read(section, section.length).getFirst(),
            new StreamPoint(0, wrap - 45_000));

    assertThat(splice.toSignal(point -> 7_000_000).ptsMicros()).isEqualTo(8_000_000);
  }

  @Test
  void pollSplice_withoutStreamType_findsNothing() {
    TestTransportStream plain = new TestTransportStream();
    byte[] bytes = splice(plain.run(500), SpliceSections.in(1, -1)).run(200).toBytes();

    assertThat(splices(bytes, 1000)).isEmpty();
  }

  @Test
  void pollSplice_garbageOnThePid_isBoundedAndHarmless() {
    Random random = new Random(7);
    TestTransportStream stream = stream().run(500);
    for (int i = 0; i < 3000; i++) {
      byte[] packet = stream.packet(TestTransportStream.SPLICE_PID, random.nextBoolean());
      for (int b = 4; b < packet.length; b++) {
        packet[b] = (byte) random.nextInt();
      }
      stream.raw(packet);
    }
    splice(stream, SpliceSections.in(9, -1)).run(200);

    assertThat(splices(stream.toBytes(), 4096))
        .filteredOn(signal -> signal.type() != Type.UNREADABLE)
        .extracting(SpliceSignal::eventId)
        .containsExactly("9");
  }

  @Test
  void pollSplice_damagedSection_isTold() {
    byte[] section = SpliceSections.out(5, START, -1, false);
    section[16] ^= 4;
    byte[] bytes = splice(stream().run(500), section).run(200).toBytes();

    assertThat(splices(bytes, 1000))
        .extracting(SpliceSignal::type)
        .containsExactly(Type.UNREADABLE);
  }
}
