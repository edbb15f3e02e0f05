package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.settings.MuteSettings;
import io.aircheck.app.serve.settings.PolicySettings;
import io.aircheck.app.serve.settings.RouteSettings;
import io.aircheck.core.incident.IncidentChange;
import java.util.Collection;
import java.util.Map;

/** Settings as JSON, for people to read. Nothing secret is in it. */
final class SettingsJson {
  private SettingsJson() {}

  static ObjectNode of(String name, PolicySettings policy) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
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
    return json;
  }

  static ObjectNode of(RouteSettings route) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
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
    return json;
  }

  static ObjectNode of(MuteSettings mute) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("reason", mute.reason());
    words(json.putArray("streams"), mute.streams());
    labels(json, mute.labels());
    words(json.putArray("kinds"), mute.kinds());
    mute.from().ifPresent(from -> json.put("from", from.toString()));
    mute.to().ifPresent(to -> json.put("to", to.toString()));
    return json;
  }

  private static void labels(ObjectNode json, Map<String, String> labels) {
    labels.forEach(json.putObject("labels")::put);
  }

  private static void words(ArrayNode json, Collection<String> words) {
    words.forEach(json::add);
  }
}
