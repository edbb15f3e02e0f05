package io.aircheck.app.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.aircheck.core.detect.Suggestion;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.observe.Severity;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads settings from JSON trees, strictly, and says in a user's words what is wrong where. */
public final class SettingsReader {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .addModule(
              new SimpleModule()
                  .addDeserializer(Duration.class, new Word<>(Duration.class, Durations::parse))
                  .addDeserializer(
                      Instant.class, new Word<>(Instant.class, SettingsReader::instant))
                  .addDeserializer(
                      LocalTime.class, new Word<>(LocalTime.class, SettingsReader::timeOfDay))
                  .addDeserializer(ZoneId.class, new Word<>(ZoneId.class, SettingsReader::zone))
                  .addDeserializer(
                      Severity.class,
                      new Word<>(
                          Severity.class, SettingsReader.<Severity>choice(Severity.values())))
                  .addDeserializer(
                      IncidentChange.Type.class,
                      new Word<>(
                          IncidentChange.Type.class,
                          SettingsReader.<IncidentChange.Type>choice(
                              IncidentChange.Type.values()))))
          .build();

  private SettingsReader() {}

  /**
   * Reads settings.
   *
   * @throws SettingsException for an unknown name, or a value of the wrong sort
   */
  public static <T> T read(JsonNode tree, Class<T> type) throws SettingsException {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonMappingException e) {
      throw asSettingsException(e);
    } catch (JsonProcessingException e) {
      throw new SettingsException("", "cannot be read: " + e.getOriginalMessage());
    }
  }

  /**
   * Reads settings from JSON text.
   *
   * @throws SettingsException as {@link #read(JsonNode, Class)}, and for what is no JSON
   */
  public static JsonNode parse(byte[] json) throws SettingsException {
    try {
      JsonNode tree = MAPPER.readTree(json);
      if (!tree.isObject()) {
        throw new SettingsException("", "must be a JSON object");
      }
      return tree;
    } catch (IOException e) {
      String words = e instanceof JsonProcessingException p ? p.getOriginalMessage() : "cut off";
      throw new SettingsException("", "is not valid JSON: " + words);
    }
  }

  private static SettingsException asSettingsException(JsonMappingException e) {
    String pointer =
        e.getPath().stream()
            .map(
                step -> "/" + (step.getFieldName() == null ? step.getIndex() : step.getFieldName()))
            .collect(Collectors.joining());
    return new SettingsException(pointer, words(e));
  }

  private static String words(JsonMappingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      TreeSet<String> known = new TreeSet<>();
      unknown.getKnownPropertyIds().forEach(id -> known.add(id.toString()));
      return "unknown setting "
          + unknown.getPropertyName()
          + Suggestion.among(known, unknown.getPropertyName());
    }
    if (e instanceof InvalidFormatException format && format.getCause() == null) {
      return wanted(format.getTargetType());
    }
    if (e instanceof ValueInstantiationException && e.getCause() != null) {
      return String.valueOf(e.getCause().getMessage());
    }
    Throwable cause = e.getCause();
    if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
      return cause.getMessage();
    }
    return e instanceof MismatchedInputException mismatch
        ? wanted(mismatch.getTargetType())
        : e.getOriginalMessage();
  }

  /** What should stand where something else does; the parser speaks of Java's types. */
  private static String wanted(@Nullable Class<?> type) {
    if (type == null) {
      return "is of the wrong sort";
    } else if (type == Double.class || type == Float.class) {
      return "must be a number";
    } else if (type == Integer.class || type == int.class) {
      return "must be a whole number";
    } else if (type == Boolean.class || type == boolean.class) {
      return "must be true or false";
    } else if (type == String.class) {
      return "must be text";
    } else if (Collection.class.isAssignableFrom(type)) {
      return "must be a list";
    } else {
      return "must be names with values";
    }
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be a time with its zone, such as 2026-12-24T18:00:00Z", e);
    }
  }

  private static LocalTime timeOfDay(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a time of day, such as \"08:00\"", e);
    }
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a time zone, such as Europe/Berlin or UTC", e);
    }
  }

  private static <E extends Enum<E>> Function<String, E> choice(E[] values) {
    Map<String, E> byWord =
        Arrays.stream(values)
            .collect(Collectors.toMap(v -> v.name().toLowerCase(Locale.ROOT), v -> v));
    List<String> words = Arrays.stream(values).map(v -> v.name().toLowerCase(Locale.ROOT)).toList();
    return text -> {
      E value = byWord.get(text);
      if (value == null) {
        throw new IllegalArgumentException("must be one of " + String.join(", ", words));
      }
      return value;
    };
  }

  /** A value that is written as one word. */
  private static final class Word<T> extends FromStringDeserializer<T> {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Never serialised.
    private final Function<String, T> parse;

    Word(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    protected T _deserialize(String text, DeserializationContext context) throws IOException {
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        throw JsonMappingException.from(context, String.valueOf(e.getMessage()), e);
      }
    }
  }
}
