package io.aircheck.app.serve.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.config.Secrets;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.settings.SettingsCheck;
import io.aircheck.app.serve.settings.StreamSettings;
import io.aircheck.app.serve.streams.StreamConflictException.Reason;
import io.aircheck.app.serve.streams.WatchedStream.Origin;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.store.DocumentStore;
import io.aircheck.core.store.DocumentStore.Document;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The streams of the service: those of the configuration file, and those added over the API, which
 * are kept in the store as they were sent, with references to secrets and not the secrets.
 * Thread-safe.
 */
public final class StreamRegistry {
  private static final String COLLECTION = "streams";

  private final DocumentStore documents;
  private final SettingsCheck check;
  private final Secrets secrets;

  private Declared declared;
  private final Map<String, WatchedStream> streams = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * What a configuration file declares.
   *
   * @param streams its streams
   * @param policies policies that streams may name
   * @param outbound where streams may come from
   */
  public record Declared(
      List<StreamSettings> streams, PolicyBook policies, OutboundPolicy outbound) {
    public Declared {
      streams = List.copyOf(streams);
    }
  }

  /**
   * The streams that are declared, and those that the store knows.
   *
   * @param secrets what references in streams of the API stand for
   */
  public StreamRegistry(
      DocumentStore documents, SettingsCheck check, Secrets secrets, Declared declared) {
    this.documents = documents;
    this.check = check;
    this.secrets = secrets;
    this.declared = declared;
    load();
  }

  /** Goes by what a configuration file declares now. */
  public synchronized void declare(Declared now) {
    declared = now;
    load();
  }

  /** Takes note of what other copies of the service have changed. */
  public synchronized void load() {
    List<Document> documentsNow = documents.list(COLLECTION);
    streams.clear();
    problems.clear();
    for (StreamSettings settings : declared.streams()) {
      streams.put(settings.id(), new WatchedStream(settings, Origin.FILE, 1));
    }
    for (Document document : documentsNow) {
      if (streams.containsKey(document.id())) {
        problems.add(
            "stream %s was added over the API and is now declared in the configuration file too; the file wins"
                .formatted(document.id()));
        continue;
      }
      try {
        JsonNode tree = SettingsReader.parse(document.body().getBytes(StandardCharsets.UTF_8));
        streams.put(
            document.id(),
            new WatchedStream(read(tree, document.id()), Origin.API, document.revision()));
      } catch (SettingsException e) {
        problems.add(
            "stream %s, added over the API, is not watched: %s %s"
                .formatted(document.id(), e.pointer(), e.getMessage()));
      }
    }
  }

  /** What keeps streams of the API from being watched, a line each. */
  public synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  /** All streams, those of the file first. */
  public synchronized List<WatchedStream> list() {
    return List.copyOf(streams.values());
  }

  /** A stream. */
  public synchronized Optional<WatchedStream> find(String id) {
    return Optional.ofNullable(streams.get(id));
  }

  /**
   * Reads and checks settings sent over the API, without adding anything.
   *
   * @param id id that they are for; empty: the one they name, or one made of the address
   * @throws SettingsException for settings that cannot be used
   */
  public synchronized StreamSettings read(JsonNode tree, String id) throws SettingsException {
    StreamSettings settings = SettingsReader.read(secrets.expand(tree), StreamSettings.class);
    if (!id.isEmpty() && !settings.id().isEmpty() && !settings.id().equals(id)) {
      throw new SettingsException(
          "/id", "is %s, but the address says %s".formatted(settings.id(), id));
    }
    StreamSettings named =
        settings.id().isEmpty()
            ? settings.withId(
                id.isEmpty() ? StreamNames.freeId(settings.url(), streams.keySet()) : id)
            : settings;
    check.checkStream(named, declared.policies());
    SettingsCheck.checkAddresses(named, declared.outbound());
    return named;
  }

