package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Locale;

/** What a token allows, each with all before it. */
public enum Role {
  /** Needs no token: whether the service is alive, and what its API is. */
  NOBODY,
  /** Reads everything. */
  VIEWER,
  /** Also acknowledges, notes, closes and reopens incidents, sends again, and checks files. */
  OPERATOR,
  /** Also changes streams, mutes and settings. */
  ADMIN;

  /**
   * The role of a word in the configuration.
   *
   * @throws IllegalArgumentException for any other word
   */
  @JsonCreator
  static Role parse(String word) {
    for (Role role : List.of(VIEWER, OPERATOR, ADMIN)) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    throw new IllegalArgumentException("must be one of viewer, operator, admin");
  }

  /** The lower-case word used in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it allows what another does. */
  public boolean covers(Role other) {
    return compareTo(other) >= 0;
  }
}
