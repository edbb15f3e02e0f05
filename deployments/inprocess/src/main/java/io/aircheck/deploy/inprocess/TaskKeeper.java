package io.aircheck.deploy.inprocess;

import io.aircheck.core.task.StreamTask;
import java.util.Optional;

/**
 * Keeps what the tasks of a run know, so that they can go on in another process. Called by the
 * thread that owns the task at that moment, from several threads.
 */
public interface TaskKeeper {
  /** Keeps nothing: every task begins anew. */
  TaskKeeper NONE =
      new TaskKeeper() {
        @Override
        public Optional<Saved> saved(TaskId id) {
          return Optional.empty();
        }

        @Override
        public void stepped(TaskId id, StreamTask task) {}

        @Override
        public void ended(TaskId id, StreamTask task) {}
      };

  /** What an earlier run left of a task. */
  sealed interface Saved {
    /** It was at work: {@link StreamTask#snapshot}. */
    record Working(byte[] snapshot) implements Saved {}

    /** It had come to its end. */
    record Ended() implements Saved {}
  }

  /** What an earlier run left of a task, if anything. */
  Optional<Saved> saved(TaskId id);

  /** The task has taken a step; what it observed in it has been told before. */
  void stepped(TaskId id, StreamTask task);

  /** The task has taken its last step. */
  void ended(TaskId id, StreamTask task);
}