  /**
   * Adds a stream.
   *
   * @throws SettingsException for settings that cannot be used
   * @throws StreamConflictException when there is one of that id
   */
  public synchronized WatchedStream create(JsonNode tree)
      throws SettingsException, StreamConflictException {
    StreamSettings settings = read(tree, "");
    if (streams.containsKey(settings.id())) {
      throw exists(settings.id());
    }
    return store(tree, settings, OptionalLong.of(0));
  }

  /**
   * Adds a stream or replaces its settings.
   *
   * @param expectedRevision revision that the change is based on; empty: any
   * @throws SettingsException for settings that cannot be used
   * @throws StreamConflictException when the stream has another revision, or is declared in the
   *     file
   */
  public synchronized WatchedStream put(String id, JsonNode tree, OptionalLong expectedRevision)
      throws SettingsException, StreamConflictException {
    StreamSettings settings = read(tree, id);
    WatchedStream before = streams.get(id);
    if (before != null && before.origin() == Origin.FILE) {
      throw declaredInFile(id);
    }
    return store(tree, settings, expectedRevision);
  }

  /**
   * Changes some settings of a stream that was added over the API; what is not named stays, also
   * what is secret and never told.
   *
   * @param patch a JSON merge patch (RFC 7396): null removes a setting
   * @param expectedRevision revision that the change is based on; empty: any
   * @throws SettingsException for settings that cannot be used
   * @throws StreamConflictException when there is none, it has another revision, or is declared in
   *     the file
   */
  public synchronized WatchedStream patch(String id, JsonNode patch, OptionalLong expectedRevision)
      throws SettingsException, StreamConflictException {
    WatchedStream before = existing(id);
    if (before.origin() == Origin.FILE) {
      throw declaredInFile(id);
    }
    Document document = documents.find(COLLECTION, id).orElseThrow(() -> unknown(id));
    JsonNode merged =
        MergePatch.apply(
            SettingsReader.parse(document.body().getBytes(StandardCharsets.UTF_8)), patch);
    return store(
        merged,
        read(merged, id),
        // What it was merged with must still be what it replaces.
        expectedRevision.isPresent() ? expectedRevision : OptionalLong.of(document.revision()));
  }

  private WatchedStream existing(String id) throws StreamConflictException {
    WatchedStream stream = streams.get(id);
    if (stream == null) {
      throw unknown(id);
    }
    return stream;
  }

  private WatchedStream store(JsonNode tree, StreamSettings settings, OptionalLong expected)
      throws StreamConflictException {
    String id = settings.id();
    ObjectNode kept = tree.deepCopy();
    kept.put("id", id);
    Document stored =
        documents.put(COLLECTION, id, kept.toString(), expected).orElseThrow(() -> changed(id));
    WatchedStream stream = new WatchedStream(settings, Origin.API, stored.revision());
    streams.put(id, stream);
    return stream;
  }

  /**
   * Removes a stream that was added over the API.
   *
   * @param expectedRevision revision that is meant to be removed; empty: any
   * @throws StreamConflictException when there is none, it has another revision, or is declared in
   *     the file
   */
  public synchronized void remove(String id, OptionalLong expectedRevision)
      throws StreamConflictException {
    if (existing(id).origin() == Origin.FILE) {
      throw declaredInFile(id);
    }
    boolean removed = documents.remove(COLLECTION, id, expectedRevision);
    if (!removed && expectedRevision.isPresent()) {
      throw changed(id);
    }
    streams.remove(id);
  }

  private static StreamConflictException unknown(String id) {
    return new StreamConflictException(Reason.UNKNOWN, "there is no stream " + id);
  }

  private static StreamConflictException changed(String id) {
    return new StreamConflictException(
        Reason.CHANGED, "stream %s has been changed meanwhile; load it again".formatted(id));
  }

  private static StreamConflictException exists(String id) {
    return new StreamConflictException(
        Reason.EXISTS, "there is a stream %s already; choose another id".formatted(id));
  }

  private static StreamConflictException declaredInFile(String id) {
    return new StreamConflictException(
        Reason.DECLARED_IN_FILE,
        "stream %s is declared in the configuration file; change it there".formatted(id));
  }
}
