package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.incident.IncidentPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CourierTest {
  private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();

  private static Delivery delivery(String word) {
    Run run = new Run(word, "s", true, List.of(), IncidentPolicy.DEFAULT);
    return new Delivery(
        word, List.of(new Outcome.Ended(run, List.of(), Optional.empty(), false, 0)));
  }

  private Desk desk(int port) throws IOException {
    return new Desk(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        "secret",
        outcome -> arrived.add(((Outcome.Ended) outcome).run().id()));
  }

  private String next() throws InterruptedException {
    return String.valueOf(arrived.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void hold_checkpointIsComplete_arrivesInOrder() throws Exception {
    try (Desk desk = desk(0);
        Courier courier = new Courier(new DeskLink(desk.address()))) {
      courier.hold(1, delivery("a"));
      courier.hold(2, delivery("b"));
      courier.hold(3, delivery("c"));
      courier.complete(2);

      assertThat(List.of(next(), next())).containsExactly("a", "b");
      assertThat(arrived).isEmpty();
    }
    assertThat(arrived).isEmpty();
  }

  @Test
  void hold_sameDeliveryAgain_isTakenOnce() throws Exception {
    try (Desk desk = desk(0);
        Courier courier = new Courier(new DeskLink(desk.address()))) {
      courier.hold(Long.MIN_VALUE, delivery("a"));
      courier.hold(Long.MIN_VALUE, delivery("a"));
      courier.hold(Long.MIN_VALUE, delivery("b"));

      assertThat(List.of(next(), next())).containsExactly("a", "b");
    }
  }

  @Test
  void hold_deskIsAway_arrivesWhenItIsBack() throws Exception {
    Desk before = desk(0);
    int port = before.address().getPort();
    before.close();
    try (Courier courier = new Courier(new DeskLink(before.address()))) {
      courier.hold(Long.MIN_VALUE, delivery("a"));
      assertThat(courier.undelivered()).hasSize(1);
      try (Desk back = desk(port)) {
        assertThat(back.address()).isEqualTo(before.address());
        assertThat(next()).isEqualTo("a");
      }
    }
  }
}
