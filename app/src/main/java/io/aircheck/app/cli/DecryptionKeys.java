package io.aircheck.app.cli;

import io.aircheck.app.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decryption keys from the places that other users of the machine cannot read. There is no option
 * with the key itself: command lines are visible to everybody. No message contains a key.
 */
final class DecryptionKeys {
  /** Environment variable: {@code KID:KEY} or {@code KEY}, several separated by commas. */
  static final String ENVIRONMENT = "AIRCHECK_KEYS";

  /** Key id that stands for any. */
  private static final String ANY = "*";

  private static final Pattern ENTRY =
      Pattern.compile("(?:(\\*|[0-9A-Fa-f]{32}):)?([0-9A-Fa-f]{32})");

  private DecryptionKeys() {}

  /**
   * All keys; a key file wins over the environment, the environment over the configuration.
   *
   * @throws UsageException naming the entry that is wrong, without its text
   */
  static Map<String, String> gather(
      Map<String, String> configured, @Nullable Path keyFile, Map<String, String> environment) {
    Map<String, String> keys = new LinkedHashMap<>();
    configured.forEach((kid, key) -> add(kid + ":" + key, "keys of the configuration", keys));
    String variable = environment.getOrDefault(ENVIRONMENT, "");
    int index = 0;
    for (String entry : variable.split(",", -1)) {
      index++;
      if (!variable.isBlank()) {
        add(entry.strip(), ENVIRONMENT + ", entry " + index, keys);
      }
    }
    if (keyFile != null) {
      read(keyFile, keys);
    }
    return keys;
  }

  private static void read(Path file, Map<String, String> keys) {
    int line = 0;
    try {
      for (String text : Files.readAllLines(file)) {
        line++;
        String entry = text.strip();
        if (!entry.isEmpty() && !entry.startsWith("#")) {
          add(entry, file + ":" + line, keys);
        }
      }
    } catch (IOException e) {
      throw new UsageException(file + ": cannot read the keys; check path and permissions", e);
    }
  }

  private static void add(String entry, String place, Map<String, String> keys) {
    Matcher matcher = ENTRY.matcher(entry);
    if (!matcher.matches()) {
      throw new UsageException(
          place + ": must be KID:KEY or KEY, 32 hexadecimal digits each (KID may be *)");
    }
    String kid = matcher.group(1);
    keys.put(kid == null ? ANY : kid, matcher.group(2));
  }
}
