package io.aircheck.media.segments;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransportTimesTest {
  private final TransportTimes times = new TransportTimes();

  private void add(byte[] bytes) {
    times.bytes(bytes, 0, bytes.length);
  }

  @Test
  void durationMicros_tenPicturesAFifthApart_isTwoSeconds() {
    add(TestTransport.pictures(7, 2));

    assertThat(times.startMicros()).hasValue(7_000_000);
    assertThat(times.durationMicros()).hasValue(2_000_000);
  }

  @Test
  void durationMicros_acrossTheTimestampWrap_isTheSame() {
    add(TestTransport.pictures((1L << 33) / 90_000.0 - 1, 2));

    assertThat(times.durationMicros().orElseThrow()).isBetween(1_999_900L, 2_000_100L);
  }

  @Test
  void durationMicros_inPiecesOfAnySize_isTheSame() {
    byte[] bytes = TestTransport.pictures(7, 2);
    for (int i = 0; i < bytes.length; i += 7) {
      times.bytes(bytes, i, Math.min(7, bytes.length - i));
    }

    assertThat(times.durationMicros()).hasValue(2_000_000);
  }

  @Test
  void startMicros_soundAndPictures_isThatOfThePictures() {
    add(TestTransport.packet(TestTransport.AUDIO, 90_000));
    add(TestTransport.packet(TestTransport.VIDEO, 180_000));

    assertThat(times.startMicros()).hasValue(2_000_000);
  }

  @Test
  void durationMicros_withoutTimes_isUnknown() {
    add(new byte[1880]);

    assertThat(times.startMicros()).isEmpty();
    assertThat(times.durationMicros()).isEmpty();
  }
}
