package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.copies.CopyMember;
import io.aircheck.app.serve.copies.Fleet;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.viewers.ReportPost;
import io.aircheck.app.serve.viewers.SharedViewers;
import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.Copy;
import io.aircheck.core.copies.CopyDirectory.Member;
import io.aircheck.core.copies.Division;
import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.journal.JournalEntry;
import java.io.IOException;
import java.util.Optional;

/** {@code /v1/copies}: the processes that make the service, and what they pass on to each other. */
final class CopyRoutes implements Routes.Part {
  /** More than the largest body of a player with what is said of it. */
  private static final int MOST_BYTES = 16_000_000;

  private final Service service;

  CopyRoutes(Service service) {
    this.service = service;
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/v1/copies", Role.VIEWER, this::list);
    routes.on("POST", ReportPost.PATH, Role.ADMIN, this::takeReports);
  }

  /** Keeps what another copy has taken of a player, which that copy counts. */
  private void takeReports(Exchange exchange) {
    SharedViewers viewers =
        service
            .sharedViewers()
            .orElseThrow(() -> Problem.notFound("this is no copy that keeps reports of viewers"));
    JournalEntry entry;
    try {
      entry = JournalEntry.of(exchange.body(MOST_BYTES));
    } catch (IOException e) {
      throw Problem.badRequest("the body is not what a copy passes on: " + e.getMessage());
    }
    switch (viewers.takePassedOn(entry)) {
      case Answer.Taken taken -> exchange.done(204);
      case Answer.TooMany tooMany -> {
        exchange.answerHeader("Retry-After", Integer.toString(tooMany.retryAfterSeconds()));
        throw Problem.tooMany("too much waits for the disk");
      }
      case Answer.Unavailable unavailable -> throw Problem.unavailable(unavailable.problem());
    }
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
    json.put("viewers", fleet.withViewers().map(Copy::id).equals(Optional.of(copy.id())));
    ArrayNode shares = json.putArray("shares");
    for (Assignment share : fleet.shares()) {
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
