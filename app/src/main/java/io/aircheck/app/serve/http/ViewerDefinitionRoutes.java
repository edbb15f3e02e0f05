package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.app.serve.viewers.Viewers;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Ratio;
import io.aircheck.experience.place.PlaceFile;
import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.session.SessionPolicy;

/** What is measured of viewers, and what is kept of them: {@code /v1/viewers/definitions}. */
final class ViewerDefinitionRoutes implements Routes.Part {
  private final Service service;

  ViewerDefinitionRoutes(Service service) {
    this.service = service;
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/v1/viewers/definitions", Role.VIEWER, this::definitions);
  }

  private void definitions(Exchange exchange) {
    Viewers viewers = CollectorRoutes.viewers(service);
    CubeSpec spec = viewers.audience().spec();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("windowSeconds", spec.windowMillis() / 1000);
    json.put("spanSeconds", spec.spanMillis() / 1000);
    ArrayNode groupings = json.putArray("groupings");
    for (CubeSpec.Grouping grouping : spec.groupings()) {
      grouping.dimensions().forEach(groupings.addArray()::add);
    }
    ArrayNode measures = json.putArray("measures");
    for (Measure measure : Measure.values()) {
      measures
          .addObject()
          .put("id", measure.id())
          .put("unit", measure.unit())
          .put("meaning", measure.meaning());
    }
    ArrayNode ratios = json.putArray("ratios");
    for (Ratio ratio : Ratio.values()) {
      ratios
          .addObject()
          .put("id", ratio.id())
          .put("unit", ratio.unit())
          .put("over", ratio.over().id())
          .put("under", ratio.under().id())
          .put("times", ratio.scale());
    }
    json.set("kept", kept(viewers));
    exchange.json(200, json);
  }

  private ObjectNode kept(Viewers viewers) {
    ViewerSettings settings = service.settings().viewers();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("reportsSeconds", settings.keepReportsFor().toSeconds());
    json.put("reportsBytes", viewers.journalBytes());
    json.put("mostReportsBytes", settings.maxBytes().bytes());
    json.put("sessionsSeconds", SessionPolicy.DEFAULT.retainMillis() / 1000);
    json.put("sumsSeconds", viewers.audience().spec().spanMillis() / 1000);
    json.put("doNotTrack", settings.doNotTrack());
    json.put("country", settings.countryHeader().isPresent());
    json.put("network", settings.networkHeader().isPresent());
    json.put("region", settings.keeps(Attributes.REGION));
    ArrayNode locations = json.putArray("locations");
    for (PlaceFile file : viewers.places()) {
      ObjectNode location = locations.addObject();
      location.put("file", file.name()).put("madeAt", file.made().toString());
      file.problem().ifPresent(problem -> location.put("problem", problem));
    }
    settings.customKeys().values().stream()
        .sorted()
        .forEach(json.putArray("customAttributes")::add);
    return json;
  }
}
