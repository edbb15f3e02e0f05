package io.aircheck.app.serve.checks;

import io.aircheck.app.check.InputWatcher;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.deploy.inprocess.TaskId;

/** How far an analysis is in media time. Written by its threads, read by any. */
final class CheckProgress implements InputWatcher {
  private volatile long durationMicros;
  private volatile long reachedMicros;

  @Override
  public void configured(TaskId task, MediaInfo info) {
    info.durationMicros().ifPresent(micros -> durationMicros = micros);
  }

  @Override
  public void metric(TaskId task, String track, String metric, long ptsMicros, double value) {
    reachedMicros = ptsMicros;
  }

  @Override
  public void picture(TaskId task, FrameView frame) {
    reachedMicros = frame.ptsMicros();
  }

  /** 0 to 1; 0 for an input that does not say how long it is. */
  double share() {
    long whole = durationMicros;
    return whole <= 0 ? 0 : Math.clamp((double) reachedMicros / whole, 0.0, 1.0);
  }
}
