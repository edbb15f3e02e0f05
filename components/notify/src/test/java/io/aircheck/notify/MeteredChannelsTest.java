package io.aircheck.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.notify.NotifierFactory;
import io.aircheck.testkit.FakeNotifier;
import io.aircheck.testkit.TestIncidents;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MeteredChannelsTest {
  private static final OutboundPolicy OPEN = new OutboundPolicy(Set.of("http"), true, List.of());

  private final Meter meter = new Meter();

  @Test
  void deliver_countsWhatWasDelivered_andNoAttemptThatFailed() {
    FakeNotifier fake =
        new FakeNotifier()
            .answering(
                new Delivery.RetryAfter("busy", Optional.empty()),
                new Delivery.Rejected("unknown"),
                new Delivery.Delivered("ok"));
    Notifier channel =
        new NotifierCatalog(List.of(fake.factory())).create("fake", Map.of(), OPEN, meter);
    Notification notification =
        Notification.of(TestIncidents.opened("news", 1_766_599_200_000L), "desk", Map.of());

    channel.deliver(notification);
    channel.deliver(notification);
    assertThat(meter.usage()).isEqualTo(Usage.NONE);
    assertThat(channel.deliver(notification)).isEqualTo(new Delivery.Delivered("ok"));

    assertThat(meter.usage()).isEqualTo(Usage.of(Quantity.MESSAGES, 1));
  }

  @Test
  void types_areMeteredAsWhatIsPaidFor() {
    Map<String, Quantity> kinds =
        NotifierCatalog.installed().factories().stream()
            .collect(Collectors.toMap(NotifierFactory::type, NotifierFactory::meteredAs));

    assertThat(kinds)
        .containsEntry("sns", Quantity.MESSAGES)
        .containsEntry("kafka", Quantity.LOG_RECORDS)
        .containsEntry("email", Quantity.MAILS)
        .containsEntry("webhook", Quantity.WEB_CALLS)
        .containsEntry("remedy", Quantity.WEB_CALLS)
        .containsEntry("slack", Quantity.WEB_CALLS)
        .containsEntry("pagerduty", Quantity.WEB_CALLS)
        .containsEntry("alertmanager", Quantity.WEB_CALLS);
  }
}
