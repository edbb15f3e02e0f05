package io.aircheck.app.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What only the page shows.
 *
 * @param series metrics over time
 * @param thumbnails JPEG pictures by {@link #key}
 */
public record Illustrations(List<Series> series, Map<String, byte[]> thumbnails) {
  /** Nothing to show. */
  public static final Illustrations NONE = new Illustrations(List.of(), Map.of());

  /**
   * A metric of one track over time, thinned out.
   *
   * @param rendition rendition, or null where there is none
   * @param track track id, or empty
   * @param metric name
   * @param points time, smallest, mean and largest value of each stretch
   */
  public record Series(
      @Nullable String rendition, String track, String metric, List<Point> points) {}

  /** One stretch of a series. */
  public record Point(double seconds, double min, double mean, double max) {}

  /** The key of a finding's thumbnail. */
  public static String key(@Nullable String rendition, String findingId) {
    return (rendition == null ? "" : rendition) + "|" + findingId;
  }
}
