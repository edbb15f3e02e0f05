package io.aircheck.audience.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.audience.crowd.Arrivals;
import io.aircheck.audience.crowd.Content;
import io.aircheck.audience.crowd.DayCurve;
import io.aircheck.audience.crowd.Population;
import io.aircheck.audience.simulation.Audience;
import io.aircheck.audience.simulation.Simulation;
import io.aircheck.audience.truth.TrueMeasure;
import io.aircheck.audience.viewer.Habits;
import io.aircheck.audience.viewer.Reporting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CourierTest {
  private static final long BEGIN = 1_800_000_000_000L;

  private static Simulation simulation() {
    Audience audience =
        new Audience(
            Population.before(List.of(Content.channel("channel-1"))),
            new Arrivals.Flow(500, DayCurve.CONSTANT),
            Habits.USUAL,
            List.of(),
            Reporting.USUAL,
            600_000);
    return new Simulation(audience, 1, BEGIN);
  }

  private static List<Delivery> all(Courier courier) {
    List<Delivery> deliveries = new ArrayList<>();
    for (Delivery next = courier.next(); next != null; next = courier.next()) {
      deliveries.add(next);
    }
    return deliveries;
  }

  private static long reports(List<Delivery> deliveries) {
    return deliveries.stream().mapToLong(delivery -> delivery.post().reports()).sum();
  }

  @Test
  void withoutTroubles_everythingArrivesOnceAndInOrderOfArrival() {
    Simulation simulation = simulation();
    List<Delivery> deliveries = all(new Courier(simulation, Troubles.NONE, 1));

    assertThat(deliveries).extracting(Delivery::millis).isSorted();
    assertThat(deliveries)
        .allMatch(d -> d.millis() - d.post().millis() >= 40 && d.millis() - d.post().millis() <= 60)
        .noneMatch(Delivery::repeated);
    assertThat(deliveries).doesNotHaveDuplicates();
    // What silent viewers had not sent yet is not in the truth either.
    assertThat(reports(deliveries)).isEqualTo(simulation.truth().total().get(TrueMeasure.REPORTS));
  }

  @Test
  void lostAndDoubled_areByTheirShares() {
    Troubles troubles = new Troubles(10, 1_000, 0.2, 0.3, 0.1, 60_000);
    Courier courier = new Courier(simulation(), troubles, 1);
    List<Delivery> deliveries = all(courier);

    long posts = all(new Courier(simulation(), Troubles.NONE, 1)).size();
    long once = deliveries.stream().filter(delivery -> !delivery.repeated()).count();
    double deviation = 4 * 0.5 / Math.sqrt((double) posts);
    assertThat(once / (double) posts).isCloseTo(0.8, within(deviation));
    assertThat((deliveries.size() - once) / (double) once).isCloseTo(0.3, within(1.2 * deviation));
    assertThat(courier.lostReports()).isPositive();
    assertThat(deliveries).extracting(Delivery::millis).isSorted();
    assertThat(deliveries).anyMatch(d -> d.millis() - d.post().millis() > 30_000);
  }

  @Test
  void shares_aboveOne_areRefused() {
    assertThatThrownBy(() -> new Troubles(0, 0, 1.5, 0, 0, 0))
        .hasMessage("lost is 1.5, must be from 0 to 1");
  }
}
