package io.aircheck.app.serve.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.observe.Severity;
import io.aircheck.testkit.DarkDetector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyBookTest {
  private final DetectorCatalog catalog = new DetectorCatalog(List.of(DarkDetector.FACTORY));

  private static PolicySettings policy(
      @Nullable String extending, Map<String, Double> options, @Nullable Duration recovery) {
    return new PolicySettings(
        Optional.ofNullable(extending),
        Optional.empty(),
        Map.of(DarkDetector.KIND, options),
        Map.of(),
        Optional.empty(),
        Optional.ofNullable(recovery),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void find_nothingDeclared_defaultIsThere() throws Exception {
    PolicyBook.Policy policy = PolicyBook.of(Map.of(), catalog).find("default").orElseThrow();

    assertThat(policy.detectors()).extracting(DetectorChoice::kind).containsExactly("test.dark");
    assertThat(policy.incidents().minSeverity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void find_policyThatBuildsOnAnother_takesOverWhatItDoesNotSay() throws Exception {
    PolicyBook book =
        PolicyBook.of(
            Map.of(
                "base", policy(null, Map.of("threshold", 10.0), Duration.ofSeconds(5)),
                "own", policy("base", Map.of("minDurationSeconds", 3.0), null)),
            catalog);

    PolicyBook.Policy own = book.find("own").orElseThrow();

    assertThat(own.detectors().getFirst().options())
        .containsEntry("threshold", 10.0)
        .containsEntry("minDurationSeconds", 3.0);
    assertThat(own.incidents().recoveryMillis()).isEqualTo(5000);
  }

  @Test
  void find_howCloselyToWatch_isTakenOver() throws Exception {
    PolicySettings light =
        PolicySettings.of(
            null, null, null, null, null, null, WatchingMode.LIGHT, Duration.ofSeconds(20), null);
    PolicySettings refusing =
        PolicySettings.of("light", null, null, null, null, null, null, null, WhenFull.REFUSE);

    PolicyBook book = PolicyBook.of(Map.of("light", light, "refusing", refusing), catalog);

    assertThat(book.find("default").orElseThrow().watching()).isEqualTo(WatchingPolicy.DEFAULT);
    assertThat(book.find("refusing").orElseThrow().watching())
        .isEqualTo(new WatchingPolicy(WatchingMode.LIGHT, Duration.ofSeconds(20), WhenFull.REFUSE));
  }

  @Test
  void find_defaultDeclared_othersBuildOnIt() throws Exception {
    PolicyBook book =
        PolicyBook.of(
            Map.of(
                "default", policy(null, Map.of("threshold", 10.0), null),
                "own", policy(null, Map.of(), null)),
            catalog);

    assertThat(book.find("own").orElseThrow().detectors().getFirst().options())
        .containsEntry("threshold", 10.0);
  }

  @Test
  void forPart_whatExcusesFindings_isThereSilently() throws Exception {
    PolicyBook.Policy policy =
        PolicyBook.of(Map.of(), DetectorCatalog.installed()).find("default").orElseThrow();

    assertThat(policy.forPart(Set.of("video.black")))
        .containsExactly(
            new DetectorChoice("video.black", Map.of()),
            new DetectorChoice("splice.break", Map.of(), true));
    assertThat(policy.forPart(Set.of("splice.break")))
        .containsExactly(new DetectorChoice("splice.break", Map.of()));
    assertThat(policy.comparing())
        .containsExactlyInAnyOrder("signature.picture", "signature.sound");
  }
}
