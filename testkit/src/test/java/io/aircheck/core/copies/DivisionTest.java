package io.aircheck.core.copies;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.copies.CopyDirectory.Member;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DivisionTest {
  private static final Set<String> KINDS = Set.of("video.black", "video.freeze", "audio.hum");

  private static Member copy(String id, Map<String, String> labels, String... detectors) {
    return new Member(
        new Copy(id, "", Copy.Role.WORKER, "1", List.of(detectors), labels, 1), false, true);
  }

  private static List<Share> divide(Member... members) {
    return divide(KINDS, Set.of(), members);
  }

  private static List<Share> divide(Set<String> kinds, Set<String> together, Member... members) {
    return Division.of(
        "news", Map.of("region", "eu"), kinds, together, List.of(members), (stream, share) -> 0.5);
  }

  @Test
  void of_oneCopyRunsAll_isOneShare() {
    List<Share> shares = divide(copy("a", Map.of(), "video.*"), copy("b", Map.of(), "*"));

    assertThat(shares).extracting(Share::share).containsExactly(Division.WHOLE);
    assertThat(shares.getFirst().detectors()).isEqualTo(KINDS);
    assertThat(Division.detectors(Division.WHOLE)).isEmpty();
  }

  @Test
  void of_copiesWithParts_isAShareForEachPartThatTogetherAreAll() {
    List<Share> shares = divide(copy("a", Map.of(), "audio.*"), copy("b", Map.of(), "video.*"));

    assertThat(shares)
        .extracting(Share::share)
        .containsExactly("video.black,video.freeze", "audio.hum");
    assertThat(Division.detectors("video.black,video.freeze"))
        .contains(new TreeSet<>(Set.of("video.black", "video.freeze")));
  }

  @Test
  void of_partsThatOverlap_runsEachDetectorOnce() {
    List<Share> shares =
        divide(
            copy("a", Map.of(), "audio.hum", "video.black"),
            copy("b", Map.of(), "video.black", "video.freeze"));

    assertThat(shares).hasSize(2);
    assertThat(shares.stream().flatMap(share -> share.detectors().stream()))
        .containsExactlyInAnyOrderElementsOf(KINDS);
  }

  @Test
  void of_detectorThatNoCopyRuns_isAShareOfItsOwn() {
    List<Share> shares = divide(copy("a", Map.of(), "video.*"));

    assertThat(shares)
        .extracting(Share::share)
        .containsExactly("video.black,video.freeze", "audio.hum");
  }

  @Test
  void of_copyThatRunsAllButTakesOtherStreams_doesNotCount() {
    List<Share> shares =
        divide(
            copy("us", Map.of("region", "us"), "*"),
            copy("eu", Map.of("region", "eu"), "video.*"),
            copy("any", Map.of(), "audio.*"));

    assertThat(shares).hasSize(2);
  }

  @Test
  void of_kindsThatNeedEachOther_areInOneShare() {
    Set<String> kinds = Set.of("video.black", "signature.picture", "signature.sound");
    Set<String> together = Set.of("signature.picture", "signature.sound");

    List<Share> shares =
        divide(
            kinds,
            together,
            copy("a", Map.of(), "video.*", "signature.picture"),
            copy("b", Map.of(), "signature.*"));

    assertThat(shares)
        .extracting(Share::share)
        .containsExactly("signature.picture,signature.sound", "video.black");
  }

  @Test
  void of_kindsThatNeedEachOtherAndNoCopyRunsBoth_waitTogether() {
    Set<String> kinds = Set.of("signature.picture", "signature.sound");

    List<Share> shares =
        divide(
            kinds,
            kinds,
            copy("a", Map.of(), "signature.picture"),
            copy("b", Map.of(), "signature.sound"));

    assertThat(shares)
        .extracting(Share::share)
        .containsExactly("signature.picture,signature.sound");
  }

  @Test
  void of_nobody_isOneShareThatWaits() {
    assertThat(divide()).extracting(Share::share).containsExactly(Division.WHOLE);
  }
}
