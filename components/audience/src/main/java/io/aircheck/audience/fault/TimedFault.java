package io.aircheck.audience.fault;

import io.aircheck.audience.crowd.Dimension;
import io.aircheck.core.detect.Suggestion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fault at a time that is known before. Immutable.
 *
 * @param startMillis since the audience began
 * @param endMillis since the audience began, excluded
 * @param strength in the sense of the effect of the kind; above 0
 */
public record TimedFault(
    FaultKind kind, long startMillis, long endMillis, Whom whom, double strength) implements Fault {

  private static final Pattern SYNTAX =
      Pattern.compile("([a-z_]+)@(\\d+(?:\\.\\d+)?)\\+(\\d+(?:\\.\\d+)?)((?:,[^,=]+=[^,=]+)*)");

  /**
   * Reads {@code KIND@start+duration[,dimension=value...][,kbps=N][,times=N|,share=N]}, times in
   * seconds.
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
    double strength = kind.usualStrength();
    int kbps = 0;
    Map<Dimension, String> where = new EnumMap<>(Dimension.class);
    for (String assignment : matcher.group(4).split(",")) {
      int equals = assignment.indexOf('=');
      if (equals < 0) {
        continue;
      }
      String name = assignment.substring(0, equals);
      String value = assignment.substring(equals + 1);
      if (kind.effect().strength().filter(name::equals).isPresent()) {
        strength = number(kind, name, value, kind.effect().most());
      } else if (name.equals(Whom.KBPS) && kind.effect().isOfStream()) {
        kbps = (int) Math.ceil(number(kind, name, value, Integer.MAX_VALUE));
      } else {
        where.put(dimension(kind, name), value);
      }
    }
    return new TimedFault(kind, start, end, new Whom(where, kbps), strength);
  }

  private static long millis(String seconds) {
    return Math.round(Double.parseDouble(seconds) * 1000);
  }

  private static Dimension dimension(FaultKind kind, String name) {
    return Dimension.of(name).orElseThrow(() -> unknown(kind, name));
  }

  private static IllegalArgumentException unknown(FaultKind kind, String name) {
    List<String> known = new ArrayList<>(Dimension.ids());
    kind.effect().strength().ifPresent(known::add);
    if (kind.effect().isOfStream()) {
      known.add(Whom.KBPS);
    }
    return new IllegalArgumentException(
        "%s has no %s%s".formatted(kind.word(), name, Suggestion.among(known, name)));
  }

  private static double number(FaultKind kind, String name, String text, double most) {
    try {
      double number = Double.parseDouble(text);
      if (number > 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "%s of %s is %s, must be a number above 0 and up to %.0f"
            .formatted(name, kind.word(), text, most));
  }

  @Override
  public boolean lasts(long millis) {
    return millis >= startMillis && millis < endMillis;
  }

  @Override
  public long changesAfter(long millis) {
    if (millis < startMillis) {
      return startMillis;
    }
    return millis < endMillis ? endMillis : Long.MAX_VALUE;
  }
}
