package io.aircheck.core.deploy;

import java.util.Map;

/**
 * One detector of a stream with the options set for it.
 *
 * @param kind name of the detector, see {@link io.aircheck.core.detect.DetectorFactory#kind}
 * @param options values by option name; options not named keep their default
 */
public record DetectorChoice(String kind, Map<String, Double> options) {
  public DetectorChoice {
    options = Map.copyOf(options);
  }
}
