package io.aircheck.app.serve.http;

import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.viewers.Archiving;
import io.aircheck.app.serve.viewers.Programmes;
import io.aircheck.core.fact.FactExport.Format;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Archived sessions as files: {@code /v1/viewers/sessions.parquet} and {@code .csv}. */
final class ViewerExportRoutes implements Routes.Part {
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final Duration USUAL = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(31);

  private final Service service;

  ViewerExportRoutes(Service service) {
    this.service = service;
  }

  @Override
  public void register(Routes routes) {
    routes.on(
        "GET",
        "/v1/viewers/sessions.parquet",
        Role.VIEWER,
        exchange -> export(exchange, Format.PARQUET, "parquet", "application/vnd.apache.parquet"));
    routes.on(
        "GET",
        "/v1/viewers/sessions.csv",
        Role.VIEWER,
        exchange -> export(exchange, Format.CSV, "csv", "text/csv; charset=utf-8; header=present"));
  }

  private Map<String, String> conditions(Exchange exchange) {
    return ViewerConditions.of(
        exchange,
        service.streams().registry(),
        new Programmes(service.streams().registry(), service.streams()::status));
  }

  private void export(Exchange exchange, Format format, String ending, String mediaType)
      throws IOException {
    Archiving archiving =
        CollectorRoutes.viewers(service)
            .archiving()
            .orElseThrow(
                () -> Problem.notFound("no sessions are kept: viewers.archive.enabled is false"));
    long to = exchange.time("to").orElse(System.currentTimeMillis());
    long asked = exchange.time("from").orElse(to - USUAL.toMillis());
    long from = Math.floorDiv(asked, HOUR_MILLIS) * HOUR_MILLIS;
    if (from >= to) {
      throw Problem.badRequest("from must be before to");
    }
    if (to - from > LONGEST.toMillis()) {
      throw Problem.unprocessable(
          "at most %d days are exported at once".formatted(LONGEST.toDays()));
    }
    if (to <= archiving.oldestSessionMillis(System.currentTimeMillis())) {
      throw Problem.unprocessable(
          "sessions of that time are not kept any more: see viewers.archive.keepSessionsFor");
    }
    Map<String, String> conditions = conditions(exchange);
    ViewerConditions.check(conditions, archiving.questions().dimensions(), "archived sessions");
    archiving.questions().settle();
    Path file = archiving.exportFile();
    try {
      archiving.export().export(from, to, conditions, format, file);
      exchange
          .response()
          .header(
              HeaderNames.CONTENT_DISPOSITION,
              "attachment; filename=\"sessions-%s.%s\""
                  .formatted(Instant.ofEpochMilli(from).toString().substring(0, 13), ending));
      FileAnswer.send(exchange, mediaType, Files.size(file), () -> takeOut(file));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Opens a file that is in its folder no more from here on: however long a reader takes, and
   * whatever ends this process meanwhile, sessions are not left there.
   */
  private static InputStream takeOut(Path file) throws IOException {
    InputStream content = Files.newInputStream(file);
    try {
      Files.delete(file);
      return content;
    } catch (IOException e) {
      content.close();
      throw e;
    }
  }
}
