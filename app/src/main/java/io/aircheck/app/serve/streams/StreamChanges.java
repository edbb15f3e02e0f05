package io.aircheck.app.serve.streams;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.settings.StreamSettings;
import io.aircheck.app.serve.streams.StreamConflictException.Reason;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Adds streams, which are watched from then on, changes them and takes them away. Thread-safe. */
public final class StreamChanges {
  private final StreamRegistry registry;
  private final Function<StreamSettings, Optional<String>> refusal;
  private final Runnable apply;

  /**
   * @param refusal why there is no room for a stream and what to do, where its policy has it
   *     refused then; empty: it is taken
   * @param apply watches what the registry has now
   */
  public StreamChanges(
      StreamRegistry registry, Function<StreamSettings, Optional<String>> refusal, Runnable apply) {
    this.registry = registry;
    this.refusal = refusal;
    this.apply = apply;
  }

  /**
   * Adds a stream.
   *
   * @param settings as they are sent over the API
   * @throws SettingsException for settings that cannot be used
   * @throws StreamConflictException when there is one of that id, or no room
   */
  public WatchedStream add(JsonNode settings) throws SettingsException, StreamConflictException {
    admit(settings);
    WatchedStream added = registry.create(settings);
    apply.run();
    return added;
  }

  private void admit(JsonNode settings) throws SettingsException, StreamConflictException {
    StreamSettings read = registry.read(settings, "");
    Optional<String> why = refusal.apply(read);
    if (why.isPresent()) {
      throw new StreamConflictException(
          Reason.FULL,
          "the policy %s refuses further streams when there is no room: %s"
              .formatted(read.policy(), why.get()));
    }
  }

  /**
   * Adds a stream, or replaces its settings, for which there is always room.
   *
   * @param settings as they are sent over the API
   * @param expectedRevision revision that the change is based on; empty: any
   * @throws SettingsException for settings that cannot be used
   * @throws StreamConflictException when the stream has another revision, or is declared in the
   *     file, or there is no room for a new one
   */
  public WatchedStream put(String id, JsonNode settings, OptionalLong expectedRevision)
      throws SettingsException, StreamConflictException {
    if (registry.find(id).isEmpty()) {
      admit(settings);
    }
    WatchedStream stored = registry.put(id, settings, expectedRevision);
    apply.run();
    return stored;
  }

  /**
   * Changes settings of a stream.
   *
   * @param patch a JSON merge patch (RFC 7396): null removes a setting
   * @param expectedRevision revision that the change is based on; empty: any
   * @throws SettingsException for settings that cannot be used
   * @throws StreamConflictException when there is none, it has another revision, or is declared in
   *     the file
   */
  public WatchedStream patch(String id, JsonNode patch, OptionalLong expectedRevision)
      throws SettingsException, StreamConflictException {
    WatchedStream stored = registry.patch(id, patch, expectedRevision);
    apply.run();
    return stored;
  }

  /**
   * Takes a stream away that was added so.
   *
   * @param expectedRevision revision that is meant to be taken away; empty: any
   * @throws StreamConflictException when there is none, it has another revision, or is declared in
   *     the file
   */
  public void remove(String id, OptionalLong expectedRevision) throws StreamConflictException {
    registry.remove(id, expectedRevision);
    apply.run();
  }
}
