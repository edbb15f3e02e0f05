package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.settings.PolicySettings;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.settings.ServiceSettings;

/** {@code /v1/settings}: what was declared, for people to read. Nothing secret is in it. */
final class SettingsRoutes implements Routes.Part {
  private final Service service;

  SettingsRoutes(Service service) {
    this.service = service;
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/v1/settings", Role.VIEWER, this::get);
  }

  private void get(Exchange exchange) {
    ServiceSettings settings = service.settings();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode policies = json.putArray("policies");
    for (String name : service.policies().names()) {
      policies.add(
          SettingsJson.of(name, settings.policies().getOrDefault(name, PolicySettings.SILENT)));
    }
    ArrayNode routes = json.putArray("routes");
    settings.routes().forEach(route -> routes.add(SettingsJson.of(route)));
    ArrayNode mutes = json.putArray("mutes");
    settings.mutes().forEach(mute -> mutes.add(SettingsJson.of(mute)));
    ArrayNode tokens = json.putArray("tokens");
    settings
        .tokens()
        .forEach(
            token -> tokens.addObject().put("name", token.name()).put("role", token.role().word()));
    exchange.json(200, json);
  }
}
