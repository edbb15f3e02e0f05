package io.aircheck.experience.alert;

import io.aircheck.experience.alert.CubeWindow.Grouping;
import io.aircheck.experience.alert.CubeWindow.Row;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Viewers by three CDNs, four countries and two devices, who wait for data for a known share of the
 * time that they watch.
 */
@SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
final class Audience {
  static final List<List<String>> GROUPINGS =
      List.of(
          List.of(),
          List.of("cdn"),
          List.of("country"),
          List.of("device"),
          List.of("cdn", "country"));

  /** Values of one of the audience's parts. */
  record Part(String cdn, String country, String device) {
    String value(String dimension) {
      return switch (dimension) {
        case "cdn" -> cdn;
        case "country" -> country;
        default -> device;
      };
    }
  }

  /** What a part does in a window. */
  interface Behaviour {
    /** Share of watched time in stalls. */
    double stalled(Part part, long millis);

    /** How many watch. */
    default long viewers(Part part, long millis) {
      return 200;
    }
  }

  private final long lengthMillis;

  Audience(long lengthMillis) {
    this.lengthMillis = lengthMillis;
  }

  static List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (String cdn : List.of("cdn-a", "cdn-b", "cdn-c")) {
      for (String country : List.of("DE", "ES", "FR", "IT")) {
        for (String device : List.of("phone", "tv")) {
          parts.add(new Part(cdn, country, device));
        }
      }
    }
    return parts;
  }

  /** A window; parts that nobody watches are not in it. */
  CubeWindow window(long startMillis, Behaviour behaviour) {
    Map<Part, Measures> sums = new LinkedHashMap<>();
    for (Part part : parts()) {
      long viewers = behaviour.viewers(part, startMillis);
      long watched = viewers * lengthMillis;
      long stalled = Math.round(watched * behaviour.stalled(part, startMillis));
      if (viewers > 0) {
        sums.put(part, sums(viewers, watched, stalled));
      }
    }
    List<Grouping> groupings = new ArrayList<>();
    for (List<String> dimensions : GROUPINGS) {
      Map<List<String>, Measures> rows = new LinkedHashMap<>();
      sums.forEach(
          (part, measured) ->
              rows.merge(dimensions.stream().map(part::value).toList(), measured, Measures::plus));
      groupings.add(
          new Grouping(
              dimensions,
              rows.entrySet().stream().map(row -> new Row(row.getKey(), row.getValue())).toList()));
    }
    return new CubeWindow(startMillis, lengthMillis, groupings);
  }

  static Measures sums(long viewers, long watched, long stalled) {
    long[] sums = new long[Measure.values().length];
    sums[Measure.VIEWERS.ordinal()] = viewers;
    sums[Measure.WATCHED_MILLIS.ordinal()] = watched;
    sums[Measure.STALLED_MILLIS.ordinal()] = stalled;
    return Measures.of(sums);
  }
}
