package io.aircheck.audience.fault;

import io.aircheck.audience.crowd.Dimension;
import io.aircheck.core.detect.Suggestion;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fault at a time that is known before. Immutable.
 *
 * @param startMillis since the audience began
 * @param endMillis since the audience began, excluded
 * @param where values of dimensions of those who are hit; empty: everybody
 * @param times how much worse it makes it; above 0, and below 1 it makes it better
 */
public record TimedFault(
    FaultKind kind, long startMillis, long endMillis, Map<Dimension, String> where, double times)
    implements Fault {

  private static final Pattern SYNTAX =
      Pattern.compile("([a-z_]+)@(\\d+(?:\\.\\d+)?)\\+(\\d+(?:\\.\\d+)?)((?:,[^,=]+=[^,=]+)*)");
  private static final String TIMES = "times";

  public TimedFault {
    where = Map.copyOf(where);
  }

  /**
   * Reads {@code KIND@start+duration[,dimension=value...][,times=N]}, times in seconds.
   *
   * @throws IllegalArgumentException when it cannot be read; the message is one line for the user
   */
  public static TimedFault parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          ("cannot read fault \"%s\"; write KIND@start+duration[,dimension=value...][,times=N] with"
                  + " times in seconds, such as stalls@60+120,cdn=cdn-b")
              .formatted(text));
    }
    FaultKind kind = FaultKind.of(matcher.group(1));
    long start = millis(matcher.group(2));
    long end = start + millis(matcher.group(3));
    double times = kind.usualTimes();
    Map<Dimension, String> where = new EnumMap<>(Dimension.class);
    for (String assignment : matcher.group(4).split(",")) {
      int equals = assignment.indexOf('=');
      if (equals < 0) {
        continue;
      }
      String name = assignment.substring(0, equals);
      String value = assignment.substring(equals + 1);
      if (name.equals(TIMES)) {
        times = times(kind, value);
      } else {
        where.put(dimension(kind, name), value);
      }
    }
    return new TimedFault(kind, start, end, where, times);
  }

  private static long millis(String seconds) {
    return Math.round(Double.parseDouble(seconds) * 1000);
  }

  private static Dimension dimension(FaultKind kind, String name) {
    return Dimension.of(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no dimension %s%s"
                        .formatted(kind.word(), name, Suggestion.among(Dimension.ids(), name))));
  }

  private static double times(FaultKind kind, String text) {
    try {
      double times = Double.parseDouble(text);
      if (times > 0 && times <= 1e6) {
        return times;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "times of %s is %s, must be a number above 0 and up to 1000000"
            .formatted(kind.word(), text));
  }

  @Override
  public boolean lasts(long millis) {
    return millis >= startMillis && millis < endMillis;
  }
}
