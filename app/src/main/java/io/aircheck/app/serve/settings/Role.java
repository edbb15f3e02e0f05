package io.aircheck.app.serve.settings;

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

  /** The lower-case word used in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it allows what another does. */
  public boolean covers(Role other) {
    return compareTo(other) >= 0;
  }
}
