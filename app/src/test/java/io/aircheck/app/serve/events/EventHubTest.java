package io.aircheck.app.serve.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventHubTest {
  private final EventHub hub = new EventHub();

  private static List<EventHub.Event> drain(EventHub.Subscription subscription)
      throws InterruptedException {
    List<EventHub.Event> events = new ArrayList<>();
    Optional<EventHub.Event> next = subscription.next(0);
    while (next.isPresent()) {
      events.add(next.get());
      next = subscription.next(0);
    }
    return events;
  }

  @Test
  void publish_toListener_inOrder() throws Exception {
    try (EventHub.Subscription subscription = hub.subscribe(null)) {
      hub.publish("a", "1");
      hub.publish("b", "2");

      assertThat(drain(subscription)).extracting(EventHub.Event::data).containsExactly("1", "2");
    }
  }

  @Test
  void subscribe_withLastId_getsWhatWasMissed() throws Exception {
    String last;
    try (EventHub.Subscription first = hub.subscribe(null)) {
      hub.publish("a", "1");
      last = drain(first).getLast().id();
    }
    hub.publish("a", "2");
    hub.publish("a", "3");

    try (EventHub.Subscription again = hub.subscribe(last)) {
      assertThat(drain(again)).extracting(EventHub.Event::data).containsExactly("2", "3");
    }
  }

  @Test
  void subscribe_withIdOfAnotherProcess_isToldToLoadAnew() throws Exception {
    hub.publish("a", "1");

    try (EventHub.Subscription subscription = hub.subscribe("other-1")) {
      assertThat(drain(subscription))
          .extracting(EventHub.Event::name)
          .containsExactly(EventHub.RESET);
    }
  }

  @Test
  void publish_listenerTooSlow_isToldToLoadAnewAndHoldsNobodyUp() throws Exception {
    try (EventHub.Subscription slow = hub.subscribe(null)) {
      for (int i = 0; i < 1001; i++) {
        hub.publish("a", Integer.toString(i));
      }
      hub.publish("a", "last");

      assertThat(drain(slow)).extracting(EventHub.Event::name).containsExactly(EventHub.RESET, "a");
    }
  }

  @Test
  void close_listener_isOver() throws Exception {
    try (EventHub.Subscription subscription = hub.subscribe(null)) {
      hub.close();

      assertThat(subscription.isOver()).isTrue();
      assertThat(subscription.next(0)).isPresent();
    }
  }
}
