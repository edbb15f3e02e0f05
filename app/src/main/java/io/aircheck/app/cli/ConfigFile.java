package io.aircheck.app.cli;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.UsageException;
import io.aircheck.app.config.Secrets;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.config.YamlDocument;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file of commands that look at inputs, YAML or JSON. What the command line says
 * wins over it. References to secrets stand for their values everywhere, see {@link Secrets}.
 *
 * @param detectors what to look for, as with {@code --detectors}; empty: all
 * @param options option values by detector, then by option
 * @param failOn as {@code --fail-on}
 * @param readTimeoutSeconds longest wait for data
 * @param keys decryption keys by key id
 * @param headers HTTP request headers
 * @param streams what to look at, by name, in the order of the file
 */
record ConfigFile(
    List<String> detectors,
    Map<String, Map<String, Double>> options,
    Optional<FailOn> failOn,
    Optional<Double> readTimeoutSeconds,
    Map<String, String> keys,
    Map<String, String> headers,
    Map<String, StreamEntry> streams) {

  static final ConfigFile EMPTY =
      new ConfigFile(
          List.of(), Map.of(), Optional.empty(), Optional.empty(), Map.of(), Map.of(), Map.of());

  @JsonCreator
  static ConfigFile of(
      @JsonProperty("detectors") @Nullable List<String> detectors,
      @JsonProperty("options") @Nullable Map<String, Map<String, Double>> options,
      @JsonProperty("failOn") @Nullable FailOn failOn,
      @JsonProperty("readTimeoutSeconds") @Nullable Double readTimeoutSeconds,
      @JsonProperty("keys") @Nullable Map<String, String> keys,
      @JsonProperty("headers") @Nullable Map<String, String> headers,
      @JsonProperty("streams") @Nullable Map<String, @Nullable StreamEntry> streams) {
    return new ConfigFile(
        detectors == null ? List.of() : List.copyOf(detectors),
        options == null ? Map.of() : Map.copyOf(options),
        Optional.ofNullable(failOn),
        Optional.ofNullable(readTimeoutSeconds),
        keys == null ? Map.of() : Map.copyOf(keys),
        headers == null ? Map.of() : Map.copyOf(headers),
        streams == null ? Map.of() : complete(streams));
  }

  /** A name with nothing behind it is an entry without input, which is told with its place. */
  private static Map<String, StreamEntry> complete(Map<String, @Nullable StreamEntry> streams) {
    Map<String, StreamEntry> complete = new LinkedHashMap<>();
    streams.forEach(
        (name, stream) ->
            complete.put(name, stream == null ? new StreamEntry(null, null) : stream));
    return Collections.unmodifiableMap(complete);
  }

  /**
   * Reads a file.
   *
   * @param environment values of {@code ${NAME}}
   * @throws UsageException naming file, line and what to do
   */
  static ConfigFile read(Path file, Map<String, String> environment) {
    YamlDocument document = YamlDocument.read(file);
    try {
      JsonNode expanded = Secrets.ofFile(environment).expand(document.tree());
      ConfigFile config = SettingsReader.read(expanded, ConfigFile.class);
      config.streams.forEach((name, stream) -> check(document, name, stream));
      return config;
    } catch (SettingsException e) {
      throw document.usage(e);
    }
  }

  private static void check(YamlDocument document, String name, StreamEntry stream) {
    Optional<String> fault = stream.fault();
    if (fault.isPresent()) {
      throw new UsageException(
          document.place("/streams/" + name) + ": streams." + name + fault.get());
    }
  }

  /** Option values in the form of {@code --set}. */
  Map<String, Double> overrides() {
    Map<String, Double> overrides = new LinkedHashMap<>();
    options.forEach(
        (kind, values) -> values.forEach((name, value) -> overrides.put(kind + "." + name, value)));
    return overrides;
  }
}
