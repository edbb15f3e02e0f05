package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what.
 *
 * @param name written on what is done with it
 * @param role what it allows
 * @param token the secret; 16 characters or more
 */
public record TokenSettings(String name, Role role, String token) {

  @JsonCreator
  static TokenSettings of(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("role") @Nullable Role role,
      @JsonProperty("token") @Nullable String token) {
    return new TokenSettings(
        name == null ? "" : name, role == null ? Role.VIEWER : role, token == null ? "" : token);
  }

  /** The secret stays out of logs. */
  @Override
  public String toString() {
    return "TokenSettings[" + name + ", " + role + "]";
  }
}
