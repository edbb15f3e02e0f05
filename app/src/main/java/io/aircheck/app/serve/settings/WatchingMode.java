package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How closely a stream is watched, as declared. */
public enum WatchingMode {
  /** Every rendition in full, whatever the machine says. */
  FULL,
  /** Lightly while nothing is suspicious, whatever the machine says. */
  LIGHT,
  /** In full while the machine has room for it, otherwise lightly. */
  AUTO;

  /**
   * The mode of a word in the configuration.
   *
   * @throws IllegalArgumentException for any other word
   */
  @JsonCreator
  static WatchingMode parse(String word) {
    for (WatchingMode mode : values()) {
      if (mode.word().equals(word)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("must be one of full, light, auto");
  }

  /** The lower-case word used in the configuration. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
