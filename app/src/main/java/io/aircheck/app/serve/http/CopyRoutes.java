package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.copies.CopyMember;
import io.aircheck.app.serve.copies.Fleet;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.Copy;
import io.aircheck.core.copies.CopyDirectory.Member;
import io.aircheck.core.copies.Division;
import java.util.Optional;

/** {@code /v1/copies}: the processes that make the service. */
final class CopyRoutes implements Routes.Part {
  private final Service service;

  CopyRoutes(Service service) {
    this.service = service;
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/v1/copies", Role.VIEWER, this::list);
  }

  private void list(Exchange exchange) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    Optional<CopyMember> member = service.member();
    if (member.isPresent()) {
      Fleet fleet = member.get().fleet();
      fleet.members().forEach(one -> items.add(of(one, fleet, member.get().id())));
    }
    exchange.json(200, json);
  }

  private static ObjectNode of(Member member, Fleet fleet, String here) {
    Copy copy = member.copy();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", copy.id());
    json.put("address", copy.address());
    json.put("role", StreamJson.word(copy.role()));
    json.put("version", copy.version());
    json.put("here", copy.id().equals(here));
    json.put("alive", member.alive());
    json.put("draining", member.draining());
    json.put("leads", fleet.leader().equals(Optional.of(copy.id())));
    ObjectNode labels = json.putObject("labels");
    copy.labels().forEach(labels::put);
    copy.detectors().forEach(json.putArray("detectors")::add);
    json.put("capacityCores", rounded(copy.capacity()));
    json.put("usedCores", rounded(fleet.cores(copy.id())));
    ArrayNode shares = json.putArray("shares");
    for (Assignment share : fleet.assignments()) {
      if (share.copy().equals(copy.id())) {
        ObjectNode one = shares.addObject();
        one.put("stream", share.stream());
        Division.detectors(share.share())
            .ifPresent(kinds -> kinds.forEach(one.putArray("detectors")::add));
      }
    }
    return json;
  }

  private static double rounded(double cores) {
    return Math.round(cores * 1000) / 1000.0;
  }
}
