package io.aircheck.app.check;

import io.aircheck.app.image.Thumbnail;
import io.aircheck.app.report.Illustrations;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.observe.Finding;
import io.aircheck.deploy.inprocess.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers what the page shows: metrics over time and a picture of each finding. Bounded. */
public final class Illustrator implements InputWatcher {
  /** Pictures kept at most: some hundred kilobytes of page. */
  private static final int MAX_THUMBNAILS = 60;

  private record SeriesKey(@Nullable String rendition, String track, String metric) {}

  private final Lock lock = new ReentrantLock();
  private final Map<SeriesKey, SeriesBuilder> series = new LinkedHashMap<>();
  private final Map<String, byte[]> thumbnails = new HashMap<>();
  private final Map<TaskId, List<String>> wanted = new HashMap<>();

  @Override
  public void metric(TaskId task, String track, String metric, long ptsMicros, double value) {
    lock.lock();
    try {
      series
          .computeIfAbsent(
              new SeriesKey(task.rendition(), track, metric), key -> new SeriesBuilder())
          .add(ptsMicros, value);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void opened(TaskId task, Finding finding) {
    lock.lock();
    try {
      wanted
          .computeIfAbsent(task, id -> new ArrayList<>())
          .add(Illustrations.key(finding.rendition(), finding.id()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void picture(TaskId task, FrameView frame) {
    keep(task, () -> Thumbnail.jpeg(frame, Thumbnail.REPORT_WIDTH));
  }

  @Override
  public void still(TaskId task, long ptsMicros, byte[] jpeg) {
    keep(task, () -> jpeg);
  }

  private void keep(TaskId task, Supplier<byte[]> picture) {
    lock.lock();
    try {
      List<String> keys = wanted.remove(task);
      if (keys == null || thumbnails.size() >= MAX_THUMBNAILS) {
        return;
      }
      byte[] jpeg = picture.get();
      keys.forEach(key -> thumbnails.put(key, jpeg));
    } finally {
      lock.unlock();
    }
  }

  /** What was gathered. */
  public Illustrations illustrations() {
    lock.lock();
    try {
      List<Illustrations.Series> all = new ArrayList<>();
      series.forEach(
          (key, builder) ->
              all.add(
                  new Illustrations.Series(
                      key.rendition(), key.track(), key.metric(), builder.points())));
      return new Illustrations(all, Map.copyOf(thumbnails));
    } finally {
      lock.unlock();
    }
  }
}
