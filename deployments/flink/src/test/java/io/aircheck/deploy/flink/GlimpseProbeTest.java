package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.testkit.TestFrame;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GlimpseProbeTest {
  private final GlimpseProbe probe =
      new GlimpseProbe(frame -> Optional.of(new byte[] {(byte) frame.ptsMicros()}));

  private void picture(long ptsMicros) {
    probe.picture(TestFrame.grey(16, 16, 128).at(ptsMicros, 40_000));
  }

  @Test
  void take_metricsOfManyPictures_hasTheLatestOfEachOnce() {
    probe.metric("video:0", "luma", 0, 1);
    probe.metric("video:0", "luma", 40, 2);
    probe.metric("video:1", "luma", 40, 3);

    assertThat(probe.take().values())
        .containsExactly(
            new Glimpse.Value("video:0", "luma", 40, 2),
            new Glimpse.Value("video:1", "luma", 40, 3));
    probe.metric("video:1", "luma", 80, 4);
    assertThat(probe.take().values()).containsExactly(new Glimpse.Value("video:1", "luma", 80, 4));
    assertThat(probe.take().values()).isEmpty();
  }

  @Test
  void take_severalStills_hasTheLatestFewOnce() {
    picture(1);
    picture(2);
    assertThat(probe.take().stills()).extracting(Glimpse.Still::ptsMicros).containsExactly(1L, 2L);

    for (int i = 3; i < 13; i++) {
      picture(i);
    }
    assertThat(probe.take().stills())
        .extracting(Glimpse.Still::ptsMicros)
        .containsExactly(9L, 10L, 11L, 12L);
    assertThat(probe.take().stills()).isEmpty();
  }
}
