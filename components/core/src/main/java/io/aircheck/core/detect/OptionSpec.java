package io.aircheck.core.detect;

/**
 * One tunable of a detector, as data: command line, API, page and documentation are generated from
 * it.
 *
 * @param name camel case with the unit at the end, such as {@code minDurationSeconds}
 * @param unit unit in words or symbols, such as {@code s}, {@code dBFS}; empty for counts and
 *     ratios
 * @param defaultValue value where none is set; within the range
 * @param min smallest legal value
 * @param max largest legal value
 * @param help one sentence: what it does when it is raised
 */
public record OptionSpec(
    String name, String unit, double defaultValue, double min, double max, String help) {

  public OptionSpec {
    if (!(min <= defaultValue && defaultValue <= max)) {
      throw new IllegalArgumentException(
          name + ": default " + defaultValue + " not in " + min + ".." + max);
    }
  }

  /** The option that every detector has which holds a condition for a time. */
  public static OptionSpec minDurationSeconds(double defaultValue) {
    return new OptionSpec(
        "minDurationSeconds",
        "s",
        defaultValue,
        0,
        3600,
        "How long the condition must last before it is a finding.");
  }
}
