package io.aircheck.faults.inject;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One fault to inject.
 *
 * @param startMicros media time at which it begins
 * @param endMicros media time at which it ends, excluded
 * @param values strength by parameter name, defaults filled in
 */
public record FaultRequest(
    FaultKind kind, long startMicros, long endMicros, Map<String, Double> values) {

  private static final Pattern SYNTAX =
      Pattern.compile("([a-z_]+)@(\\d+(?:\\.\\d+)?)\\+(\\d+(?:\\.\\d+)?)((?:,[^,=]+=[^,=]+)*)");

  public FaultRequest {
    values = Map.copyOf(values);
  }

  /**
   * Reads {@code KIND@start+duration[,name=value...]}, times in seconds.
   *
   * @throws IllegalArgumentException when it cannot be read; the message is one line for the user
   */
  public static FaultRequest parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "cannot read fault \"%s\"; write KIND@start+duration[,name=value...] with times in"
                  .formatted(text)
              + " seconds, such as black@5+2");
    }
    FaultKind kind = FaultKind.of(matcher.group(1));
    long start = Math.round(Double.parseDouble(matcher.group(2)) * 1e6);
    long end = start + Math.round(Double.parseDouble(matcher.group(3)) * 1e6);
    return new FaultRequest(kind, start, end, values(kind, matcher.group(4)));
  }

  private static Map<String, Double> values(FaultKind kind, String text) {
    Map<String, Double> values = new LinkedHashMap<>();
    kind.parameters().forEach(parameter -> values.put(parameter.name(), parameter.defaultValue()));
    for (String assignment : text.split(",")) {
      if (assignment.isEmpty()) {
        continue;
      }
      int equals = assignment.indexOf('=');
      String name = assignment.substring(0, equals);
      FaultParameter parameter =
          kind.parameters().stream()
              .filter(known -> known.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "%s has no parameter %s; it has: %s"
                              .formatted(kind.word(), name, String.join(", ", values.keySet()))));
      values.put(name, number(parameter, kind, assignment.substring(equals + 1)));
    }
    return values;
  }

  private static double number(FaultParameter parameter, FaultKind kind, String text) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s of %s is not a number: %s".formatted(parameter.name(), kind.word(), text), e);
    }
    if (!(value >= parameter.min() && value <= parameter.max())) {
      throw new IllegalArgumentException(
          "%s of %s is %s, must be from %s to %s"
              .formatted(parameter.name(), kind.word(), text, parameter.min(), parameter.max()));
    }
    return value;
  }

  /** Strength by parameter name. */
  double value(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(kind.word() + " has no parameter " + name);
    }
    return value;
  }

  /** Whether a moment lies within it. */
  boolean covers(long micros) {
    return micros >= startMicros && micros < endMicros;
  }
}
