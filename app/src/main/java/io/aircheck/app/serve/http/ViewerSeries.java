package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.viewers.ViewerWatch;
import io.aircheck.experience.baseline.UsualRange;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.measure.Ratio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
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
              row.values(), values -> new Curve(cohort(values), ViewerJson.values(query, row)));
      Measures sums = row.cell().sums();
      curve.points.put(step, new Point(sums, windows));
      curve.watchedMillis += sums.get(Measure.WATCHED_MILLIS);
    }
  }

  private Map<String, String> cohort(List<String> values) {
    Map<String, String> cohort = new HashMap<>(query.filter());
    for (int i = 0; i < values.size(); i++) {
      cohort.put(query.by().get(i), values.get(i));
    }
    return cohort;
  }

  /**
   * Writes the curves of those with the most watched time.
   *
   * @param usual who knows what is usual; null: that is not asked for
   */
  void write(ObjectNode json, int limit, @Nullable ViewerWatch usual) {
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
                writeUsual(row.putObject("usual"), curve, usual);
              }
            });
    json.put("moreRows", Math.max(0, curves.size() - limit));
    json.put("otherDeltas", otherDeltas);
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

  /** Where each ratio lies as a rule, as far as that is known of any step. */
  private void writeUsual(ObjectNode json, Curve curve, ViewerWatch usual) {
    for (Ratio ratio : Ratio.values()) {
      if (!measures.contains(ratio.id())) {
        continue;
      }
      List<Optional<UsualRange>> ranges = new ArrayList<>();
      for (int step = 0; step < times.size(); step++) {
        double under = curve.at(step).sums().get(ratio.under());
        ranges.add(usual.usual(curve.cohort, ratio, times.get(step), under));
      }
      if (ranges.stream().anyMatch(Optional::isPresent)) {
        ObjectNode one = json.putObject(ratio.id());
        bound(one.putArray("low"), ranges, UsualRange::low);
        bound(one.putArray("value"), ranges, UsualRange::value);
        bound(one.putArray("high"), ranges, UsualRange::high);
      }
    }
  }

  private static void bound(
      ArrayNode array, List<Optional<UsualRange>> ranges, ToDoubleFunction<UsualRange> bound) {
    for (Optional<UsualRange> range : ranges) {
      if (range.isPresent()) {
        array.add(bound.applyAsDouble(range.get()));
      } else {
        array.addNull();
      }
    }
  }

  /** The value of a measure or ratio; empty: not known. */
  private static OptionalDouble value(String id, Point point) {
    if (id.equals(VIEWERS)) {
      return OptionalDouble.of(ViewerJson.viewers(point.sums(), point.windows()));
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
