package io.aircheck.app.check;

import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.observe.Finding;
import io.aircheck.deploy.inprocess.TaskId;

/** Told of what happens while an input is analysed; from several threads when it is a ladder. */
public interface InputWatcher {
  /** Watches nothing. */
  InputWatcher NONE = new InputWatcher() {};

  default void configured(TaskId task, MediaInfo info) {}

  /** A metric's value, see {@link io.aircheck.core.observe.ObservationSink#metric}. */
  default void metric(TaskId task, String track, String metric, long ptsMicros, double value) {}

  /** A finding opened; the next picture of the task is the one it was found at. */
  default void opened(TaskId task, Finding finding) {}

  /** A picture, borrowed for the call. */
  default void picture(TaskId task, FrameView frame) {}
}
