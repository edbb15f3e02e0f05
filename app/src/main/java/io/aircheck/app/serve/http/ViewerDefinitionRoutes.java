package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.viewers.KnownViewers;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Ratio;

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
    KnownViewers viewers = CollectorRoutes.known(service);
    CubeSpec spec = viewers.spec();
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
    json.set("kept", KeptJson.of(viewers, service.viewers(), service.keepsLeftViewers()));
    exchange.json(200, json);
  }
}
