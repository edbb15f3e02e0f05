package io.aircheck.app.serve.connectors;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.experience.cube.Cell;
import io.aircheck.experience.cube.Distribution;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.measure.Ratio;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** What is measured of viewers as JSON, by the ids of measures and ratios. */
public final class SumsJson {
  /** Shares of which percentiles are told. */
  public static final List<Double> SHARES = List.of(0.5, 0.9, 0.95, 0.99);

  private SumsJson() {}

  /**
   * Adds all of a cell.
   *
   * @param windows of how many windows of the cube anything is known
   */
  public static void cell(ObjectNode json, Cell cell, int windows) {
    Measures sums = cell.sums();
    json.put("viewers", viewers(sums, windows));
    json.put("hitSessions", cell.hitSessions().size());
    measures(json, sums);
    ObjectNode percentiles = JsonNodeFactory.instance.objectNode();
    for (Distribution distribution : Distribution.values()) {
      percentiles(percentiles, distribution, share -> cell.percentile(distribution, share));
    }
    if (!percentiles.isEmpty()) {
      json.set("percentiles", percentiles);
    }
    if (cell.sessionEstimate() > 0) {
      json.put("sessionEstimate", Math.round(cell.sessionEstimate()));
    }
  }

  /** Adds the percentiles of a distribution, as far as they are known. */
  public static void percentiles(
      ObjectNode json, Distribution distribution, DoubleFunction<OptionalDouble> percentile) {
    for (double share : SHARES) {
      OptionalDouble value = percentile.apply(share);
      if (value.isPresent()) {
        json.withObject("/" + id(distribution.name()))
            .put("p%.0f".formatted(share * 100), value.getAsDouble());
      }
    }
  }

  /** How many watched in a window, on average of those of which anything is known. */
  public static double viewers(Measures sums, int windows) {
    return windows == 0 ? 0 : (double) sums.get(Measure.VIEWERS) / windows;
  }

  /** Sums and ratios by their ids. What is zero is there; a ratio of nothing is not. */
  public static void measures(ObjectNode json, Measures sums) {
    ObjectNode all = json.putObject("sums");
    for (Measure measure : Measure.values()) {
      if (measure != Measure.VIEWERS) {
        all.put(measure.id(), sums.get(measure));
      }
    }
    ObjectNode ratios = json.putObject("ratios");
    for (Ratio ratio : Ratio.values()) {
      ratio.of(sums).ifPresent(value -> ratios.put(ratio.id(), value));
    }
  }

  /** A constant's name as interfaces have it. */
  public static String id(String name) {
    List<String> words = List.of(name.toLowerCase(Locale.ROOT).split("_"));
    StringBuilder id = new StringBuilder(words.getFirst());
    for (String word : words.subList(1, words.size())) {
      id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return id.toString();
  }
}
