package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What becomes of a new stream when the machine is full. */
public enum WhenFull {
  /** It waits, and is watched once there is room. */
  WAIT,
  /** It cannot be added over the API. One of the configuration file waits all the same. */
  REFUSE;

  /**
   * The choice of a word in the configuration.
   *
   * @throws IllegalArgumentException for any other word
   */
  @JsonCreator
  static WhenFull parse(String word) {
    for (WhenFull choice : values()) {
      if (choice.word().equals(word)) {
        return choice;
      }
    }
    throw new IllegalArgumentException("must be one of wait, refuse");
  }

  /** The lower-case word used in the configuration. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
