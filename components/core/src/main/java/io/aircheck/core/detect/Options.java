package io.aircheck.core.detect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checked option values of one detector; immutable. */
public final class Options {
  private final Map<String, Double> values;

  private Options(Map<String, Double> values) {
    this.values = values;
  }

  /**
   * Fills in defaults and checks ranges.
   *
   * @param kind kind of finding, for the message
   * @param specs the detector's options
   * @param given values set by the user, by option name
   * @throws IllegalArgumentException for an unknown name or a value out of range; the message is
   *     one line for the user
   */
  public static Options of(String kind, List<OptionSpec> specs, Map<String, Double> given) {
    Map<String, Double> values = new HashMap<>();
    for (OptionSpec spec : specs) {
      double value = given.getOrDefault(spec.name(), spec.defaultValue());
      if (!(value >= spec.min() && value <= spec.max())) {
        throw new IllegalArgumentException(
            "%s.%s is %s, must be from %s to %s%s"
                .formatted(
                    kind,
                    spec.name(),
                    plain(value),
                    plain(spec.min()),
                    plain(spec.max()),
                    spec.unit().isEmpty() ? "" : " " + spec.unit()));
      }
      values.put(spec.name(), value);
    }
    for (String name : given.keySet()) {
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException(
            "%s has no option %s; it has: %s"
                .formatted(
                    kind,
                    name,
                    specs.stream().map(OptionSpec::name).collect(Collectors.joining(", "))));
      }
    }
    return new Options(values);
  }

  /** The value of an option. */
  public double get(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no option " + name);
    }
    return value;
  }

  /** The value of an option in seconds, as microseconds. */
  public long micros(String name) {
    return Math.round(get(name) * 1e6);
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
