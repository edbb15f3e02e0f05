package io.aircheck.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What references in settings stand for: <code>${NAME}</code> for an environment variable, <code>
 * ${file:PATH}</code> for the content of a file. Immutable, thread-safe.
 */
public final class Secrets {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(file:)?([^}]+)}");

  /** Variables that the API may refer to: those that are ours, not everything the machine knows. */
  private static final String API_PREFIX = "AIRCHECK_";

  private final Map<String, String> environment;
  private final boolean restricted;

  private Secrets(Map<String, String> environment, boolean restricted) {
    this.environment = Map.copyOf(environment);
    this.restricted = restricted;
  }

  /** For the configuration file: every variable, and files. */
  public static Secrets ofFile(Map<String, String> environment) {
    return new Secrets(environment, false);
  }

  /**
   * For the API: only variables whose names begin with {@code AIRCHECK_}, no files, so that nobody
   * who may add a stream can send what else the machine knows to an address of their own.
   */
  public static Secrets ofApi(Map<String, String> environment) {
    return new Secrets(environment, true);
  }

  /**
   * A copy of a tree with every reference in its texts replaced.
   *
   * @throws SettingsException for a reference that stands for nothing
   */
  public JsonNode expand(JsonNode tree) throws SettingsException {
    return expand(tree, "");
  }

  private JsonNode expand(JsonNode node, String pointer) throws SettingsException {
    if (node.isTextual()) {
      return TextNode.valueOf(expand(node.textValue(), pointer));
    }
    if (node.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        copy.set(entry.getKey(), expand(entry.getValue(), pointer + "/" + entry.getKey()));
      }
      return copy;
    }
    if (node.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < node.size(); i++) {
        copy.add(expand(node.get(i), pointer + "/" + i));
      }
      return copy;
    }
    return node;
  }

  private String expand(String text, String pointer) throws SettingsException {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder expanded = new StringBuilder();
    while (matcher.find()) {
      String value =
          matcher.group(1) == null
              ? variable(matcher.group(2), pointer)
              : content(matcher.group(2), pointer);
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(expanded).toString();
  }

  private String variable(String name, String pointer) throws SettingsException {
    if (restricted && !name.startsWith(API_PREFIX)) {
      throw new SettingsException(
          pointer,
          "only environment variables whose names begin with %s can be referred to over the API"
              .formatted(API_PREFIX));
    }
    @Nullable String value = environment.get(name);
    if (value == null) {
      throw new SettingsException(
          pointer, "the environment variable %s is not set".formatted(name));
    }
    return value;
  }

  private String content(String path, String pointer) throws SettingsException {
    if (restricted) {
      throw new SettingsException(pointer, "files cannot be referred to over the API");
    }
    try {
      return Files.readString(Path.of(path)).stripTrailing();
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsException(
          pointer, "the file %s cannot be read; check path and permissions".formatted(path));
    }
  }
}
