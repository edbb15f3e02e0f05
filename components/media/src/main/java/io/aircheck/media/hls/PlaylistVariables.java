package io.aircheck.media.hls;

import io.aircheck.media.playlist.PlaylistException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Variables of playlists, {@code EXT-X-DEFINE} (draft-pantos-hls-rfc8216bis, section 4.3 and
 * 4.4.2.3): named in one line, put in for <code>{$name}</code> in the lines after it. A media
 * playlist may import those of its master playlist, and any may take parameters of its own address.
 * Not thread-safe.
 */
public final class PlaylistVariables {
  private static final String DEFINE = "#EXT-X-DEFINE:";
  private static final Pattern REFERENCE = Pattern.compile("\\{\\$([A-Za-z0-9_-]+)}");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("(NAME|VALUE|IMPORT|QUERYPARAM)=\"([^\"]*)\"");

  private Map<String, String> ofMaster = Map.of();
  private Map<String, String> defined = new HashMap<>();
  private int characters;

  /** The lines with values in the place of variables; lines of definitions stay as they are. */
  List<String> replaceIn(List<String> lines, URI base) throws PlaylistException {
    defined = new HashMap<>();
    characters = 0;
    List<String> replaced = new ArrayList<>(lines.size());
    for (String line : lines) {
      if (line.startsWith(DEFINE)) {
        define(line, base);
        replaced.add(line);
      } else {
        replaced.add(defined.isEmpty() ? line : replace(line));
      }
    }
    return replaced;
  }

  /** What was defined last is from a master playlist: its media playlists may import it. */
  void keep() {
    ofMaster = defined;
  }

  private void define(String line, URI base) throws PlaylistException {
    Map<String, String> attributes = new HashMap<>();
    Matcher matcher = ATTRIBUTE.matcher(line);
    while (matcher.find()) {
      attributes.putIfAbsent(matcher.group(1), matcher.group(2));
    }
    if (attributes.containsKey("NAME")) {
      String value = attributes.getOrDefault("VALUE", "");
      defined.put(attributes.get("NAME"), defined.isEmpty() ? value : replace(value));
    } else if (attributes.containsKey("IMPORT")) {
      String name = attributes.get("IMPORT");
      defined.put(name, known(name, ofMaster.get(name)));
    } else if (attributes.containsKey("QUERYPARAM")) {
      String name = attributes.get("QUERYPARAM");
      defined.put(name, known(name, parameter(base, name).orElse(null)));
    }
  }

  private static String known(String name, @Nullable String value) throws PlaylistException {
    if (value == null) {
      throw new PlaylistException("playlist uses the variable " + name + ", which has no value");
    }
    return value;
  }

  private String replace(String line) throws PlaylistException {
    if (!line.contains("{$")) {
      return line;
    }
    StringBuilder replaced = new StringBuilder();
    Matcher matcher = REFERENCE.matcher(line);
    while (matcher.find()) {
      String value = known(matcher.group(1), defined.get(matcher.group(1)));
      matcher.appendReplacement(replaced, Matcher.quoteReplacement(value));
      limit(replaced.length());
    }
    matcher.appendTail(replaced);
    limit(replaced.length());
    characters += replaced.length();
    return replaced.toString();
  }

  /** A value can stand in many places, and in other values: a few lines would fill any memory. */
  private void limit(int more) throws PlaylistException {
    if (characters + more > PlaylistReader.MAX_CHARACTERS) {
      throw new PlaylistException("playlist is too long once its variables are put in");
    }
  }

  private static Optional<String> parameter(URI base, String name) {
    String query = base.getRawQuery() == null ? "" : base.getRawQuery();
    for (String pair : query.split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2 && parts[0].equals(name)) {
        try {
          return Optional.of(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        } catch (IllegalArgumentException unreadable) {
          return Optional.of(parts[1]);
        }
      }
    }
    return Optional.empty();
  }
}
