package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.streams.StreamConflictException;
import io.aircheck.core.store.DocumentStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers writes with an {@code Idempotency-Key} that come again, since their answer got lost, with
 * the answer of the first time, for a day, also after a restart. Only what succeeded is remembered.
 * Thread-safe.
 */
final class RepeatedWrites {
  private static final String COLLECTION = "answers";
  private static final Duration KEPT = Duration.ofDays(1);
  private static final Duration CLEANING_INTERVAL = Duration.ofMinutes(10);
  private static final int MAX_KEY = 255;

  private final DocumentStore documents;
  private final InstantSource clock;
  private final Set<String> inWork = ConcurrentHashMap.newKeySet();
  private final AtomicLong cleanedMillis = new AtomicLong();

  RepeatedWrites(DocumentStore documents, InstantSource clock) {
    this.documents = documents;
    this.clock = clock;
  }

  /**
   * Does what a request asks for, or answers as it was answered before.
   *
   * @param what method and path
   */
  void handle(Exchange exchange, String key, String what, ApiHandler handler)
      throws SettingsException, StreamConflictException, IOException, InterruptedException {
    if (key.isBlank() || key.length() > MAX_KEY) {
      throw Problem.badRequest(
          "Idempotency-Key must have from 1 to %d characters".formatted(MAX_KEY));
    }
    String id = digest(exchange.caller().name() + '\n' + what + '\n' + key);
    if (!inWork.add(id)) {
      // Tells it from conflicts that last.
      exchange.answerHeader("Retry-After", "1");
      throw Problem.conflict("a request with this Idempotency-Key is being worked on; wait for it");
    }
    try {
      String fingerprint = digest(exchange.content());
      Optional<DocumentStore.Document> before = documents.find(COLLECTION, id);
      if (before.isPresent()) {
        repeat(exchange, fingerprint, before.get());
        return;
      }
      exchange.beforeAnswer(answer -> keep(id, fingerprint, answer));
      handler.handle(exchange);
    } finally {
      inWork.remove(id);
    }
  }

  private static void repeat(Exchange exchange, String fingerprint, DocumentStore.Document before)
      throws SettingsException {
    JsonNode kept = SettingsReader.parse(before.body().getBytes(StandardCharsets.UTF_8));
    if (!kept.path("request").asText().equals(fingerprint)) {
      throw Problem.unprocessable(
          "this Idempotency-Key was used for another request; take a new key for each");
    }
    exchange.repeat(
        new Exchange.Answer(
            kept.path("status").asInt(),
            kept.path("location").asText(),
            kept.path("etag").asText(),
            kept.path("body").asText()));
  }

  private void keep(String id, String fingerprint, Exchange.Answer answer) {
    if (answer.status() >= 300) {
      return;
    }
    long now = clock.millis();
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    kept.put("request", fingerprint).put("atMillis", now);
    kept.put("status", answer.status()).put("body", answer.body());
    kept.put("location", answer.location()).put("etag", answer.etag());
    documents.put(COLLECTION, id, kept.toString(), OptionalLong.empty());
    long cleaned = cleanedMillis.get();
    if (now - cleaned > CLEANING_INTERVAL.toMillis() && cleanedMillis.compareAndSet(cleaned, now)) {
      forgetBefore(now - KEPT.toMillis());
    }
  }

  private void forgetBefore(long millis) {
    for (DocumentStore.Document document : documents.list(COLLECTION)) {
      try {
        JsonNode kept = SettingsReader.parse(document.body().getBytes(StandardCharsets.UTF_8));
        if (kept.path("atMillis").asLong() < millis) {
          documents.remove(COLLECTION, document.id(), OptionalLong.empty());
        }
      } catch (SettingsException e) {
        throw new IllegalStateException("answer " + document.id() + " cannot be read", e);
      }
    }
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
