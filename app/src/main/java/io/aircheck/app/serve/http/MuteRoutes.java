package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.copies.CopyMember;
import io.aircheck.app.serve.mutes.Mute;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.notify.json.IncidentJson;
import io.helidon.http.HeaderNames;

/** {@code /v1/mutes}: mutes that people ask for, beside those of the configuration file. */
final class MuteRoutes implements Routes.Part {
  private final Service service;

  MuteRoutes(Service service) {
    this.service = service;
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/v1/mutes", Role.VIEWER, this::list);
    routes.on("POST", "/v1/mutes", Role.OPERATOR, this::create);
    routes.on("DELETE", "/v1/mutes/{id}", Role.OPERATOR, this::remove);
  }

  private void list(Exchange exchange) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    service
        .settings()
        .mutes()
        .forEach(mute -> items.add(SettingsJson.of(mute).put("declaredIn", "file")));
    service.recipients().mutes().list().forEach(mute -> items.add(json(mute)));
    exchange.json(200, json);
  }

  private void create(Exchange exchange) throws SettingsException {
    Mute mute = service.recipients().mutes().create(exchange.body(), exchange.caller().name());
    service.member().ifPresent(CopyMember::streamsChanged);
    exchange.response().header(HeaderNames.LOCATION, "/v1/mutes/" + mute.id());
    exchange.json(201, json(mute));
  }

  private void remove(Exchange exchange) {
    if (!service.recipients().mutes().remove(exchange.path("id"))) {
      throw Problem.notFound(
          "there is no mute " + exchange.path("id") + " that was added over the API");
    }
    service.member().ifPresent(CopyMember::streamsChanged);
    exchange.done(204);
  }

  private static ObjectNode json(Mute mute) {
    return SettingsJson.of(mute.settings())
        .put("id", mute.id())
        .put("declaredIn", "api")
        .put("by", mute.by())
        .put("created", IncidentJson.time(mute.createdMillis()));
  }
}
