package io.aircheck.experience.session;

import io.aircheck.experience.report.PlayerState;

/**
 * How far a view got.
 *
 * @param asked whether it was asked to play: it counts as a view
 * @param pictured whether any picture was shown, be it of an advertisement
 * @param shown whether a picture of the content was shown
 * @param failedToStart whether a fatal error came before that
 * @param failedToPlay whether one came after that
 * @param startUp what is known of the time to the first picture
 * @param startupToldMillis that time as the player told it; -1: not told
 * @param stalling whether waiting now is for want of data rather than after a seek
 * @param stallCounted whether the present stall has been counted
 * @param stateTold whether the player ever told a state
 * @param stateless whether it is taken for one that tells none
 * @param heldMillis time before it was clear whether it tells states
 * @param settledMillis want of data before this moment belongs to the last seek
 */
record Progress(
    boolean asked,
    boolean pictured,
    boolean shown,
    boolean failedToStart,
    boolean failedToPlay,
    StartUp startUp,
    int startupToldMillis,
    boolean stalling,
    boolean stallCounted,
    boolean stateTold,
    boolean stateless,
    long heldMillis,
    long settledMillis) {

  /** What is known of the time to the first picture. */
  enum StartUp {
    /** Its beginning was not told. */
    UNSEEN,
    /** Its beginning was told, and nothing has been lost since. */
    SEEN,
    /** Its beginning was told, but what came after may be lost. */
    DOUBTFUL,
    /** It is known and has been counted. */
    KNOWN
  }

  private static final StartUp[] START_UPS = StartUp.values();

  static final Progress NONE =
      new Progress(
          false,
          false,
          false,
          false,
          false,
          StartUp.UNSEEN,
          -1,
          false,
          false,
          false,
          false,
          0,
          Long.MIN_VALUE);

  @SuppressWarnings("EnumOrdinal") // within this process
  void write(SlotWriter out) {
    out.flag(asked);
    out.flag(pictured);
    out.flag(shown);
    out.flag(failedToStart);
    out.flag(failedToPlay);
    out.pair(startUp.ordinal(), startupToldMillis);
    out.flag(stalling);
    out.flag(stallCounted);
    out.flag(stateTold);
    out.flag(stateless);
    out.number(heldMillis);
    out.number(settledMillis);
  }

  static Progress read(SlotReader in) {
    return new Progress(
        in.flag(),
        in.flag(),
        in.flag(),
        in.flag(),
        in.flag(),
        START_UPS[in.first()],
        in.second(),
        in.flag(),
        in.flag(),
        in.flag(),
        in.flag(),
        in.number(),
        in.number());
  }

  /** The progress when the player goes from one playback to another at a moment. */
  Progress after(Playback before, Playback now, long atMillis, long seekSettleMillis) {
    PlayerState state = now.state();
    if (state == null) {
      return this;
    }
    boolean failed = state == PlayerState.FAILED;
    boolean playing = state == PlayerState.PLAYING;
    boolean wasShown = shown;
    boolean isShown = shown || (playing && !now.ad());
    boolean entered = state != before.state();
    boolean stallingNow =
        state == PlayerState.REBUFFERING && (entered ? !afterSeek(before, atMillis) : stalling);
    long settled =
        playing && entered && wasShown && seeks(before)
            ? atMillis + seekSettleMillis
            : settledMillis;
    boolean starts = state == PlayerState.STARTING || state == PlayerState.ASKED;
    boolean adEnds = before.ad() && !now.ad(); // whatever was before it
    StartUp start =
        startUp == StartUp.UNSEEN && !wasShown && starts && !adEnds ? StartUp.SEEN : startUp;
    return new Progress(
        asked || asks(state),
        pictured || playing || (now.ads().plays() && state == PlayerState.ASKED),
        isShown,
        failedToStart || (failed && !wasShown),
        failedToPlay || (failed && wasShown && entered),
        start,
        startupToldMillis,
        stallingNow,
        stallCounted && state == PlayerState.REBUFFERING,
        true,
        false,
        0,
        settled);
  }

  /** Whether a playback waits after a seek or a restart. */
  private boolean seeks(Playback playback) {
    PlayerState state = playback.state();
    return state == PlayerState.SEEKING
        || state == PlayerState.STARTING
        || (state == PlayerState.REBUFFERING && !stalling);
  }

  private boolean afterSeek(Playback before, long atMillis) {
    return before.state() == PlayerState.SEEKING
        || before.state() == PlayerState.STARTING
        || atMillis < settledMillis;
  }

  private static boolean asks(PlayerState state) {
    return switch (state) {
      case STARTING, ASKED, PLAYING, SEEKING, RESUMED, REBUFFERING, FAILED -> true;
      case PRELOADING, PAUSED, ENDED, QUIT -> false;
    };
  }

  Progress withStartUp(StartUp now) {
    return new Progress(
        asked,
        pictured,
        shown,
        failedToStart,
        failedToPlay,
        now,
        startupToldMillis,
        stalling,
        stallCounted,
        stateTold,
        stateless,
        heldMillis,
        settledMillis);
  }

  /** Something may be missing of what was told of the start. */
  Progress doubted() {
    return startUp == StartUp.SEEN ? withStartUp(StartUp.DOUBTFUL) : this;
  }

  Progress withStartupTold(int millis) {
    return new Progress(
        asked,
        pictured,
        shown,
        failedToStart,
        failedToPlay,
        startUp,
        millis,
        stalling,
        stallCounted,
        stateTold,
        stateless,
        heldMillis,
        settledMillis);
  }

  Progress withStallCounted() {
    return new Progress(
        asked,
        pictured,
        shown,
        failedToStart,
        failedToPlay,
        startUp,
        startupToldMillis,
        stalling,
        true,
        stateTold,
        stateless,
        heldMillis,
        settledMillis);
  }

  Progress withHeld(long millis) {
    return new Progress(
        asked,
        pictured,
        shown,
        failedToStart,
        failedToPlay,
        startUp,
        startupToldMillis,
        stalling,
        stallCounted,
        stateTold,
        stateless,
        millis,
        settledMillis);
  }

  /** The player tells no states: whenever it reports, it plays. */
  Progress withoutStates() {
    return new Progress(
        true,
        true,
        true,
        failedToStart,
        failedToPlay,
        startUp,
        startupToldMillis,
        false,
        false,
        false,
        true,
        0,
        settledMillis);
  }

  /** All moments so far were a little earlier. */
  Progress shifted(long millis) {
    return millis == 0 || settledMillis == Long.MIN_VALUE
        ? this
        : new Progress(
            asked,
            pictured,
            shown,
            failedToStart,
            failedToPlay,
            startUp,
            startupToldMillis,
            stalling,
            stallCounted,
            stateTold,
            stateless,
            heldMillis,
            settledMillis + millis);
  }

  /** A fatal error whose report came late, from before or after the first picture. */
  Progress failedLate(boolean beforeStart) {
    return new Progress(
        true,
        pictured,
        shown,
        failedToStart || beforeStart,
        failedToPlay || !beforeStart,
        startUp,
        startupToldMillis,
        stalling,
        stallCounted,
        stateTold,
        stateless,
        heldMillis,
        settledMillis);
  }
}
