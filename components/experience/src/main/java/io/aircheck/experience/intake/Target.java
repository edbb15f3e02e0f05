package io.aircheck.experience.intake;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The address that a player sends reports to, as it was configured: what CMCD calls a target. Of
 * several targets of a player each numbers its reports on its own. Immutable.
 *
 * @param path of the address
 * @param arguments of the address, by their names
 */
public record Target(String path, Map<String, String> arguments) {
  /** The argument by which targets of one path are told apart. */
  public static final String NAME = "target";

  private static final int LONGEST_NAME = 64;

  public Target {
    arguments = Map.copyOf(arguments);
  }

  /** The channel of what comes by it: all that is numbered together, and nothing else. */
  public String channel() {
    @Nullable String name = arguments.get(NAME);
    if (name == null || name.isBlank()) {
      return path;
    }
    return path + "?" + NAME + "=" + name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }
}
