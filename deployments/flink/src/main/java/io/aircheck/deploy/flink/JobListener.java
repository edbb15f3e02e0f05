package io.aircheck.deploy.flink;

import io.aircheck.core.incident.IncidentChange;

/**
 * Told of what comes out of a job beside observations: one call after the other, on threads of the
 * desk.
 */
public interface JobListener {
  /** Nobody listens. */
  JobListener NONE =
      new JobListener() {
        @Override
        public void incident(IncidentChange change) {}

        @Override
        public void reached(String stream, long micros, long atMillis) {}
      };

  /** Something happened to an incident that the job makes of observations. */
  void incident(IncidentChange change);

  /**
   * A stream is watched up to here, about once a second.
   *
   * @param micros media time that one of its renditions has reached
   * @param atMillis wall-clock time of the worker then, milliseconds since the epoch
   */
  void reached(String stream, long micros, long atMillis);
}
