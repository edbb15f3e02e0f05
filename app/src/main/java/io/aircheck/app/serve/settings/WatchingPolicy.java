package io.aircheck.app.serve.settings;

import io.aircheck.core.deploy.Watching;
import java.time.Duration;

/**
 * How closely streams of a policy are watched.
 *
 * @param mode of streams that say nothing else
 * @param calm media time after the last suspicion until light watching begins again
 * @param whenFull what becomes of a new stream when the machine is full
 */
public record WatchingPolicy(WatchingMode mode, Duration calm, WhenFull whenFull) {
  /** What a policy does that says nothing. */
  public static final WatchingPolicy DEFAULT =
      new WatchingPolicy(WatchingMode.AUTO, Watching.DEFAULT_CALM, WhenFull.WAIT);
}
