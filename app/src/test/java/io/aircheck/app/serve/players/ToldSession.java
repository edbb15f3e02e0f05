package io.aircheck.app.serve.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aircheck.app.serve.RunningService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What the service knows of a session.
 *
 * @param json as it answers
 */
record ToldSession(JsonNode json) {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Asks until it is as it should be, or for so long that it will not be: then it is what it is.
   *
   * @param id of the session
   */
  static ToldSession await(RunningService service, String id, Predicate<ToldSession> wish)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    while (true) {
      ToldSession told = new ToldSession(get(service, "/v1/viewers/sessions/" + id));
      if (wish.test(told) || System.nanoTime() - began > PATIENCE_NANOS) {
        return told;
      }
      new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * When the session did something, as its time line tells it.
   *
   * @param activity as it is called there
   */
  static List<Viewing.Span> spans(RunningService service, String id, String activity)
      throws IOException, InterruptedException {
    List<Viewing.Span> spans = new ArrayList<>();
    for (JsonNode span : get(service, "/v1/viewers/sessions/" + id + "/timeline").path("spans")) {
      if (span.path("activity").asText().equals(activity)) {
        spans.add(
            new Viewing.Span(
                Instant.parse(span.path("from").asText()).toEpochMilli(),
                Instant.parse(span.path("to").asText()).toEpochMilli()));
      }
    }
    return spans;
  }

  private static JsonNode get(RunningService service, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(service.address() + path)).build(),
              BodyHandlers.ofString());
      return JSON.readTree(answer.body());
    }
  }

  /** A sum by its id; -1: there is none. */
  long sum(String measure) {
    return json.path("sums").path(measure).asLong(-1);
  }

  /** Whether it is over. */
  boolean ended() {
    return json.has("ended");
  }
}
