package io.aircheck.core.observe;

/**
 * Where a task's observations go. Called on the task's thread; must not block for long.
 *
 * <p>Metrics come as plain numbers, since there are dozens for every picture and nobody may want
 * them.
 */
public interface ObservationSink {
  /** Listens to nothing. */
  ObservationSink NONE = observation -> {};

  /** A finding opened, changed or closed, or a fingerprint was taken. */
  void observe(Observation observation);

  /**
   * Something may become a finding: what it takes has been so for half of the hold time. Nothing is
   * told when it passes.
   *
   * @param kind kind of the finding
   * @param ptsMicros media time at which that is so
   */
  default void suspected(String kind, long ptsMicros) {}

  /**
   * A value of a metric.
   *
   * @param track track id, or the empty string for the input as a whole
   * @param metric name in the vocabulary, such as {@code video.luma_mean}
   * @param ptsMicros media time that it belongs to
   * @param value in the unit of the metric's documentation; never NaN
   */
  default void metric(String track, String metric, long ptsMicros, double value) {}
}
