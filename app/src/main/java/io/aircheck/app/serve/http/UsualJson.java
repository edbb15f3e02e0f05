package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.viewers.ViewerWatch;
import io.aircheck.experience.baseline.UsualRange;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.measure.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Where ratios of some viewers lie as a rule, as JSON; those of which it is not known are absent.
 */
final class UsualJson {
  private final ViewerWatch watch;

  UsualJson(ViewerWatch watch) {
    this.watch = watch;
  }

  /**
   * For sums as they are.
   *
   * @param cohort whose they are: values by dimension
   * @param millis a moment that they are of
   */
  ObjectNode of(Map<String, String> cohort, Measures sums, long millis) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (Ratio ratio : Ratio.values()) {
      watch
          .usual(cohort, ratio, millis, sums.get(ratio.under()))
          .ifPresent(
              range ->
                  json.putObject(ratio.id())
                      .put("low", range.low())
                      .put("value", range.value())
                      .put("high", range.high())
                      .put("worse", watch.isRaised(cohort, ratio, millis, sums)));
    }
    return json;
  }

  /**
   * For sums over time: a value for each time, or null.
   *
   * @param wanted of which ratios
   * @param times starts of the windows
   * @param sums as many
   */
  ObjectNode of(
      Map<String, String> cohort, Predicate<Ratio> wanted, List<Long> times, List<Measures> sums) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (Ratio ratio : Ratio.values()) {
      if (!wanted.test(ratio)) {
        continue;
      }
      List<Optional<UsualRange>> ranges = new ArrayList<>();
      for (int i = 0; i < times.size(); i++) {
        ranges.add(watch.usual(cohort, ratio, times.get(i), sums.get(i).get(ratio.under())));
      }
      if (ranges.stream().anyMatch(Optional::isPresent)) {
        ObjectNode one = json.putObject(ratio.id());
        bound(one.putArray("low"), ranges, UsualRange::low);
        bound(one.putArray("value"), ranges, UsualRange::value);
        bound(one.putArray("high"), ranges, UsualRange::high);
      }
    }
    return json;
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
}
