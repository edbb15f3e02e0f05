package io.aircheck.core.deploy;

import java.util.Map;

/**
 * One detector of a stream with the options set for it.
 *
 * @param kind name of the detector, see {@link io.aircheck.core.detect.DetectorFactory#kind}
 * @param options values by option name; options not named keep their default
 * @param silent it only excuses what others find, see {@link
 *     io.aircheck.core.detect.ExcusingDetector}; what it finds itself is told elsewhere
 */
public record DetectorChoice(String kind, Map<String, Double> options, boolean silent) {
  public DetectorChoice {
    options = Map.copyOf(options);
  }

  /** One that tells what it finds. */
  public DetectorChoice(String kind, Map<String, Double> options) {
    this(kind, options, false);
  }

  /** The same, telling nothing. */
  public DetectorChoice silently() {
    return new DetectorChoice(kind, options, true);
  }
}
