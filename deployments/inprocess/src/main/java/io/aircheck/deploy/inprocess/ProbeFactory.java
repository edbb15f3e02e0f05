package io.aircheck.deploy.inprocess;

import io.aircheck.core.task.TaskProbe;

/** Gives each task somebody who looks on; called before the task starts, from several threads. */
@FunctionalInterface
public interface ProbeFactory {
  /** Nobody looks on. */
  ProbeFactory NONE = id -> TaskProbe.NONE;

  TaskProbe probe(TaskId id);
}
