package io.aircheck.app.check;

import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.observe.Finding;
import io.aircheck.deploy.inprocess.TaskId;
import java.util.List;

/** Told of what happens while an input is analysed; from several threads when it is a ladder. */
public interface InputWatcher {
  /** Watches nothing. */
  InputWatcher NONE = new InputWatcher() {};

  default void configured(TaskId task, MediaInfo info) {}

  /** A metric's value, see {@link io.aircheck.core.observe.ObservationSink#metric}. */
  default void metric(TaskId task, String track, String metric, long ptsMicros, double value) {}

  /** A finding opened; the next picture of the task is the one it was found at. */
  default void opened(TaskId task, Finding finding) {}

  /** The input cannot be opened, or not be read to its end. */
  default void failed(TaskId task, Throwable failure) {}

  /** A picture, borrowed for the call. */
  default void picture(TaskId task, FrameView frame) {}

  /** A small copy of a picture, where the analysis runs in another process. */
  default void still(TaskId task, long ptsMicros, byte[] jpeg) {}

  /** Several watchers as one. */
  static InputWatcher all(List<InputWatcher> watchers) {
    return new InputWatcher() {
      @Override
      public void configured(TaskId task, MediaInfo info) {
        watchers.forEach(watcher -> watcher.configured(task, info));
      }

      @Override
      public void metric(TaskId task, String track, String metric, long ptsMicros, double value) {
        for (int i = 0; i < watchers.size(); i++) {
          watchers.get(i).metric(task, track, metric, ptsMicros, value);
        }
      }

      @Override
      public void opened(TaskId task, Finding finding) {
        watchers.forEach(watcher -> watcher.opened(task, finding));
      }

      @Override
      public void failed(TaskId task, Throwable failure) {
        watchers.forEach(watcher -> watcher.failed(task, failure));
      }

      @Override
      public void picture(TaskId task, FrameView frame) {
        for (int i = 0; i < watchers.size(); i++) {
          watchers.get(i).picture(task, frame);
        }
      }

      @Override
      public void still(TaskId task, long ptsMicros, byte[] jpeg) {
        watchers.forEach(watcher -> watcher.still(task, ptsMicros, jpeg));
      }
    };
  }
}
