package io.aircheck.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveWindowTest {
  private static final long START = 100_000;

  private final Loop loop = loop(4);

  @Test
  void playlist_atTheStart_hasAHeadStart() {
    LiveWindow window = new LiveWindow(loop, 0, START);

    assertThat(window.playlist())
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:3
            #EXT-X-TARGETDURATION:2
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-DISCONTINUITY-SEQUENCE:0
            #EXTINF:2.000,
            0.ts
            #EXTINF:2.000,
            1.ts
            #EXTINF:2.000,
            2.ts
            #EXTINF:2.000,
            3.ts
            """);
  }

  @Test
  void playlist_loopBeginsAgain_marksAndThenCountsTheDiscontinuity() {
    LiveWindow window = new LiveWindow(loop, 0, START);

    window.advance(START + 2_000);
    assertThat(window.playlist()).contains("3.ts\n#EXT-X-DISCONTINUITY\n#EXTINF:2.000,\n4.ts");

    window.advance(START + 10_000);
    assertThat(window.playlist())
        .contains("#EXT-X-MEDIA-SEQUENCE:4\n#EXT-X-DISCONTINUITY-SEQUENCE:0\n#EXT-X-DISCONTINUITY");

    window.advance(START + 12_000);
    assertThat(window.playlist())
        .contains("#EXT-X-MEDIA-SEQUENCE:5\n#EXT-X-DISCONTINUITY-SEQUENCE:1\n#EXTINF");
  }

  @Test
  void change_otherLoop_isMarked() {
    LiveWindow window = new LiveWindow(loop, 0, START);

    window.change(loop(10));
    window.advance(START + 2_000);

    assertThat(window.newest())
        .satisfies(
            newest -> {
              assertThat(newest.number()).isEqualTo(4);
              assertThat(newest.discontinuous()).isTrue();
            });
  }

  @Test
  void resume_afterAStall_doesNotMakeUpForIt() {
    LiveWindow window = new LiveWindow(loop, 0, START);

    window.resume(START + 60_000);
    window.advance(START + 60_000);

    assertThat(window.newest()).satisfies(newest -> assertThat(newest.number()).isEqualTo(4));
  }

  @Test
  void restart_countsFromZero() {
    LiveWindow window = new LiveWindow(loop, 0, START);
    window.advance(START + 60_000);

    window.restart(2, START + 60_000);

    assertThat(window.playlist()).contains("#EXT-X-MEDIA-SEQUENCE:0\n");
    assertThat(window.find(4)).isEmpty();
  }

  private static Loop loop(int segments) {
    List<byte[]> bodies =
        IntStream.range(0, segments).mapToObj(i -> new byte[] {(byte) i}).toList();
    return new Loop(192, 108, bodies, bodies);
  }
}
