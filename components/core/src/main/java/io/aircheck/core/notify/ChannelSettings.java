package io.aircheck.core.notify;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one channel, read by type. Every complaint is one line that names the type of
 * channel and the setting, and never a value. Immutable.
 */
public final class ChannelSettings {
  private final String type;
  private final List<ChannelSetting> known;
  private final Map<String, String> values;

  /**
   * @param values by name, references to secrets resolved; blank ones count as not given
   * @throws IllegalArgumentException for a setting that is unknown or missing
   */
  public ChannelSettings(String type, List<ChannelSetting> known, Map<String, String> values) {
    this.type = type;
    this.known = List.copyOf(known);
    this.values = new TreeMap<>(values);
    this.values.values().removeIf(String::isBlank);
    for (String name : values.keySet()) {
      if (known.stream().noneMatch(setting -> setting.covers(name))) {
        throw invalid(name, "is unknown; known are " + String.join(", ", names()));
      }
    }
    for (ChannelSetting setting : known) {
      if (setting.required() && !this.values.containsKey(setting.name())) {
        throw invalid(setting.name(), "is missing: " + setting.help());
      }
    }
  }

  private List<String> names() {
    return known.stream().map(ChannelSetting::name).toList();
  }

  /** A value that was given, or the default. */
  public Optional<String> find(String name) {
    String value = values.get(name);
    return Optional.ofNullable(value != null ? value.strip() : defaultOf(name));
  }

  private @Nullable String defaultOf(String name) {
    for (ChannelSetting setting : known) {
      if (setting.name().equals(name)) {
        return setting.defaultValue();
      }
    }
    throw new IllegalStateException(type + " declares no setting " + name);
  }

  /** A value that is required or has a default. */
  public String text(String name) {
    return find(name).orElseThrow(() -> invalid(name, "is missing"));
  }

  /** One of a few words. */
  public String word(String name, List<String> words) {
    String value = text(name).toLowerCase(Locale.ROOT);
    if (!words.contains(value)) {
      throw invalid(name, "must be one of " + String.join(", ", words));
    }
    return value;
  }

  /** A whole number. */
  public int integer(String name, int min, int max) {
    try {
      int value = Integer.parseInt(text(name));
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw invalid(name, "must be a whole number from %d to %d".formatted(min, max));
  }

  /** A time of whole seconds, from one to five minutes. */
  public Duration seconds(String name) {
    return Duration.ofSeconds(integer(name, 1, 300));
  }

  /** An address of http or https with a host; nothing that names a user. */
  public URI webAddress(String name) {
    URI uri;
    try {
      uri = new URI(text(name));
    } catch (URISyntaxException e) {
      throw invalid(name, "is no address: " + e.getReason());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!List.of("http", "https").contains(scheme) || uri.getHost() == null) {
      throw invalid(name, "must be an address such as https://example.com/path");
    }
    if (uri.getRawUserInfo() != null) {
      throw invalid(name, "must not hold a user or password; there are settings for these");
    }
    return uri;
  }

  /** Values of the settings whose names begin so, by the rest of their names. */
  public Map<String, String> below(String prefix) {
    Map<String, String> below = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            below.put(name.substring(prefix.length()), value.strip());
          }
        });
    return below;
  }

  /** The complaint about a setting. */
  public IllegalArgumentException invalid(String name, String why) {
    return new IllegalArgumentException("channel of type %s: %s %s".formatted(type, name, why));
  }

  /** Keeps the values of secret settings out of what is told. */
  public Discretion discretion() {
    List<String> secrets = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          if (known.stream().anyMatch(setting -> setting.secret() && setting.covers(name))) {
            secrets.add(value.strip());
          }
        });
    return new Discretion(secrets);
  }
}
