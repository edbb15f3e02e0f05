package io.aircheck.app.cli;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.aircheck.app.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file, YAML or JSON. What the command line says wins over it.
 *
 * @param detectors what to look for, as with {@code --detectors}; empty: all
 * @param options option values by detector, then by option
 * @param failOn as {@code --fail-on}
 * @param readTimeoutSeconds longest wait for data
 * @param keys decryption keys by key id; {@code ${NAME}} stands for an environment variable
 * @param headers HTTP request headers; {@code ${NAME}} as above
 * @param streams what to look at, by name, in the order of the file; {@code ${NAME}} as above
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

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  @JsonCreator
  static ConfigFile of(
      @JsonProperty("detectors") @Nullable List<String> detectors,
      @JsonProperty("options") @Nullable Map<String, Map<String, Double>> options,
      @JsonProperty("failOn") @Nullable String failOn,
      @JsonProperty("readTimeoutSeconds") @Nullable Double readTimeoutSeconds,
      @JsonProperty("keys") @Nullable Map<String, String> keys,
      @JsonProperty("headers") @Nullable Map<String, String> headers,
      @JsonProperty("streams") @Nullable Map<String, @Nullable StreamEntry> streams) {
    return new ConfigFile(
        detectors == null ? List.of() : List.copyOf(detectors),
        options == null ? Map.of() : Map.copyOf(options),
        Optional.ofNullable(failOn).map(FailOn::parse),
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
    try {
      return parse(file, environment);
    } catch (IOException e) {
      throw new UsageException(file + ": cannot read the configuration; check the path", e);
    }
  }

  private static ConfigFile parse(Path file, Map<String, String> environment) throws IOException {
    try {
      String text = Files.readString(file);
      // A file of comments alone sets nothing.
      ConfigFile config =
          MAPPER.readTree(text).isEmpty() ? EMPTY : MAPPER.readValue(text, ConfigFile.class);
      return config.expanded(file, environment);
    } catch (UnrecognizedPropertyException e) {
      List<String> known = new ArrayList<>();
      e.getKnownPropertyIds().forEach(id -> known.add(id.toString()));
      throw new UsageException(
          "%s: unknown setting %s; known are %s"
              .formatted(
                  place(file, e.getPropertyName()),
                  e.getPropertyName(),
                  String.join(", ", new TreeSet<>(known))),
          e);
    } catch (ValueInstantiationException e) {
      // The one value that is checked while it is read.
      String message = e.getCause() == null ? "is not valid" : e.getCause().getMessage();
      throw new UsageException(place(file, "failOn") + ": failOn " + message, e);
    } catch (JsonProcessingException e) {
      throw new UsageException(place(file, e.getLocation()) + ": " + words(e), e);
    }
  }

  private static final ObjectMapper MAPPER =
      new ObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  /** The parser has read on when it complains of a name: the line is looked up. */
  private static String place(Path file, String name) throws IOException {
    int line = 0;
    for (String text : Files.readAllLines(file)) {
      line++;
      if (text.strip().replace("\"", "").startsWith(name + ":")) {
        return file + ":" + line;
      }
    }
    return file.toString();
  }

  private static String place(Path file, @Nullable JsonLocation at) {
    return at == null || at.getLineNr() < 1 ? file.toString() : file + ":" + at.getLineNr();
  }

  private static String words(JsonProcessingException e) {
    String path = "";
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      List<String> names = new ArrayList<>();
      mapping
          .getPath()
          .forEach(
              step ->
                  names.add(
                      step.getFieldName() == null
                          ? "[" + step.getIndex() + "]"
                          : step.getFieldName()));
      path = String.join(".", names) + ": ";
    }
    return path + (e instanceof MismatchedInputException mismatch ? wanted(mismatch) : problem(e));
  }

  /** What should stand where something else does; the parser speaks of Java's types. */
  private static String wanted(MismatchedInputException e) {
    Class<?> type = e.getTargetType();
    if (type == Double.class) {
      return "must be a number";
    } else if (type == String.class) {
      return "must be text";
    } else if (type != null && Collection.class.isAssignableFrom(type)) {
      return "must be a list, such as [video.black, audio.*]";
    } else {
      return "must be names with values, such as failOn: error";
    }
  }

  /** The parser first says what it was doing and where, and at the end what is wrong there. */
  private static String problem(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage())
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" "))
        .reduce("not valid", (first, second) -> second);
  }

  private ConfigFile expanded(Path file, Map<String, String> environment) throws IOException {
    return new ConfigFile(
        detectors,
        options,
        failOn,
        readTimeoutSeconds,
        expand(file, "keys", keys, environment),
        expand(file, "headers", headers, environment),
        checkedStreams(file, environment));
  }

  private Map<String, StreamEntry> checkedStreams(Path file, Map<String, String> environment)
      throws IOException {
    Map<String, StreamEntry> checked = new LinkedHashMap<>();
    for (Map.Entry<String, StreamEntry> entry : streams.entrySet()) {
      String name = "streams." + entry.getKey();
      Map<String, String> values = new LinkedHashMap<>();
      StreamEntry stream = entry.getValue();
      if (stream.input() != null) {
        values.put("input", stream.input());
      }
      if (stream.reference() != null) {
        values.put("reference", stream.reference());
      }
      Map<String, String> expanded = expand(file, name, values, environment);
      StreamEntry known = new StreamEntry(expanded.get("input"), expanded.get("reference"));
      Optional<String> fault = known.fault();
      if (fault.isPresent()) {
        throw new UsageException(place(file, entry.getKey()) + ": " + name + fault.get());
      }
      checked.put(entry.getKey(), known);
    }
    return Collections.unmodifiableMap(checked);
  }

  private static Map<String, String> expand(
      Path file, String section, Map<String, String> values, Map<String, String> environment) {
    Map<String, String> expanded = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          Matcher matcher = VARIABLE.matcher(value);
          StringBuilder text = new StringBuilder();
          while (matcher.find()) {
            String known = environment.get(matcher.group(1));
            if (known == null) {
              throw new UsageException(
                  "%s: %s.%s: the environment variable %s is not set"
                      .formatted(file, section, name, matcher.group(1)));
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(known));
          }
          matcher.appendTail(text);
          expanded.put(name, text.toString());
        });
    return expanded;
  }

  /** Option values in the form of {@code --set}. */
  Map<String, Double> overrides() {
    Map<String, Double> overrides = new LinkedHashMap<>();
    options.forEach(
        (kind, values) -> values.forEach((name, value) -> overrides.put(kind + "." + name, value)));
    return overrides;
  }
}
