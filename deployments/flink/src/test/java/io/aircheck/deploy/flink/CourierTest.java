package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.incident.IncidentPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class CourierTest {
  private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();

  private static Delivery delivery(String word) {
    Run run = new Run(word, "s", true, List.of(), IncidentPolicy.DEFAULT, Map.of());
    return new Delivery(
        word, List.of(new Outcome.Ended(run, List.of(), Optional.empty(), false, 0)));
  }

  private Desk desk(int port) throws IOException {
    return new Desk(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        "secret",
        outcome -> arrived.add(((Outcome.Ended) outcome).run().id()));
  }

  private static Courier courier(Desk desk) {
    return new Courier("desk", new DeskLink(desk.address()), List.of());
  }

  /** Remembers what has arrived last, as a sink does, whoever delivers. */
  private final class Shelf implements Recipient {
    private final BlockingQueue<String> troubles = new LinkedBlockingQueue<>();
    private volatile String last = "";

    @Override
    public Optional<String> open() {
      return last.isEmpty() ? Optional.empty() : Optional.of(last);
    }

    @Override
    public void deliver(Delivery delivery) throws IOException {
      String trouble = troubles.poll();
      if ("before".equals(trouble)) {
        throw new IOException("it has not arrived");
      }
      last = delivery.id();
      arrived.add(delivery.id());
      if ("after".equals(trouble)) {
        throw new IOException("it has arrived, and nobody knows");
      }
    }

    @Override
    public void close() {
      arrived.add("closed");
    }
  }

  private String next() throws InterruptedException {
    return String.valueOf(arrived.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void hold_checkpointIsComplete_arrivesInOrder() throws Exception {
    try (Desk desk = desk(0);
        Courier courier = courier(desk)) {
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
        Courier courier = courier(desk)) {
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
    try (Courier courier = courier(before)) {
      courier.hold(Long.MIN_VALUE, delivery("a"));
      assertThat(courier.undelivered()).hasSize(1);
      try (Desk back = desk(port)) {
        assertThat(back.address()).isEqualTo(before.address());
        assertThat(next()).isEqualTo("a");
      }
    }
  }

  @Test
  void deliver_outcomeIsUnknown_arrivesOnce() throws Exception {
    Shelf shelf = new Shelf();
    shelf.troubles.addAll(List.of("after", "before"));
    Courier courier =
        new Courier("shelf", shelf, List.of(delivery("a"), delivery("b"), delivery("c")));
    try (courier) {
      assertThat(List.of(next(), next(), next())).containsExactly("a", "b", "c");
      courier.check();
    }
    assertThat(courier.arrived()).isEqualTo(3);
    assertThat(arrived).containsExactly("closed");
  }

  @Test
  void restored_someOfItHadArrived_goesOnBehindThat() throws Exception {
    Shelf shelf = new Shelf();
    shelf.last = "b";
    List<Delivery> before = List.of(delivery("a"), delivery("b"), delivery("c"));
    try (Courier courier = new Courier("shelf", shelf, before)) {
      assertThat(next()).isEqualTo("c");
      courier.hold(1, delivery("d"));
      courier.complete(1);
      assertThat(next()).isEqualTo("d");
    }
    assertThat(next()).isEqualTo("closed");
    assertThat(arrived).isEmpty();
  }

  @Test
  void resumed_somebodyElseHasDelivered_stopsAndSaysSo() throws Exception {
    Shelf shelf = new Shelf();
    try (Courier courier = new Courier("shelf", shelf, List.of(delivery("a")))) {
      assertThat(next()).isEqualTo("a");
      shelf.last = "from another";
      shelf.troubles.add("before");
      courier.hold(1, delivery("b"));
      courier.complete(1);

      assertThat(next()).isEqualTo("closed");
      assertThatThrownBy(courier::check).hasMessageContaining("another job under the same name");
      assertThat(courier.undelivered()).hasSize(1);
    }
  }
}
