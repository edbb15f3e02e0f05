package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.copies.CopyMember;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.core.copies.Copy;
import java.io.IOException;
import java.io.InputStream;
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
 * they watch, the latest half minute of their curves, and what is known of viewers. In the name of
 * whoever asks, who needs the same token there. Thread-safe.
 */
final class Forwarding {
  /** Marks a request of a copy, so that none goes round in circles. */
  private static final String MARK = "Aircheck-Copy";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Questions about months of viewers take a while, and files of them. */
  private static final Duration LONG_PATIENCE = Duration.ofSeconds(60);

  /** Largest body that is passed on. */
  private static final int MOST_BYTES = 32_000_000;

  /** Headers of an answer that are passed back besides its type. */
  private static final List<String> PASSED_BACK =
      List.of("ETag", "Location", "Content-Disposition", "Retry-After", "WWW-Authenticate");

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
        pass(other.get(), "watches the stream", exchange, PATIENCE);
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

  /** Routes for what the copy that has the viewers has. */
  Routes toViewers(Routes routes) {
    return new Routes() {
      @Override
      public void on(String method, String path, Role role, ApiHandler handler) {
        routes.on(method, path, role, byViewers(handler));
      }

      @Override
      public void open(String method, String path, ApiHandler handler) {
        routes.open(method, path, byViewers(handler));
      }
    };
  }

  /** The handler that lets the copy answer that has the viewers, if that is another one. */
  private ApiHandler byViewers(ApiHandler here) {
    return exchange -> {
      Optional<Copy> other =
          isMarked(exchange) || service.viewers().isPresent() || !service.keepsViewers()
              ? Optional.empty()
              : service.member().flatMap(CopyMember::viewersElsewhere);
      if (other.isPresent()) {
        pass(other.get(), "has the viewers", exchange, LONG_PATIENCE);
      } else {
        here.handle(exchange);
      }
    };
  }

  /**
   * Passes a request on, and the answer back.
   *
   * @param why it is the other's
   */
  private void pass(Copy to, String why, Exchange exchange, Duration patience)
      throws InterruptedException, IOException {
    HttpResponse<InputStream> answer;
    try {
      answer =
          client.send(
              request(to, exchange, exchange.target(), patience),
              HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw Problem.unavailable(
          "the copy %s that %s does not answer at %s".formatted(to.id(), why, to.address()));
    }
    for (String name : PASSED_BACK) {
      answer.headers().firstValue(name).ifPresent(value -> exchange.answerHeader(name, value));
    }
    try (InputStream in = answer.body()) {
      if (answer.statusCode() == 204) {
        exchange.done(204);
      } else {
        exchange.send(
            answer.statusCode(),
            answer.headers().firstValue("Content-Type").orElse("application/octet-stream"),
            in);
      }
    }
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
              request(copy, exchange, exchange.target(), PATIENCE),
              HttpResponse.BodyHandlers.ofByteArray()));
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

  private static HttpRequest request(Copy to, Exchange exchange, String target, Duration patience) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(to.address() + target))
            .timeout(patience)
            .header(MARK, to.id())
            .method(
                exchange.method(),
                exchange.hasBody()
                    ? HttpRequest.BodyPublishers.ofByteArray(exchange.body(MOST_BYTES))
                    : HttpRequest.BodyPublishers.noBody());
    for (String name : List.of("Authorization", "Cookie", "Content-Type")) {
      exchange.header(name).ifPresent(value -> request.header(name, value));
    }
    return request.build();
  }
}
