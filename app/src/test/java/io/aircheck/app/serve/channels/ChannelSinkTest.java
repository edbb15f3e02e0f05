package io.aircheck.app.serve.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.notify.IncidentSink.Batch;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.testkit.FakeNotifier;
import io.aircheck.testkit.TestIncidents;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelSinkTest {
  private static final long OPENED_MILLIS = 1_766_599_200_000L;

  private final FakeNotifier notifier = new FakeNotifier();
  private Instant now = Instant.ofEpochMilli(OPENED_MILLIS);
  private final ChannelSink sink =
      new ChannelSink(
          notifier,
          notification -> !notification.change().incident().stream().equals("untold"),
          Duration.ofHours(24),
          () -> now);

  private static Notification opened(String stream) {
    return Notification.of(TestIncidents.opened(stream, OPENED_MILLIS), "ops", Map.of());
  }

  private static Batch batch(String id, String... streams) {
    return new Batch(id, List.of(streams).stream().map(ChannelSinkTest::opened).toList());
  }

  private List<String> told() {
    return notifier.attempts().stream().map(one -> one.change().incident().stream()).toList();
  }

  @Test
  void take_severalChanges_areToldInOrderAsRoutesSay() throws IOException {
    sink.take(batch("1", "a", "untold", "b"));

    assertThat(told()).containsExactly("a", "b");
  }

  @Test
  void take_channelIsAwayInTheMiddle_goesOnBehindWhatWasDelivered() throws IOException {
    notifier.answering(
        new Delivery.Delivered("ok"), new Delivery.RetryAfter("away", Optional.empty()));
    assertThatThrownBy(() -> sink.take(batch("1", "a", "b", "c")))
        .isInstanceOf(IOException.class)
        .hasMessage("away");

    assertThat(sink.open()).isEmpty();
    sink.take(batch("1", "a", "b", "c"));

    assertThat(told()).containsExactly("a", "b", "b", "c");
    assertThat(notifier.received().get(1)).isEqualTo(notifier.received().get(2));
  }

  @Test
  void take_channelRefuses_othersAreTold() throws IOException {
    notifier.answering(new Delivery.Rejected("too long"));

    sink.take(batch("1", "a", "b"));

    assertThat(told()).containsExactly("a", "b");
  }

  @Test
  void open_channelHasAskedForARest_isNotCalledBeforeItIsOver() throws IOException {
    notifier.answering(new Delivery.RetryAfter("busy", Optional.of(Duration.ofSeconds(30))));
    assertThatThrownBy(() -> sink.take(batch("1", "a"))).isInstanceOf(IOException.class);

    assertThatThrownBy(sink::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("left alone");
    now = now.plusSeconds(30);

    assertThat(sink.open()).isEmpty();
  }

  @Test
  void take_changeIsOld_isNotToldAsNews() throws IOException {
    now = now.plus(Duration.ofHours(25));

    sink.take(batch("1", "a"));

    assertThat(told()).isEmpty();
  }
}
