package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.viewers.KnownViewers;
import io.aircheck.app.serve.viewers.Programmes;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.measure.Measure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of viewers: {@code /v1/viewers}. */
final class ViewerRoutes implements Routes.Part {
  private static final long DEFAULT_RANGE_MILLIS = Duration.ofMinutes(10).toMillis();
  private static final int MOST_STEPS = 360;

  private final Service service;
  private final Programmes programmes;

  ViewerRoutes(Service service) {
    this.service = service;
    this.programmes = new Programmes(service.streams().registry(), service.streams()::status);
  }

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/v1/viewers", Role.VIEWER, this::sums);
    routes.on("GET", "/v1/viewers/series", Role.VIEWER, this::series);
    routes.on("GET", "/v1/viewers/streams", Role.VIEWER, this::streams);
  }

  private KnownViewers viewers() {
    return CollectorRoutes.known(service);
  }

  private void sums(Exchange exchange) {
    KnownViewers viewers = viewers();
    CubeQuery query = query(exchange, viewers);
    Optional<ViewerPast> past = ViewerPast.of(exchange, viewers, query);
    if (past.isPresent()) {
      ViewerCsv.sums(exchange, query.by(), past.get().sums(viewers, exchange.limit()));
      return;
    }
    CubeAnswer answer = ask(viewers, query);
    ObjectNode json = ViewerJson.head(query, viewers);
    ViewerJson.rows(
        json,
        query,
        answer,
        exchange.limit(),
        viewers.cube().windows(query.fromMillis(), query.toMillis()));
    addUsual(json, query, answer, usual(exchange, viewers));
    ViewerCsv.sums(exchange, query.by(), json);
  }

  /** Who knows what is usual; null: that is not asked for. */
  private static @Nullable UsualJson usual(Exchange exchange, KnownViewers viewers) {
    return exchange.query("usual").orElse("").equals("true")
        ? new UsualJson(viewers.watch())
        : null;
  }

  private static void addUsual(
      ObjectNode json, CubeQuery query, CubeAnswer answer, @Nullable UsualJson usual) {
    if (usual == null) {
      return;
    }
    long middle = (query.fromMillis() + query.toMillis()) / 2;
    JsonNode rows = json.path("rows");
    List<CubeAnswer.Row> top = answer.top(Measure.WATCHED_MILLIS, rows.size());
    for (int i = 0; i < top.size(); i++) {
      CubeAnswer.Row row = top.get(i);
      if (rows.get(i) instanceof ObjectNode one) {
        one.set("usual", usual.of(query.cohort(row.values()), row.cell().sums(), middle));
      }
    }
  }

  private void series(Exchange exchange) {
    KnownViewers viewers = viewers();
    CubeQuery latest = query(exchange, viewers);
    Optional<ViewerPast> past = ViewerPast.of(exchange, viewers, latest);
    CubeQuery query = past.map(ViewerPast::query).orElse(latest);
    long unit = past.map(ViewerPast::unitMillis).orElse(viewers.spec().windowMillis());
    long step = stepMillis(exchange, query, unit);
    ViewerSeries series = new ViewerSeries(query, exchange.queryAll("measure"));
    ObjectNode json = ViewerJson.head(query, viewers);
    if (past.isPresent()) {
      past.get().addTo(series, step, json);
    } else {
      addLatest(series, viewers, query, step);
    }
    json.put("stepSeconds", step / 1000);
    series.write(json, exchange.limit(), usual(exchange, viewers));
    ViewerCsv.series(exchange, query.by(), json);
  }

  private static void addLatest(
      ViewerSeries series, KnownViewers viewers, CubeQuery query, long step) {
    for (long from = query.fromMillis(); from < query.toMillis(); from += step) {
      long to = Math.min(from + step, query.toMillis());
      CubeAnswer answer =
          ask(viewers, new CubeQuery(from, to, query.filter(), query.by()).forSums());
      series.add(from, answer, viewers.cube().windows(from, to));
    }
  }

  /** How many watch what each stream shows, and what no stream shows. */
  private void streams(Exchange exchange) {
    KnownViewers viewers = viewers();
    exchange.json(
        200, ViewerJson.streams(viewers, service.streams().registry().list(), exchange.limit()));
  }

  /** The question that the parameters ask, on whole windows. */
  private CubeQuery query(Exchange exchange, KnownViewers viewers) {
    long to = exchange.time("to").orElse(viewers.nowMillis());
    long from = exchange.time("from").orElse(to - DEFAULT_RANGE_MILLIS);
    if (from >= to) {
      throw Problem.badRequest("from must be before to");
    }
    long oldest = viewers.oldestMillis();
    List<String> by = new ArrayList<>();
    exchange.queryAll("by").forEach(names -> by.addAll(List.of(names.split(","))));
    Map<String, String> filter =
        ViewerConditions.of(exchange, service.streams().registry(), programmes);
    return new CubeQuery(viewers.spec().windowOf(Math.max(from, oldest)), to, filter, by);
  }

  private static CubeAnswer ask(KnownViewers viewers, CubeQuery query) {
    return viewers
        .cube()
        .ask(query)
        .orElseThrow(
            () ->
                Problem.unprocessable(
                    "by and where name dimensions that are not kept together; kept are "
                        + viewers.spec().groupings().stream()
                            .map(grouping -> String.join("+", grouping.dimensions()))
                            .filter(names -> !names.isEmpty())
                            .collect(Collectors.joining(", "))
                        + "; see viewers.dimensions"));
  }

  private static long stepMillis(Exchange exchange, CubeQuery query, long unitMillis) {
    long units = (query.toMillis() - query.fromMillis() + unitMillis - 1) / unitMillis;
    String asked = exchange.query("step").orElse("");
    if (asked.isEmpty()) {
      return unitMillis * Math.max(1, (units + MOST_STEPS - 1) / MOST_STEPS);
    }
    long seconds = asked.matches("\\d{1,6}") ? Long.parseLong(asked) : 0;
    if (seconds < 1 || seconds * 1000 % unitMillis != 0) {
      throw Problem.badRequest(
          "step must be seconds, a multiple of %d".formatted(unitMillis / 1000));
    }
    return seconds * 1000;
  }
}
