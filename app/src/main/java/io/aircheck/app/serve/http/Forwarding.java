package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.copies.CopyMember;
import io.aircheck.core.copies.Copy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Asks other copies of the service for what only they have: pictures and levels of the streams that
 * they watch, and the latest half minute of their curves. In the name of whoever asks, who needs
 * the same token there. Thread-safe.
 */
final class Forwarding {
  /** Marks a request of a copy, so that none goes round in circles. */
  private static final String MARK = "Aircheck-Copy";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Service service;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  Forwarding(Service service) {
    this.service = service;
  }

  /**
   * The handler for what the copy that watches a stream has; it answers itself where that is this
   * one, or nobody.
   */
  ApiHandler byWatcher(ApiHandler here) {
    return exchange -> {
      Optional<Copy> other = isMarked(exchange) ? Optional.empty() : other(exchange.path("id"));
      if (other.isPresent()) {
        pass(other.get(), exchange);
      } else {
        here.handle(exchange);
      }
    };
  }

  private static boolean isMarked(Exchange exchange) {
    return exchange.header(MARK).isPresent();
  }

  private Optional<Copy> other(String stream) {
    return service
        .member()
        .filter(member -> !member.watches(stream))
        .flatMap(member -> member.fleet().watching(stream));
  }

  private void pass(Copy to, Exchange exchange) throws InterruptedException {
    HttpResponse<byte[]> answer;
    try {
      answer =
          client.send(
              request(to, exchange, exchange.target()), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw away(to);
    }
    for (String name : List.of("ETag", "Location")) {
      answer.headers().firstValue(name).ifPresent(value -> exchange.answerHeader(name, value));
    }
    exchange.send(
        answer.statusCode(),
        answer.headers().firstValue("Content-Type").orElse("application/octet-stream"),
        answer.body());
  }

  private static Problem away(Copy copy) {
    return Problem.unavailable(
        "the copy %s that watches the stream does not answer at %s"
            .formatted(copy.id(), copy.address()));
  }

  /**
   * What the other copies that watch streams answer to the same request; those that do are asked.
   */
  List<JsonNode> byOthers(Exchange exchange) {
    Optional<CopyMember> member = service.member();
    if (member.isEmpty() || isMarked(exchange)) {
      return List.of();
    }
    List<CompletableFuture<HttpResponse<byte[]>>> asked = new ArrayList<>();
    for (Copy copy : member.get().fleet().others(member.get().id())) {
      asked.add(
          client.sendAsync(
              request(copy, exchange, exchange.target()), HttpResponse.BodyHandlers.ofByteArray()));
    }
    List<JsonNode> answers = new ArrayList<>();
    for (CompletableFuture<HttpResponse<byte[]>> one : asked) {
      try {
        HttpResponse<byte[]> answer = one.join();
        if (answer.statusCode() == 200) {
          answers.add(SettingsReader.parse(answer.body()));
        }
      } catch (CompletionException | SettingsException e) {
        // One that is away, or just went, has nothing to say.
        continue;
      }
    }
    return answers;
  }

  private static HttpRequest request(Copy to, Exchange exchange, String target) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(to.address() + target))
            .timeout(PATIENCE)
            .header(MARK, to.id())
            .method(exchange.method(), HttpRequest.BodyPublishers.noBody());
    for (String name : List.of("Authorization", "Cookie")) {
      exchange.header(name).ifPresent(value -> request.header(name, value));
    }
    return request.build();
  }
}
