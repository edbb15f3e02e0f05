package io.aircheck.audience.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PopulationTest {
  @Test
  void values_areDrawnByTheirWeights() {
    Choice<String> choice =
        new Choice.Builder<String>().add("a", 6).add("b", 3).add("c", 1).build();
    SplittableRandom random = new SplittableRandom(1);
    Map<String, Integer> drawn = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      drawn.merge(choice.draw(random), 1, Integer::sum);
    }

    // Four standard deviations of a binomial count are at most 633.
    assertThat(drawn.get("a")).isCloseTo(60_000, within(633));
    assertThat(drawn.get("b")).isCloseTo(30_000, within(633));
    assertThat(drawn.get("c")).isCloseTo(10_000, within(633));
  }

  @Test
  void person_hasAValueOfEveryDimension() {
    Content channel = Content.channel("channel-1");
    Population population = Population.before(List.of(channel));

    Person person = population.draw(channel, new SplittableRandom(2));

    for (Dimension dimension : Dimension.values()) {
      assertThat(person.cohort().value(dimension)).as(dimension.id()).isNotEmpty();
    }
    assertThat(person.before(Content.channel("channel-2")).cohort().value(Dimension.CONTENT))
        .isEqualTo("channel-2");
  }

  @Test
  void content_thatCannotBeTold_isRefused() {
    assertThatThrownBy(() -> Content.channel("a\"b")).hasMessageContaining("without quotes");
    assertThatThrownBy(() -> Content.channel("")).hasMessageContaining("1 to 128");
    assertThatThrownBy(() -> new Content("a", true, 0, List.of(800, 400)))
        .hasMessageContaining("must rise");
    assertThatThrownBy(() -> Content.onDemand("a", 0)).hasMessageContaining("duration");
  }
}
