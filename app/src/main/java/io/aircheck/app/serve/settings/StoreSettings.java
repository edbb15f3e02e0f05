package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.app.config.SettingsException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A database besides the data directory. Immutable.
 *
 * @param url such as {@code postgresql://db.example.com:5432/aircheck}, without an account
 * @param password a secret
 */
public record StoreSettings(String url, String user, String password) {
  private static final String SCHEME = "postgresql://";

  @JsonCreator
  static StoreSettings of(
      @JsonProperty("url") @Nullable String url,
      @JsonProperty("user") @Nullable String user,
      @JsonProperty("password") @Nullable String password) {
    return new StoreSettings(
        url == null ? "" : url, user == null ? "" : user, password == null ? "" : password);
  }

  /**
   * Checks them as far as that goes without connecting.
   *
   * @throws SettingsException with a pointer into these settings
   */
  void check() throws SettingsException {
    if (!url.startsWith(SCHEME)) {
      throw new SettingsException(
          "/url", "must be an address such as postgresql://db.example.com:5432/aircheck");
    }
    String authority = url.substring(SCHEME.length()).split("/", 2)[0];
    String parameters = url.toLowerCase(Locale.ROOT).replaceFirst("^[^?]*", "");
    if (authority.contains("@") || parameters.matches(".*[?&](user|password)=.*")) {
      throw new SettingsException(
          "/url", "must not hold a user or password; there are settings for these");
    }
    if (user.isEmpty()) {
      throw new SettingsException("/user", "is missing: the account in the database");
    }
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "StoreSettings[" + url + "]";
  }
}
