package io.aircheck.deploy.flink;

import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.RequestLog;
import io.aircheck.deploy.inprocess.TaskId;

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
        public void seen(TaskId task, long reachedMicros, long atMillis, Glimpse glimpse) {}
      };

  /** Something happened to an incident that the job makes of observations. */
  void incident(IncidentChange change);

  /**
   * The input of a task was opened, and what it receives is kept where it runs.
   *
   * @param recording asks the worker for clips
   * @param requests asks the worker for the latest requests
   */
  default void kept(TaskId task, PacketRecording recording, RequestLog requests) {}

  /**
   * A task has come further; about once a second.
   *
   * @param reachedMicros media time that it has reached
   * @param atMillis wall-clock time of the worker then, milliseconds since the epoch
   * @param glimpse what was to be seen of it meanwhile
   */
  void seen(TaskId task, long reachedMicros, long atMillis, Glimpse glimpse);
}
