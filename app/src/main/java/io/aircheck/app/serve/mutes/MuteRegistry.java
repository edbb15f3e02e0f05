package io.aircheck.app.serve.mutes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.settings.MuteSettings;
import io.aircheck.app.serve.settings.SettingsCheck;
import io.aircheck.core.store.DocumentStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Mutes that were asked for over the API, beside those of the configuration file. They survive a
 * restart, and are gone when they have ended. Thread-safe.
 */
public final class MuteRegistry {
  private static final String COLLECTION = "mutes";

  private final DocumentStore documents;
  private final InstantSource clock;
  private final Map<String, Mute> mutes = new ConcurrentHashMap<>();

  /** The mutes that the store knows. */
  public MuteRegistry(DocumentStore documents, InstantSource clock) {
    this.documents = documents;
    this.clock = clock;
    load();
  }

  /** Takes note of what other copies of the service have changed. */
  public void load() {
    Map<String, Mute> known = new HashMap<>();
    for (DocumentStore.Document document : documents.list(COLLECTION)) {
      try {
        Mute mute = read(document);
        known.put(mute.id(), mute);
      } catch (SettingsException e) {
        throw new IllegalStateException(
            "mute %s was not written by Aircheck: %s".formatted(document.id(), e.getMessage()), e);
      }
    }
    mutes.putAll(known);
    mutes.keySet().retainAll(known.keySet());
  }

  private static Mute read(DocumentStore.Document document) throws SettingsException {
    JsonNode body = SettingsReader.parse(document.body().getBytes(StandardCharsets.UTF_8));
    return new Mute(
        document.id(),
        SettingsReader.read(body.path("settings"), MuteSettings.class),
        body.path("by").asText(),
        body.path("createdMillis").asLong());
  }

  /** Those that have not ended, the one that ends first at the beginning. */
  public List<Mute> list() {
    Instant now = clock.instant();
    return mutes.values().stream()
        .filter(mute -> now.isBefore(end(mute)))
        .sorted(Comparator.comparing(MuteRegistry::end).thenComparing(Mute::id))
        .toList();
  }

  private static Instant end(Mute mute) {
    return mute.settings().to().orElse(Instant.MIN);
  }

  /**
   * Mutes.
   *
   * @param tree what a mute of the configuration file says
   * @param by who asks for it
   * @throws SettingsException for settings that cannot be used, or an end that has passed
   */
  public Mute create(JsonNode tree, String by) throws SettingsException {
    MuteSettings settings = SettingsReader.read(tree, MuteSettings.class);
    SettingsCheck.checkMute(settings);
    Instant now = clock.instant();
    if (!now.isBefore(settings.to().orElseThrow())) {
      throw new SettingsException("/to", "has passed; give a time to come");
    }
    Mute mute = new Mute(UUID.randomUUID().toString(), settings, by, now.toEpochMilli());
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("settings", tree);
    body.put("by", mute.by()).put("createdMillis", mute.createdMillis());
    documents.put(COLLECTION, mute.id(), body.toString(), OptionalLong.empty());
    mutes.put(mute.id(), mute);
    return mute;
  }

  /**
   * Ends a mute.
   *
   * @return whether it was there
   */
  public boolean remove(String id) {
    mutes.remove(id);
    return documents.remove(COLLECTION, id, OptionalLong.empty());
  }

  /** Forgets those that have ended. */
  public void forgetEnded() {
    Instant now = clock.instant();
    for (Mute mute : List.copyOf(mutes.values())) {
      if (!now.isBefore(end(mute))) {
        remove(mute.id());
      }
    }
  }
}
