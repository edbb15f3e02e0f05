package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.settings.MuteSettings;
import io.aircheck.app.serve.settings.PolicySettings;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.settings.RouteSettings;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.core.incident.IncidentChange;
import java.util.Collection;
import java.util.Map;

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
      policy(
          policies.addObject(),
          name,
          settings.policies().getOrDefault(name, PolicySettings.SILENT));
    }
    ArrayNode routes = json.putArray("routes");
    settings.routes().forEach(route -> route(routes.addObject(), route));
    ArrayNode mutes = json.putArray("mutes");
    settings.mutes().forEach(mute -> mute(mutes.addObject(), mute));
    ArrayNode tokens = json.putArray("tokens");
    settings
        .tokens()
        .forEach(
            token -> tokens.addObject().put("name", token.name()).put("role", token.role().word()));
    exchange.json(200, json);
  }

  private static void policy(ObjectNode json, String name, PolicySettings policy) {
    json.put("name", name);
    policy.extending().ifPresent(other -> json.put("extends", other));
    policy.detectors().ifPresent(kinds -> words(json.putArray("detectors"), kinds));
    ObjectNode options = json.putObject("options");
    policy
        .options()
        .forEach((detector, values) -> values.forEach(options.putObject(detector)::put));
    ObjectNode severities = json.putObject("severities");
    policy.severities().forEach((kind, severity) -> severities.put(kind, severity.word()));
    policy.minSeverity().ifPresent(severity -> json.put("minSeverity", severity.word()));
    policy.recovery().ifPresent(time -> json.put("recoverySeconds", time.toMillis() / 1000.0));
  }

  private static void route(ObjectNode json, RouteSettings route) {
    words(json.putArray("channels"), route.channels());
    labels(json, route.labels());
    words(json.putArray("kinds"), route.kinds());
    json.put("minSeverity", route.minSeverity().word());
    words(
        json.putArray("events"),
        route.events().stream().map(IncidentChange.Type::word).sorted().toList());
    route
        .hours()
        .ifPresent(
            hours ->
                json.put(
                    "hours", "%s to %s, %s".formatted(hours.from(), hours.to(), hours.zone())));
    json.put("continue", route.goOn());
  }

  private static void mute(ObjectNode json, MuteSettings mute) {
    json.put("reason", mute.reason());
    words(json.putArray("streams"), mute.streams());
    labels(json, mute.labels());
    words(json.putArray("kinds"), mute.kinds());
    mute.from().ifPresent(from -> json.put("from", from.toString()));
    mute.to().ifPresent(to -> json.put("to", to.toString()));
  }

  private static void labels(ObjectNode json, Map<String, String> labels) {
    labels.forEach(json.putObject("labels")::put);
  }

  private static void words(ArrayNode json, Collection<String> words) {
    words.forEach(json::add);
  }
}
