package io.aircheck.app.serve.streams;

import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.media.RequestLog;
import io.aircheck.deploy.inprocess.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of streams keep of the latest: pictures, packets, requests, and when findings
 * began. Thread-safe.
 */
public final class StreamFootage {
  private final Map<TaskId, TaskWatch> tasks = new LinkedHashMap<>();

  StreamFootage() {}

  /** A task begins; whoever looked at one of the same name before is forgotten. */
  void add(TaskWatch watch) {
    synchronized (tasks) {
      tasks.put(watch.task(), watch);
    }
  }

  void forget(String stream) {
    synchronized (tasks) {
      tasks.keySet().removeIf(task -> task.stream().equals(stream));
    }
  }

  /** Who looks at tasks, of all streams. */
  List<TaskWatch> all() {
    synchronized (tasks) {
      return List.copyOf(tasks.values());
    }
  }

  /** Who looks at the tasks of a stream. */
  List<TaskWatch> of(String stream) {
    synchronized (tasks) {
      return tasks.values().stream().filter(watch -> watch.task().stream().equals(stream)).toList();
    }
  }

  /**
   * The latest pictures, oldest first.
   *
   * @param rendition rendition of the ladder; null: the first that has pictures
   */
  public List<Still> stills(String stream, @Nullable String rendition) {
    return monitored(stream, rendition)
        .map(TaskWatch::stills)
        .filter(stills -> !stills.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /**
   * When the latest finding of a kind began, by the clock of the pictures and clips.
   *
   * @param rendition rendition of the ladder; null: any
   */
  public OptionalLong startMillis(String stream, @Nullable String rendition, String kind) {
    return monitored(stream, rendition)
        .map(watch -> watch.startMillis(kind))
        .flatMapToLong(OptionalLong::stream)
        .max();
  }

  /**
   * Writes a clip of what was on air around a time.
   *
   * @param rendition rendition of the ladder; null: the first
   * @param fromMillis wall-clock time of its start, or earlier by up to the distance of key frames
   * @param toMillis wall-clock time of its end
   * @return whether there was anything to write
   * @throws IOException when the file cannot be written
   */
  public boolean clip(
      String stream, @Nullable String rendition, long fromMillis, long toMillis, Path file)
      throws IOException {
    for (TaskWatch watch : monitored(stream, rendition).toList()) {
      if (watch.clip(fromMillis, toMillis, file)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The latest requests for playlists and segments, oldest first.
   *
   * @param rendition rendition of the ladder; null: the first that made any
   */
  public List<RequestLog.Exchange> exchanges(String stream, @Nullable String rendition) {
    return monitored(stream, rendition)
        .map(TaskWatch::exchanges)
        .filter(exchanges -> !exchanges.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private Stream<TaskWatch> monitored(String stream, @Nullable String rendition) {
    return of(stream).stream()
        .filter(watch -> watch.task().point() == Point.MONITORED)
        .filter(watch -> rendition == null || rendition.equals(watch.task().rendition()));
  }
}
