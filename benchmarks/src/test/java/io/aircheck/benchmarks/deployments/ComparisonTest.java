package io.aircheck.benchmarks.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Sighting SILENCE =
      new Sighting("audio.silence", 30_400_000, 42_400_000, "error", 1, 7);
  private static final Sighting BLACK =
      new Sighting("video.black", 30_400_000, 42_400_000, "error", 1, 7);
  private static final Sighting BLACK_BY_SECONDS =
      new Sighting("video.black", 31_000_000, 43_000_000, "error", 1, 9);

  @Test
  void differences_sameIncidentsToldLater_areNone() {
    Sighting later = new Sighting("video.black", 30_400_000, 42_400_000, "error", 1, 9_999);

    assertThat(Comparison.of("flink").differences(List.of(SILENCE, BLACK), List.of(SILENCE, later)))
        .isEmpty();
  }

  @Test
  void differences_pictureASecond_mayBeASecondOffInWhatIsSeenAlone() {
    Sighting silenceBySeconds =
        new Sighting("audio.silence", 31_000_000, 42_400_000, "error", 1, 9);

    assertThat(
            Comparison.of("serverless-10s")
                .differences(List.of(SILENCE, BLACK), List.of(silenceBySeconds, BLACK_BY_SECONDS)))
        .containsExactly("audio.silence begins at 31.000 s, not at 30.400 s");
    assertThat(Comparison.of("copies").differences(List.of(BLACK), List.of(BLACK_BY_SECONDS)))
        .containsExactly(
            "video.black begins at 31.000 s, not at 30.400 s",
            "video.black ends at 43.000 s, not at 42.400 s");
  }

  @Test
  void differences_incidentLostOrDoubled_areTold() {
    assertThat(Comparison.of("isolated").differences(List.of(SILENCE, BLACK), List.of(BLACK)))
        .containsExactly("incidents of [video.black], not of [audio.silence, video.black]");
    assertThat(Comparison.of("isolated").differences(List.of(BLACK), List.of(BLACK, BLACK)))
        .containsExactly("incidents of [video.black, video.black], not of [video.black]");
  }

  @Test
  void differences_otherSeverityOrFindingTwice_areTold() {
    Sighting other = new Sighting("video.black", 30_400_000, 42_400_000, "warning", 2, 7);

    assertThat(Comparison.of("isolated").differences(List.of(BLACK), List.of(other)))
        .containsExactly(
            "video.black is of severity warning, not error",
            "video.black was found 2 times, not 1");
  }
}
