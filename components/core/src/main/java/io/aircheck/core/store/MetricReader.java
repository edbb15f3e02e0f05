package io.aircheck.core.store;

import io.aircheck.core.store.MetricHistory.Bucket;
import io.aircheck.core.store.MetricHistory.Series;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/** Answers questions about metrics over time. Thread-safe. */
public interface MetricReader {
  /** The order of curves in answers: by metric, rendition and track. */
  Comparator<Series> ORDER =
      Comparator.comparing(Series::metric)
          .thenComparing(series -> series.rendition() == null ? "" : series.rendition())
          .thenComparing(Series::track);

  /** Curves of a stream that have values in a range of time. */
  List<Series> series(String stream, long fromMillis, long toMillis);

  /**
   * Values of a curve in {@code [fromMillis, toMillis)}, oldest first; steps without values are
   * left out.
   *
   * @param stepMillis length of the steps: a multiple of 1000, and of 60,000 where only minutes are
   *     kept
   */
  List<Bucket> query(Series series, long fromMillis, long toMillis, long stepMillis);

  /**
   * Values of all curves of a stream that have any in {@code [fromMillis, toMillis)}, each as
   * {@link #query} gives them, in {@link #ORDER}: one question instead of one for each curve.
   *
   * @param stepMillis as there
   */
  SortedMap<Series, List<Bucket>> curves(
      String stream, long fromMillis, long toMillis, long stepMillis);
}
