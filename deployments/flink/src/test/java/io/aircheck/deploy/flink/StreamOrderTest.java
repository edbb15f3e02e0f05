package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.net.OutboundPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamOrderTest {
  private static StreamSpec stream(Map<String, Double> options) {
    return new StreamSpec(
        "s",
        SourceRequest.of("a"),
        Optional.empty(),
        List.of(),
        List.of(new DetectorChoice("video.black", options)),
        true);
  }

  private static String run(StreamSpec stream, String... folds) {
    return StreamOrder.of(stream, List.of(folds), IncidentPolicy.DEFAULT, Map.of()).run();
  }

  /** What it is now, so that a service goes on with the job that another one has left. */
  @Test
  void of_sameSettings_isTheSameRunInAnyProcess() {
    assertThat(run(stream(Map.of("a", 1.0, "b", 2.0, "c", 3.0)), "ladder"))
        .isEqualTo("s/75b61f8577f15f63");
  }

  @Test
  void of_watchedLessClosely_isTheSameRun() {
    StreamSpec stream = stream(Map.of());

    assertThat(run(stream.withWatching(Watching.lightly()))).isEqualTo(run(stream));
  }

  @Test
  void of_inputsMayLeadElsewhere_isTheSameRunWithThoseTerms() {
    AddressRule rule = new OutboundPolicy(Set.of("https"), false, List.of());
    StreamSpec held = stream(Map.of()).withAddresses(rule);

    StreamOrder order = StreamOrder.of(held, List.of(), IncidentPolicy.DEFAULT, Map.of());

    assertThat(order.run()).isEqualTo(run(stream(Map.of())));
    assertThat(order.addresses()).isEqualTo(rule.terms());
  }

  @Test
  void of_otherOptionsOrFolds_isAnotherRun() {
    String plain = run(stream(Map.of()));

    assertThat(run(stream(Map.of("a", 1.0)))).isNotEqualTo(plain);
    assertThat(run(stream(Map.of()), "ladder")).isNotEqualTo(plain);
  }
}
