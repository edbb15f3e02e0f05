package io.aircheck.app.cost.measure;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskStatistics;
import io.aircheck.deploy.inprocess.ProbeFactory;
import io.aircheck.deploy.inprocess.TaskId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Notices what makes a measurement worth less, or nothing. Thread-safe. */
final class Lookout implements ProbeFactory {
  private final Map<TaskId, Long> skipped = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
  private final Set<TaskId> known = ConcurrentHashMap.newKeySet();
  private final Set<TaskId> disregarded = ConcurrentHashMap.newKeySet();

  /** What becomes of the tasks so far does not matter any more: they are being stopped. */
  void disregardThoseSoFar() {
    disregarded.addAll(known);
  }

  private void failed(TaskId task, @Nullable String why) {
    if (!disregarded.contains(task)) {
      failure.compareAndSet(null, String.valueOf(why));
    }
  }

  /** Pictures that were not looked at closely, since the machine was too slow. */
  long skippedPictures() {
    return skipped.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Why a task could not go on, the first of them. */
  Optional<String> failure() {
    return Optional.ofNullable(failure.get());
  }

  @Override
  public TaskProbe probe(TaskId task) {
    known.add(task);
    return new TaskProbe() {
      @Override
      public void shedding(int stride, double behindSeconds, long skippedFrames) {
        skipped.put(task, skippedFrames);
      }

      @Override
      public void unavailable(String reason) {
        failed(task, reason);
      }

      @Override
      public void ended(TaskStatistics statistics, @Nullable MediaException why) {
        skipped.put(task, statistics.skippedFrames());
        if (why != null) {
          failed(task, why.getMessage());
        } else if (!statistics.detectorFailures().isEmpty()) {
          failed(task, "detectors failed: " + statistics.detectorFailures());
        }
      }
    };
  }
}
