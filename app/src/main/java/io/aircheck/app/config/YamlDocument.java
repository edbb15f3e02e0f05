package io.aircheck.app.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.aircheck.app.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A configuration file, YAML or JSON, that knows in which line a setting stands. Immutable. */
public final class YamlDocument {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final Path file;
  private final String text;
  private final JsonNode tree;

  private YamlDocument(Path file, String text, JsonNode tree) {
    this.file = file;
    this.text = text;
    this.tree = tree;
  }

  /**
   * Reads a file.
   *
   * @throws UsageException naming file, line and what to do
   */
  public static YamlDocument read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UsageException(file + ": cannot read the configuration; check the path", e);
    }
    return of(file, text);
  }

  /** Reads a file that is shipped beside a class. */
  public static YamlDocument shipped(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing beside " + beside);
      }
      return of(Path.of(name), new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static YamlDocument of(Path file, String text) {
    try {
      JsonNode tree = YAML.readTree(text);
      boolean nothing = tree == null || tree.isMissingNode() || tree.isNull();
      // A file of comments alone sets nothing.
      return new YamlDocument(file, text, nothing ? JsonNodeFactory.instance.objectNode() : tree);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new UsageException(at(file, line) + ": " + problem(e), e);
    }
  }

  /** What the file says; an empty object when it says nothing. */
  public JsonNode tree() {
    return tree;
  }

  /**
   * File and line of a setting, or of the nearest one around it that is there: {@code a.yaml:3}.
   *
   * @param pointer JSON pointer, its parts not escaped
   */
  public String place(String pointer) {
    return at(file, line(pointer));
  }

  /** What is wrong, with its place. */
  public UsageException usage(SettingsException e) {
    String pointer = e.pointer();
    String path = pointer.isEmpty() ? "" : pointer.substring(1).replace('/', '.') + ": ";
    return new UsageException(place(pointer) + ": " + path + e.getMessage(), e);
  }

  private static String at(Path file, int line) {
    return line < 1 ? file.toString() : file + ":" + line;
  }

  /** The parser first says what it was doing and where, and at the end what is wrong there. */
  private static String problem(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage())
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" "))
        .reduce("not valid", (first, second) -> second);
  }

  /** 0: unknown. */
  private int line(String pointer) {
    Map<String, Integer> lines = new HashMap<>();
    try {
      collect(new Yaml(new LoaderOptions()).compose(new StringReader(text)), "", lines);
    } catch (YAMLException e) {
      return 0;
    }
    String nearest = pointer;
    while (!lines.containsKey(nearest) && !nearest.isEmpty()) {
      nearest = nearest.substring(0, nearest.lastIndexOf('/'));
    }
    return lines.getOrDefault(nearest, 0);
  }

  private static void collect(@Nullable Node node, String pointer, Map<String, Integer> lines) {
    if (node == null) {
      return;
    }
    lines.putIfAbsent(pointer, node.getStartMark().getLine() + 1);
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key) {
          String inner = pointer + "/" + key.getValue();
          lines.put(inner, key.getStartMark().getLine() + 1);
          collect(entry.getValueNode(), inner, lines);
        }
      }
    } else if (node instanceof SequenceNode sequence) {
      for (int i = 0; i < sequence.getValue().size(); i++) {
        collect(sequence.getValue().get(i), pointer + "/" + i, lines);
      }
    }
  }
}
