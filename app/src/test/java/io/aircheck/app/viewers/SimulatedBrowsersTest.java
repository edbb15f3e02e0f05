package io.aircheck.app.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.audience.crowd.Content;
import io.aircheck.audience.crowd.Population;
import io.aircheck.audience.crowd.Population.Machine;
import io.aircheck.experience.intake.Arrivals;
import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.intake.OptOut;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The service sees the browsers that the truth speaks of. */
final class SimulatedBrowsersTest {
  @Test
  void userAgents_areReadAsTheDevicesAndBrowsersThatTheyAre() {
    Arrivals arrivals = new Arrivals(address -> Location.UNKNOWN, OptOut.DEFAULT, Set.of());
    Population population = Population.before(List.of(Content.channel("channel-1")));

    for (Machine machine : population.machines().values()) {
      Sender sender = new Sender(null, machine.userAgent(), null, null);
      Arrival arrival = arrivals.of(0, "event", sender, Map.of());
      assertThat(arrival).isNotNull();
      assertThat(arrival.attributes())
          .as(machine.userAgent())
          .containsEntry(Attributes.DEVICE, machine.device())
          .containsEntry(Attributes.BROWSER, machine.browser())
          .doesNotContainKey(Attributes.BOT);
    }
  }
}
