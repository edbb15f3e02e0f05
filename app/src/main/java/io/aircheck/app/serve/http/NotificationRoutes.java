package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.channels.Channel;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.store.Outbox;
import io.aircheck.core.store.Page;
import io.aircheck.notify.json.NotificationJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /v1/notifications} and {@code /v1/channels}. */
final class NotificationRoutes implements Routes.Part {
  private final Service service;

  NotificationRoutes(Service service) {
    this.service = service;
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/v1/notifications", Role.VIEWER, this::list);
    routes.on("POST", "/v1/notifications/{id}/resend", Role.OPERATOR, this::resend);
    routes.on("GET", "/v1/channels", Role.VIEWER, this::channels);
    routes.on("POST", "/v1/channels/{id}/test", Role.OPERATOR, this::test);
  }

  private void list(Exchange exchange) {
    Page<Outbox.Entry> page;
    try {
      page =
          service
              .store()
              .outbox()
              .list(
                  exchange.words("status", Outbox.Status.values(), Outbox.Status::word),
                  exchange.query("incident"),
                  exchange.query("cursor"),
                  exchange.limit());
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("cursor must be what \"next\" of the page before said");
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    page.items().forEach(entry -> items.add(NotificationJson.of(entry)));
    page.next().ifPresent(next -> json.put("next", next));
    exchange.json(200, json);
  }

  private void resend(Exchange exchange) {
    String key = exchange.path("id");
    Outbox outbox = service.store().outbox();
    if (outbox.find(key).isEmpty()) {
      throw Problem.notFound("there is no notification " + key);
    }
    if (!outbox.revive(key, System.currentTimeMillis())) {
      throw Problem.conflict("only dead notifications can be sent again; this one is not dead");
    }
    service.duties().wake();
    exchange.json(202, NotificationJson.of(outbox.find(key).orElseThrow()));
  }

  private void channels(Exchange exchange) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    service
        .recipients()
        .channels()
        .forEach(
            (name, channel) -> {
              ObjectNode one = items.addObject();
              one.put("id", name).put("type", channel.type());
              if (exchange.query("check").isPresent()) {
                channel.notifier().check().ifPresent(problem -> one.put("problem", problem));
              }
            });
    exchange.json(200, json);
  }

  /**
   * Sends something that everybody sees to be a test, past the outbox, and tells what came of it.
   */
  private void test(Exchange exchange) {
    String name = exchange.path("id");
    Channel channel = service.recipients().channels().get(name);
    if (channel == null) {
      throw Problem.notFound("there is no channel " + name);
    }
    Notifier notifier = channel.notifier();
    Delivery delivery = notifier.deliver(sample(name));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (delivery) {
      case Delivery.Delivered delivered ->
          json.put("delivered", true).put("answer", delivered.answer());
      case Delivery.RetryAfter retry -> json.put("delivered", false).put("answer", retry.reason());
      case Delivery.Rejected rejected ->
          json.put("delivered", false).put("answer", rejected.reason());
    }
    exchange.json(200, json);
  }

  private static Notification sample(String channel) {
    long now = System.currentTimeMillis();
    Incident incident =
        new Incident(
            Incident.id("aircheck-test", "test", now),
            "aircheck-test",
            "test",
            Incident.State.OPEN,
            Severity.INFO,
            1,
            now,
            now,
            now,
            1,
            List.of(),
            List.of("test"),
            Map.of(),
            "This is a test of the channel %s; nothing is wrong.".formatted(channel),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            1);
    return Notification.of(
        new IncidentChange(IncidentChange.Type.OPENED, incident, now), channel, Map.of());
  }
}
