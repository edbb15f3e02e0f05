package io.aircheck.core.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Metrics over time, kept at one second for a while and at one minute for longer. Sums and counts
 * are stored, so that any coarser step can be derived and parts can be merged. Thread-safe.
 */
public interface MetricHistory extends MetricReader {

  /**
   * A curve.
   *
   * @param rendition rendition of the ladder, or null where there is none
   * @param track track id, or the empty string for the input as a whole
   * @param metric name in the vocabulary, such as {@code video.luma_mean}
   */
  record Series(String stream, @Nullable String rendition, String track, String metric) {}

  /**
   * Values of a curve within a step of time.
   *
   * @param fromMillis start of the step, wall clock, a multiple of its length
   * @param count number of values; at least 1
   * @param sum sum of the values
   * @param min smallest value
   * @param max largest value
   */
  record Bucket(long fromMillis, long count, double sum, double min, double max) {

    /** Mean of the values. */
    public double mean() {
      return sum / count;
    }

    /**
     * The same values within a coarser step.
     *
     * @param stepMillis length of the steps, which all begin at multiples of it
     */
    public Bucket inSteps(long stepMillis) {
      return new Bucket(Math.floorDiv(fromMillis, stepMillis) * stepMillis, count, sum, min, max);
    }

    /** Both together. */
    public Bucket plus(Bucket other) {
      return new Bucket(
          Math.min(fromMillis, other.fromMillis),
          count + other.count,
          sum + other.sum,
          Math.min(min, other.min),
          Math.max(max, other.max));
    }
  }

  /** A bucket of one second of a curve. */
  record Sample(Series series, Bucket bucket) {}

  /**
   * Takes samples in; durable when this returns.
   *
   * @throws StoreException when nothing of it could be written
   */
  void append(List<Sample> samples);

  /**
   * Turns seconds before a time into minutes, and forgets minutes before another, and curves of
   * which nothing is left.
   *
   * @param secondsBeforeMillis multiple of 60,000
   */
  void compact(long secondsBeforeMillis, long minutesBeforeMillis);
}
