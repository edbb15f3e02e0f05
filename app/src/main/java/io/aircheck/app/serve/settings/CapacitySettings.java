package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.app.config.SettingsException;
import org.jspecify.annotations.Nullable;

/**
 * When the machine counts as full.
 *
 * @param share of the machine's cores that the service may use, above 0 and up to 1
 */
public record CapacitySettings(double share) {
  private static final double DEFAULT_SHARE = 0.85;

  @JsonCreator
  static CapacitySettings of(@JsonProperty("share") @Nullable Double share) {
    return new CapacitySettings(share == null ? DEFAULT_SHARE : share);
  }

  void check() throws SettingsException {
    if (!(share > 0 && share <= 1)) {
      throw new SettingsException(
          "/capacity/share", "is %s, must be above 0 and 1 at most".formatted(share));
    }
  }
}
