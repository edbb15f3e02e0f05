package io.aircheck.app.cost;

import io.aircheck.app.UsageException;
import io.aircheck.core.detect.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to plan for.
 *
 * @param streams watched at once, 1 or more
 * @param hours of each day, above 0 and up to 24
 * @param checkSeconds of stream that a check on demand takes, above 0
 * @param detectors selectors of what to look for; empty: what was measured
 */
public record PlanRequest(int streams, double hours, double checkSeconds, List<String> detectors) {
  private static final double HOURS_PER_DAY = 24;
  private static final double USUAL_CHECK_SECONDS = 60;
  private static final List<String> KEYS = List.of("streams", "hours", "checkSeconds", "detectors");

  public PlanRequest {
    detectors = List.copyOf(detectors);
  }

  /**
   * Reads {@code streams=2000,hours=24,detectors=video.*,audio.silence}: what has no name belongs
   * to the one before.
   *
   * @throws UsageException for what cannot be understood
   */
  public static PlanRequest parse(String text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    String key = "";
    for (String word : text.split(",", -1)) {
      int equals = word.indexOf('=');
      if (equals >= 0) {
        key = word.substring(0, equals).strip();
        if (!KEYS.contains(key)) {
          throw refused(
              "unknown "
                  + key
                  + Suggestion.among(KEYS, key)
                  + "; there are "
                  + String.join(", ", KEYS));
        }
        if (values.put(key, new ArrayList<>()) != null) {
          throw refused(key + " is given twice");
        }
      }
      List<String> list = values.get(key);
      if (list == null) {
        throw refused("write name=value, such as streams=2000,hours=24");
      }
      list.add(word.substring(equals + 1).strip());
    }
    if (!values.containsKey("streams")) {
      throw refused("needs streams, such as streams=2000");
    }
    double streams = number(values, "streams", 1, 1, 1e9);
    if (streams != Math.rint(streams)) {
      throw refused("streams must be a whole number");
    }
    return new PlanRequest(
        (int) streams,
        number(values, "hours", HOURS_PER_DAY, Double.MIN_VALUE, HOURS_PER_DAY),
        number(values, "checkSeconds", USUAL_CHECK_SECONDS, Double.MIN_VALUE, 86_400),
        values.getOrDefault("detectors", List.of()));
  }

  private static double number(
      Map<String, List<String>> values, String key, double usual, double lowest, double highest) {
    List<String> words = values.get(key);
    if (words == null) {
      return usual;
    }
    String word = String.join(",", words);
    try {
      double value = Double.parseDouble(word);
      if (value >= lowest && value <= highest) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw refused("%s is %s, must be a number".formatted(key, word));
    }
    throw refused(
        lowest == Double.MIN_VALUE
            ? "%s is %s, must be above 0 and at most %.0f".formatted(key, word, highest)
            : "%s is %s, must be from %.0f to %.0f".formatted(key, word, lowest, highest));
  }

  private static UsageException refused(String why) {
    return new UsageException("--plan: " + why);
  }
}
