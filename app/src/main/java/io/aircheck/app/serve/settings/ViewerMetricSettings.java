package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.app.config.SettingsException;
import io.aircheck.experience.cube.CubeSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /metrics} tells of viewers. Immutable.
 *
 * @param by dimensions that are labels; none: all viewers together
 * @param most combinations of values that have series of their own; 0: nothing is told
 */
public record ViewerMetricSettings(List<String> by, int most) {
  private static final int LARGEST = 1_000;

  /** What a service does that is told nothing. */
  static final ViewerMetricSettings DEFAULT = of(null, null);

  public ViewerMetricSettings {
    by = List.copyOf(by);
  }

  @JsonCreator
  static ViewerMetricSettings of(
      @JsonProperty("by") @Nullable List<String> by, @JsonProperty("most") @Nullable Integer most) {
    return new ViewerMetricSettings(by == null ? List.of("content") : by, most == null ? 50 : most);
  }

  /**
   * Checks them.
   *
   * @param spec of the cube that they are of
   * @throws SettingsException with a pointer into the settings of the service
   */
  void check(CubeSpec spec) throws SettingsException {
    ConnectorSettings.checkSet("/viewers/metrics/by", by, spec);
    if (most < 0 || most > LARGEST) {
      throw new SettingsException(
          "/viewers/metrics/most", "is %d, must be from 0 to %d".formatted(most, LARGEST));
    }
  }
}
