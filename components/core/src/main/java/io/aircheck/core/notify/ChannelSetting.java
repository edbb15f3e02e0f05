package io.aircheck.core.notify;

import org.jspecify.annotations.Nullable;

/**
 * A setting of a type of channel: what configuration, page and documentation say about it.
 *
 * @param name name in the configuration; one that ends with {@code .*} stands for any name of that
 *     beginning, such as {@code headers.*}
 * @param required whether it must be given
 * @param secret whether its value is never shown, logged or stored in the clear
 * @param defaultValue what holds when it is not given; null: nothing
 * @param help one sentence
 */
public record ChannelSetting(
    String name, boolean required, boolean secret, @Nullable String defaultValue, String help) {

  /** One that must be given. */
  public static ChannelSetting required(String name, String help) {
    return new ChannelSetting(name, true, false, null, help);
  }

  /** One that may be given. */
  public static ChannelSetting optional(String name, String help) {
    return new ChannelSetting(name, false, false, null, help);
  }

  /** One that has a value of its own unless another is given. */
  public static ChannelSetting withDefault(String name, String defaultValue, String help) {
    return new ChannelSetting(name, false, false, defaultValue, help);
  }

  /** The same, as a secret. */
  public ChannelSetting asSecret() {
    return new ChannelSetting(name, required, true, defaultValue, help);
  }

  /** Whether this setting says something about a name in the configuration. */
  public boolean covers(String given) {
    return name.endsWith(".*")
        ? given.length() > prefix().length() && given.startsWith(prefix())
        : name.equals(given);
  }

  /** What names covered by a setting that ends with {@code .*} begin with. */
  String prefix() {
    return name.substring(0, name.length() - 1);
  }
}
