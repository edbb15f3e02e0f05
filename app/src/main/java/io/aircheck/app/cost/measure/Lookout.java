package io.aircheck.app.cost.measure;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskStatistics;
import io.aircheck.deploy.inprocess.ProbeFactory;
import io.aircheck.deploy.inprocess.TaskId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Notices what makes a measurement worth less, or nothing. Thread-safe. */
final class Lookout implements ProbeFactory {
  private final Map<TaskId, Long> skipped = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

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
    return new TaskProbe() {
      @Override
      public void shedding(int stride, double behindSeconds, long skippedFrames) {
        skipped.put(task, skippedFrames);
      }

      @Override
      public void unavailable(String reason) {
        failure.compareAndSet(null, reason);
      }

      @Override
      public void ended(TaskStatistics statistics, @Nullable MediaException why) {
        skipped.put(task, statistics.skippedFrames());
        if (why != null) {
          failure.compareAndSet(null, why.getMessage());
        } else if (!statistics.detectorFailures().isEmpty()) {
          failure.compareAndSet(null, "detectors failed: " + statistics.detectorFailures());
        }
      }
    };
  }
}
