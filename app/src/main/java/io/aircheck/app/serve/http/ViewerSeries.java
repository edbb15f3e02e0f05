package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.connectors.SumsJson;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.measure.Ratio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sums and ratios over time, a curve for each row. Not thread-safe. */
final class ViewerSeries {
  private static final String VIEWERS = "viewers";
  private static final List<String> USUAL =
      List.of(
          VIEWERS,
          "views",
          "stalls",
          "exitsBeforeStartPercent",
          "startFailurePercent",
          "playbackFailurePercent",
          "startupSeconds",
          "rebufferingPercent",
          "bitrateKbps",
          "latencySeconds");

  /** What is known of a step. */
  private record Point(Measures sums, int windows) {}

  /** A row, by steps. */
  private static final class Curve {
    private final Map<String, String> cohort;
    private final ObjectNode values;
    private final Map<Integer, Point> points = new LinkedHashMap<>();
    private long watchedMillis;

    /**
     * @param cohort what its viewers have in common
     * @param values those that tell it from other rows
     */
    Curve(Map<String, String> cohort, ObjectNode values) {
      this.cohort = cohort;
      this.values = values;
    }

    /** What is known of a step. */
    Point at(int step) {
      return points.getOrDefault(step, new Point(Measures.ZERO, 0));
    }

    long watchedMillis() {
      return watchedMillis;
    }
  }

  private final CubeQuery query;
  private final List<String> measures;
  private final List<Long> times = new ArrayList<>();
  private final Map<List<String>, Curve> curves = new LinkedHashMap<>();
  private long otherDeltas;

  /**
   * @param measures ids of measures and ratios; none: the usual ones
   */
  ViewerSeries(CubeQuery query, List<String> measures) {
    this.query = query;
    this.measures = measures.isEmpty() ? USUAL : List.copyOf(measures);
    for (String measure : this.measures) {
      value(measure, new Point(Measures.ZERO, 1)); // refuses what there is not
    }
  }

  /** What sums it is made of. */
  Set<Measure> summed() {
    Set<Measure> summed = EnumSet.of(Measure.WATCHED_MILLIS, Measure.VIEWERS);
    for (Measure measure : Measure.values()) {
      if (measures.contains(measure.id())) {
        summed.add(measure);
      }
    }
    for (Ratio ratio : Ratio.values()) {
      if (measures.contains(ratio.id())) {
        summed.add(ratio.over());
        summed.add(ratio.under());
      }
    }
    return summed;
  }

  /**
   * Adds a step.
   *
   * @param windows of which anything is known
   */
  void add(long fromMillis, CubeAnswer answer, int windows) {
    int step = times.size();
    times.add(fromMillis);
    otherDeltas += answer.otherDeltas();
    for (CubeAnswer.Row row : answer.rows()) {
      Curve curve =
          curves.computeIfAbsent(
              row.values(),
              values -> new Curve(query.cohort(values), ViewerJson.values(query, row)));
      Measures sums = row.cell().sums();
      curve.points.put(step, new Point(sums, windows));
      curve.watchedMillis += sums.get(Measure.WATCHED_MILLIS);
    }
  }

  /**
   * Writes the curves of those with the most watched time.
   *
   * @param usual who knows what is usual; null: that is not asked for
   */
  void write(ObjectNode json, int limit, @Nullable UsualJson usual) {
    ArrayNode at = json.putArray("times");
    times.forEach(millis -> at.add(millis / 1000));
    ArrayNode rows = json.putArray("rows");
    curves.values().stream()
        .sorted(Comparator.comparingLong(Curve::watchedMillis).reversed())
        .limit(limit)
        .forEach(
            curve -> {
              ObjectNode row = rows.addObject();
              row.set("values", curve.values);
              ObjectNode all = row.putObject("measures");
              measures.forEach(measure -> write(all.putArray(measure), measure, curve));
              if (usual != null) {
                row.set("usual", usual.of(curve.cohort, this::isAsked, times, sums(curve)));
              }
            });
    json.put("moreRows", Math.max(0, curves.size() - limit));
    json.put("otherDeltas", otherDeltas);
  }

  private boolean isAsked(Ratio ratio) {
    return measures.contains(ratio.id());
  }

  private List<Measures> sums(Curve curve) {
    return IntStream.range(0, times.size()).mapToObj(step -> curve.at(step).sums()).toList();
  }

  private void write(ArrayNode array, String measure, Curve curve) {
    for (int step = 0; step < times.size(); step++) {
      OptionalDouble value = value(measure, curve.at(step));
      if (value.isPresent()) {
        array.add(value.getAsDouble());
      } else {
        array.addNull();
      }
    }
  }

  /** The value of a measure or ratio; empty: not known. */
  private static OptionalDouble value(String id, Point point) {
    if (id.equals(VIEWERS)) {
      return point.windows() == 0 && point.sums().get(Measure.VIEWERS) > 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(SumsJson.viewers(point.sums(), point.windows()));
    }
    for (Measure measure : Measure.values()) {
      if (measure.id().equals(id)) {
        return OptionalDouble.of((double) point.sums().get(measure));
      }
    }
    for (Ratio ratio : Ratio.values()) {
      if (ratio.id().equals(id)) {
        return ratio.of(point.sums());
      }
    }
    throw Problem.badRequest("there is no measure %s; see docs/viewers/metrics.md".formatted(id));
  }
}
