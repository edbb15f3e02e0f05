package io.aircheck.app.serve.http;

import io.aircheck.app.serve.events.EventHub;
import io.aircheck.app.serve.settings.Role;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code /v1/events}: everything that changes, as server-sent events. */
final class EventRoutes implements Routes.Part {
  /** Shorter than what proxies and browsers take for a dead connection. */
  private static final long HEARTBEAT_MILLIS = 15_000;

  private final EventHub hub;

  EventRoutes(EventHub hub) {
    this.hub = hub;
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/v1/events", Role.VIEWER, this::events);
  }

  private void events(Exchange exchange) {
    exchange.response().status(200);
    exchange.response().header(HeaderNames.CONTENT_TYPE, "text/event-stream");
    try (EventHub.Subscription subscription =
            hub.subscribe(exchange.header("Last-Event-ID").orElse(null));
        OutputStream out = exchange.response().outputStream()) {
      write(out, "retry: 2000\n\n");
      while (!subscription.isOver()) {
        Optional<EventHub.Event> event = subscription.next(HEARTBEAT_MILLIS);
        write(out, event.map(EventRoutes::text).orElse(": still here\n\n"));
      }
    } catch (IOException | UncheckedIOException e) {
      // The listener has left; nothing is lost that was not kept.
    } catch (InterruptedException e) {
      // The server is being stopped.
      Thread.currentThread().interrupt();
    }
  }

  private static String text(EventHub.Event event) {
    String id = event.id().isEmpty() ? "" : "id: " + event.id() + "\n";
    return id + "event: " + event.name() + "\ndata: " + event.data() + "\n\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
