package io.aircheck.app.serve.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.core.store.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * How far a connector is, for the next process.
 *
 * @param sumsMillis windows that begin before it have been told
 * @param sessionsMillis news of sessions that became known before it have been told
 * @param knownMillis up to here reports were collected
 */
record Place(long sumsMillis, long sessionsMillis, long knownMillis) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SUMS = "sums";
  private static final String SESSIONS = "sessions";
  private static final String KNOWN = "known";

  /**
   * Reads it.
   *
   * @param otherwise where there is none yet
   * @throws IOException when there is one that cannot be read
   */
  static Place read(Path file, Place otherwise) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return otherwise;
    }
    if (!json.path(SUMS).isIntegralNumber()
        || !json.path(SESSIONS).isIntegralNumber()
        || !json.path(KNOWN).isIntegralNumber()) {
      throw new IOException("it is damaged");
    }
    return new Place(
        json.get(SUMS).longValue(), json.get(SESSIONS).longValue(), json.get(KNOWN).longValue());
  }

  /** Writes it: the file has this place or the one before, whatever happens. */
  void write(Path file) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(SUMS, sumsMillis).put(SESSIONS, sessionsMillis).put(KNOWN, knownMillis);
    AtomicFile.write(file, JSON.writeValueAsBytes(json));
  }
}
