package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measure;
import org.jspecify.annotations.Nullable;

/** What the time of a view is counted as. */
public enum Activity {
  /** The player has not told what it does. */
  UNTOLD(null, false),
  /** Nobody waits and nothing is shown. */
  NONE(null, false),
  STARTING(Measure.STARTING_MILLIS, true),
  PLAYING(Measure.PLAYING_MILLIS, true),
  STALLED(Measure.STALLED_MILLIS, true),
  SEEKING(Measure.SEEKING_MILLIS, true),
  PAUSED(Measure.PAUSED_MILLIS, false),
  AD(Measure.AD_MILLIS, false),
  /** Waiting where nobody sees it. */
  HIDDEN(Measure.BACKGROUND_MILLIS, false);

  private final @Nullable Measure measure;
  private final boolean watched;

  Activity(@Nullable Measure measure, boolean watched) {
    this.measure = measure;
    this.watched = watched;
  }

  /** What its time is added to; null: nothing. */
  public @Nullable Measure measure() {
    return measure;
  }

  /** Whether its time is watched time. */
  public boolean isWatched() {
    return watched;
  }

  /** Whether a viewer is there. */
  boolean hasViewer() {
    return watched || this == AD || this == HIDDEN;
  }

  /** What a view does with this playback when it has got so far. */
  static Activity of(Playback playback, Progress progress) {
    if (playback.state() == null) {
      return !progress.stateless() ? UNTOLD : playback.ad() ? AD : PLAYING;
    }
    return switch (playback.state()) {
      case PRELOADING, ENDED, FAILED, QUIT -> NONE;
      case PAUSED -> PAUSED;
      case PLAYING -> playback.ad() ? AD : PLAYING;
      case STARTING, ASKED, SEEKING, RESUMED, REBUFFERING -> waiting(playback, progress);
    };
  }

  private static Activity waiting(Playback playback, Progress progress) {
    if (playback.ad()) {
      return AD;
    }
    if (playback.background()) {
      return HIDDEN;
    }
    if (!progress.shown()) {
      return STARTING;
    }
    return progress.stalling() ? STALLED : SEEKING;
  }
}
