package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.aircheck.app.UsageException;
import java.io.IOException;
import java.io.StringReader;
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

/** A configuration file of the service, YAML or JSON. */
public final class SettingsFile {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private SettingsFile() {}

  /**
   * Reads and checks a file.
   *
   * @param secrets values that references stand for
   * @param check what the settings must also fulfil
   * @throws UsageException naming file, line, setting and what to do
   */
  public static ServiceSettings read(Path file, Secrets secrets, SettingsCheck check) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UsageException(file + ": cannot read the configuration; check the path", e);
    }
    try {
      JsonNode tree = YAML.readTree(text);
      if (tree == null || tree.isMissingNode() || tree.isNull()) {
        // A file of comments alone sets nothing.
        return ServiceSettings.DEFAULT;
      }
      ServiceSettings settings = SettingsReader.read(secrets.expand(tree), ServiceSettings.class);
      check.check(settings);
      return settings;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new UsageException(at(file, line) + ": " + problem(e), e);
    } catch (SettingsException e) {
      String pointer = e.pointer();
      String path = pointer.isEmpty() ? "" : pointer.substring(1).replace('/', '.') + ": ";
      throw new UsageException(at(file, line(text, pointer)) + ": " + path + e.getMessage(), e);
    }
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

  /** Line of a setting, or of the nearest one around it that is in the text; 0: unknown. */
  private static int line(String text, String pointer) {
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
        Node item = sequence.getValue().get(i);
        String inner = pointer + "/" + i;
        lines.put(inner, item.getStartMark().getLine() + 1);
        collect(item, inner, lines);
      }
    }
  }
}
