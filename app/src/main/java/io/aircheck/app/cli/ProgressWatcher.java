package io.aircheck.app.cli;

import io.aircheck.app.check.InputWatcher;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.deploy.inprocess.TaskId;
import java.util.Locale;

/** Tells how far the analysis of an input has come, some times a second. */
final class ProgressWatcher implements InputWatcher {
  private static final long INTERVAL_NANOS = 200_000_000;

  private final Progress progress;
  private final String name;
  private volatile long durationMicros;
  private volatile long lastNanos;

  ProgressWatcher(Progress progress, String name) {
    this.progress = progress;
    this.name = name;
  }

  @Override
  public void configured(TaskId task, MediaInfo info) {
    durationMicros = info.durationMicros().orElse(0);
  }

  @Override
  public void picture(TaskId task, FrameView frame) {
    long now = System.nanoTime();
    if (now - lastNanos < INTERVAL_NANOS) {
      return;
    }
    lastNanos = now;
    String of =
        durationMicros > 0 ? String.format(Locale.ROOT, " of %.0f", durationMicros / 1e6) : "";
    progress.say(String.format(Locale.ROOT, "%s: %.0f%s s", name, frame.ptsMicros() / 1e6, of));
  }
}
