package io.aircheck.audience.viewer;

import io.aircheck.audience.truth.Sums;
import io.aircheck.audience.truth.TrueMeasure;

/**
 * The truth of one view as it comes about: time is counted as what the viewer did with it, never
 * read from reports. Definitions: {@code docs/viewers/metrics.md}. Not thread-safe.
 *
 * <p>What depends on the speed of playback is kept in thousandths until the view is over.
 */
final class Account {
  private static final TrueMeasure[] THOUSANDTHS = {
    TrueMeasure.MEDIA_MILLIS,
    TrueMeasure.BITRATE_MILLIS,
    TrueMeasure.LADDER_MILLIS,
    TrueMeasure.QUALITY_MILLIS,
    TrueMeasure.BITS
  };

  private final Sums sums;
  private boolean asked;
  private boolean pictured;
  private boolean shown;
  private boolean failedToStart;
  private boolean failedToPlay;
  private boolean stallCounted;

  Account() {
    this(new Sums());
  }

  private Account(Sums sums) {
    this.sums = sums;
  }

  Account copy() {
    Account copy = new Account(sums.copy());
    copy.asked = asked;
    copy.pictured = pictured;
    copy.shown = shown;
    copy.failedToStart = failedToStart;
    copy.failedToPlay = failedToPlay;
    return copy;
  }

  /** So much time passed in this. */
  void elapse(Playout playout, long millis) {
    switch (playout.doing) {
      case STARTING, STALLED, SEEKING, SETTLING -> waited(playout, millis);
      case PLAYING -> played(playout, millis);
      case PAUSED -> add(TrueMeasure.PAUSED_MILLIS, millis);
      case ABSENT, PRELOADING, FAILED, ENDED, LEFT -> {
        // Nobody watches.
      }
    }
  }

  private void waited(Playout playout, long millis) {
    if (playout.hidden) {
      add(TrueMeasure.BACKGROUND_MILLIS, millis);
      return;
    }
    add(TrueMeasure.WATCHED_MILLIS, millis);
    if (playout.doing == Doing.STALLED) {
      add(TrueMeasure.STALLED_MILLIS, millis);
    } else {
      add(shown ? TrueMeasure.SEEKING_MILLIS : TrueMeasure.STARTING_MILLIS, millis);
    }
  }

  private void played(Playout playout, long millis) {
    if (playout.ad) {
      add(TrueMeasure.AD_MILLIS, millis);
      return;
    }
    add(TrueMeasure.PLAYING_MILLIS, millis);
    add(TrueMeasure.WATCHED_MILLIS, millis);
    if (playout.hidden) {
      add(TrueMeasure.BACKGROUND_MILLIS, millis);
    }
    long media = millis * playout.ratePermille;
    int kbps = playout.kbps();
    add(TrueMeasure.MEDIA_MILLIS, media);
    add(TrueMeasure.BITRATE_MILLIS, media);
    add(TrueMeasure.LADDER_MILLIS, media);
    add(TrueMeasure.BITS, media * kbps);
    add(TrueMeasure.QUALITY_MILLIS, media * kbps / playout.content.topKbps());
    if (playout.latencyMillis >= 0) {
      add(TrueMeasure.LATENCY_MILLIS, millis);
      add(TrueMeasure.LATENCY_AREA, millis * playout.latencyMillis);
    }
  }

  void add(TrueMeasure measure, long amount) {
    sums.add(measure, amount);
  }

  /** Somebody wants it to play. */
  void asked() {
    asked = true;
  }

  /** A picture of an advertisement. */
  void picture() {
    pictured = true;
  }

  /**
   * A picture of the content.
   *
   * @return how long it was waited for if it is the first; else -1
   */
  long show() {
    pictured = true;
    if (shown) {
      return -1;
    }
    shown = true;
    long startup = sums.get(TrueMeasure.STARTING_MILLIS);
    add(TrueMeasure.STARTUPS, 1);
    add(TrueMeasure.STARTUP_MILLIS, startup);
    return startup;
  }

  boolean shown() {
    return shown;
  }

  boolean pictured() {
    return pictured;
  }

  /** Something stalls; it counts once somebody sees it. */
  void stall(boolean seen) {
    stallCounted = false;
    if (seen) {
      seeStall();
    }
  }

  /** Somebody looks at the stall. */
  void seeStall() {
    if (!stallCounted) {
      stallCounted = true;
      add(TrueMeasure.STALLS, 1);
    }
  }

  /** A fatal error. */
  void fail() {
    failedToPlay |= shown;
    failedToStart |= !shown;
    add(TrueMeasure.ERRORS, 1);
  }

  /** The sum of a measure so far. */
  long get(TrueMeasure measure) {
    return sums.get(measure);
  }

  /** Watched so far. */
  long watchedMillis() {
    return get(TrueMeasure.WATCHED_MILLIS);
  }

  /** The truth of the view, which is over. The account is of no use afterwards. */
  Sums close() {
    add(TrueMeasure.VIEWS, asked ? 1 : 0);
    add(TrueMeasure.ENDED, asked ? 1 : 0);
    add(TrueMeasure.PLAYS, shown ? 1 : 0);
    add(TrueMeasure.EXITS_BEFORE_START, asked && !pictured && !failedToStart ? 1 : 0);
    add(TrueMeasure.START_FAILURES, failedToStart && !shown ? 1 : 0);
    add(TrueMeasure.PLAYBACK_FAILURES, failedToPlay ? 1 : 0);
    add(TrueMeasure.FAILED_VIEWS, failedToStart || failedToPlay ? 1 : 0);
    for (TrueMeasure measure : THOUSANDTHS) {
      long thousandths = sums.get(measure);
      add(measure, Math.floorDiv(thousandths + 500, 1000L) - thousandths);
    }
    return sums;
  }
}
