package io.aircheck.audience.viewer;

import io.aircheck.audience.crowd.Content;
import io.aircheck.audience.crowd.Person;
import io.aircheck.audience.fault.FaultKind;
import io.aircheck.audience.truth.TrueMeasure;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A viewer from the beginning to the end, in virtual time: starts, plays, waits, seeks, pauses,
 * looks away, goes on to other content, fails, leaves. What he does depends on his random numbers
 * alone, not on others. Not thread-safe.
 *
 * <p>It is let go on by {@link #step} at {@link #nextMillis}, again and again, until it is over.
 */
public final class SimulatedSession {
  private static final long NEVER = Long.MAX_VALUE;
  private static final int[] SPEEDS = {500, 1250, 1500, 2000};
  private static final List<String> ERROR_CODES = List.of("NETWORK", "MEDIA", "DRM");

  /** Want of data so soon after a seek is part of it, by definition. */
  private static final long SETTLE_MILLIS = 1_000;

  private static final double SETTLES_AGAIN = 0.3;
  private static final double LEAVES_IN_AD = 0.1;
  private static final double BACK_TO_LIVE = 0.5;
  private static final double PRELOADED_IN_VAIN = 0.3;

  /** How a wait ends. */
  private enum Outcome {
    GOES_ON,
    LEAVES,
    FAILS,
    SHOWS_AD
  }

  private final Surroundings surroundings;
  private final RandomGenerator random;
  private final Reporter reporter;
  private final Playout playout;
  private final boolean silent;
  private final long horizonMillis;

  private Person person;
  private Turns turns;
  private Account account = new Account();

  /** The truth at the last report, and at the last one that was sent; kept of silent ones alone. */
  private @Nullable Account reported;

  private @Nullable Account told;

  private long now;
  private long phaseEnds;
  private long adEnds = NEVER;
  private long turnComes = NEVER;
  private long isSeenAgain = NEVER;
  private long heartbeat = NEVER;
  private long settledMillis = Long.MIN_VALUE;
  private long waitsSince;
  private Outcome outcome = Outcome.GOES_ON;
  private boolean settlesAgain;

  /**
   * Somebody who comes at a moment.
   *
   * @param random of this viewer alone
   * @param startMillis when he comes, milliseconds since the epoch
   * @param horizonMillis when he leaves at the latest
   */
  public SimulatedSession(
      Surroundings surroundings, RandomGenerator random, long startMillis, long horizonMillis) {
    this.surroundings = surroundings;
    this.random = random;
    this.horizonMillis = horizonMillis;
    Content content = surroundings.population().contents().draw(random);
    person = surroundings.population().draw(content, random);
    playout = new Playout(content);
    playout.rung = random.nextInt(content.ladderKbps().size());
    turns = new Turns(surroundings.habits(), surroundings.faults(), person);
    silent = happens(Habit.SILENT);
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    reporter = new Reporter(surroundings.reporting(), id, skew(), person);
    now = startMillis;
    phaseEnds = startMillis;
  }

  /** Milliseconds by which the player's clock is ahead. */
  private long skew() {
    long hour = 3_600_000;
    boolean wrong = happens(Habit.WRONG_CLOCKS);
    long most = wrong ? 365 * 24 * hour : 1_000;
    long least = wrong ? hour : 0;
    return (random.nextBoolean() ? 1 : -1) * random.nextLong(least, most);
  }

  /** When it goes on. */
  public long nextMillis() {
    long waiting = Math.min(Math.min(phaseEnds, adEnds), Math.min(turnComes, isSeenAgain));
    long reporting = Math.min(heartbeat, reporter.dueMillis());
    return Math.max(now, Math.min(horizonMillis, Math.min(waiting, reporting)));
  }

  /** Whether nothing more happens. */
  public boolean isOver() {
    return playout.doing.isOver();
  }

  /** Goes on to {@link #nextMillis}. */
  public void step(Outbox outbox) {
    long next = nextMillis();
    account.elapse(playout, next - now);
    playout.elapse(next - now);
    now = next;
    if (now >= horizonMillis) {
      leave(outbox);
    } else if (now >= phaseEnds) {
      phaseEnds = NEVER;
      endPhase(outbox);
    } else if (now >= adEnds) {
      adEnds = NEVER;
      endAd(outbox);
    } else if (now >= isSeenAgain) {
      isSeenAgain = NEVER;
      show(outbox);
    } else if (now >= turnComes) {
      turnComes = NEVER;
      turn(outbox);
    } else if (now >= heartbeat) {
      heartbeat = now + surroundings.reporting().intervalMillis();
      report("t", outbox);
    } else {
      flush(outbox);
    }
  }

  private void endPhase(Outbox outbox) {
    switch (playout.doing) {
      case ABSENT -> come(outbox);
      case PRELOADING -> {
        if (random.nextDouble() < PRELOADED_IN_VAIN) {
          leave(outbox);
        } else {
          start(outbox);
        }
      }
      case STARTING, STALLED, SEEKING, SETTLING -> endWait(outbox);
      case PAUSED -> resume(outbox);
      case FAILED -> {
        if (!playout.hidden && happens(Habit.RETRIES)) {
          start(outbox);
        } else {
          leave(outbox);
        }
      }
      case PLAYING -> end(outbox);
      case ENDED, LEFT -> throw new IllegalStateException("it is over");
    }
  }

  private void come(Outbox outbox) {
    heartbeat = now + surroundings.reporting().intervalMillis();
    if (happens(Habit.PRELOADS)) {
      playout.doing = Doing.PRELOADING;
      phaseEnds = now + Waits.exponential(5, random);
      report("ps", outbox);
    } else {
      start(outbox);
    }
  }

  private void start(Outbox outbox) {
    account.asked();
    double rougher = times(FaultKind.SLOW_START) * person.roughness();
    waitFor(Doing.STARTING, habit(Habit.STARTUP_SECONDS) * rougher);
    double failing = habit(Habit.START_FAILURES) * times(FaultKind.START_FAILURES);
    if (random.nextDouble() < failing) {
      outcome = Outcome.FAILS;
    } else if (outcome == Outcome.GOES_ON && !account.pictured() && happens(Habit.PREROLLS)) {
      outcome = Outcome.SHOWS_AD;
    }
    report("ps", outbox);
  }

  /** Waits until something is there, or until patience is at its end. */
  private void waitFor(Doing doing, double medianSeconds) {
    playout.doing = doing;
    turnComes = NEVER;
    waitsSince = now;
    long wait = Waits.around(medianSeconds, random);
    long patience = Waits.exponential(habit(Habit.PATIENCE_SECONDS), random);
    outcome = wait > patience ? Outcome.LEAVES : Outcome.GOES_ON;
    phaseEnds = now + Math.min(wait, patience);
  }

  private void endWait(Outbox outbox) {
    switch (outcome) {
      case GOES_ON -> play(outbox);
      case LEAVES -> leave(outbox);
      case FAILS -> fail(outbox);
      case SHOWS_AD -> beginAd(outbox);
    }
  }

  private void play(Outbox outbox) {
    Doing before = playout.doing;
    boolean seeks = before == Doing.SEEKING || before == Doing.SETTLING;
    boolean restarts = before == Doing.STARTING && account.shown();
    if (before == Doing.STALLED) {
      reporter.stalled(now - waitsSince);
    }
    if (before == Doing.STARTING && playout.content.live()) {
      playout.latencyMillis = 3_000L + random.nextInt(9_000);
    }
    if (seeks || restarts) {
      settledMillis = now + SETTLE_MILLIS;
    }
    playout.doing = Doing.PLAYING;
    long startup = account.show();
    report("ps", startup, outbox);
    goOn();
    settlesAgain = (seeks || restarts) && random.nextDouble() < SETTLES_AGAIN;
    if (settlesAgain) {
      turnComes = now + 100 + random.nextInt(800);
    }
  }

  /** Content plays from now on. */
  private void goOn() {
    long left = playout.leftMillis();
    phaseEnds = left == NEVER ? NEVER : now + left;
    turnComes = turns.after(now, random);
  }

  private void turn(Outbox outbox) {
    if (settlesAgain) {
      settlesAgain = false;
      stall(outbox);
      return;
    }
    turnComes = turns.after(now, random);
    Turn turn = turns.draw(now, random);
    if (turn == null
        || (turn.isOfViewer() && playout.hidden)
        || (turn.isOnDemand() && playout.content.live())) {
      return;
    }
    switch (turn) {
      case STALL -> stall(outbox);
      case SWITCH -> changeBitrate(outbox);
      case ERROR -> {
        account.add(TrueMeasure.ERRORS, 1);
        report("e", errorCode(), -1, outbox);
      }
      case FAILURE -> fail(outbox);
      case EXIT -> leave(outbox);
      case PAUSE -> {
        playout.doing = Doing.PAUSED;
        turnComes = NEVER;
        phaseEnds = now + Waits.exponential(habit(Habit.PAUSE_SECONDS), random);
        report("ps", outbox);
      }
      case HIDE -> {
        playout.hidden = true;
        isSeenAgain = now + Waits.exponential(habit(Habit.HIDE_SECONDS), random);
        report("b", outbox);
      }
      case ZAP -> zap(outbox);
      case AD_BREAK -> beginAd(outbox);
      case SEEK -> {
        long place = (long) (random.nextDouble() * playout.content.durationMillis());
        playout.positionMicros = place * 1000;
        seek(outbox);
      }
      case SPEED -> {
        playout.ratePermille =
            playout.ratePermille == 1000 ? SPEEDS[random.nextInt(SPEEDS.length)] : 1000;
        report("pr", outbox);
        goOn();
      }
    }
  }

  private void stall(Outbox outbox) {
    boolean settles = now < settledMillis;
    waitFor(
        settles ? Doing.SETTLING : Doing.STALLED, habit(Habit.STALL_SECONDS) * person.roughness());
    if (!settles) {
      account.stall(!playout.hidden);
    }
    report("ps", outbox);
  }

  private void seek(Outbox outbox) {
    account.add(TrueMeasure.SEEKS, 1);
    waitFor(Doing.SEEKING, habit(Habit.SEEK_SECONDS) * person.roughness());
    report("ps", outbox);
  }

  private void resume(Outbox outbox) {
    if (playout.content.live() && random.nextDouble() < BACK_TO_LIVE) {
      playout.latencyMillis = 3_000L + random.nextInt(3_000);
      seek(outbox);
    } else {
      play(outbox);
    }
  }

  private void changeBitrate(Outbox outbox) {
    int before = playout.rung;
    int best = playout.content.ladderKbps().size() - 1;
    boolean low = times(FaultKind.LOW_BITRATE) > 1;
    int step = random.nextBoolean() ? 1 : -1;
    playout.rung = low ? 0 : Math.clamp(before + (long) step, 0, best);
    if (playout.rung == before) {
      return;
    }
    account.add(playout.rung > before ? TrueMeasure.SWITCHES_UP : TrueMeasure.SWITCHES_DOWN, 1);
    if (random.nextBoolean()) {
      int frames = 1 + random.nextInt(20);
      account.add(TrueMeasure.DROPPED_FRAMES, frames);
      reporter.dropped(frames);
    }
    report("bc", outbox);
  }

  private void beginAd(Outbox outbox) {
    playout.ad = true;
    playout.doing = Doing.PLAYING;
    account.picture();
    phaseEnds = NEVER;
    turnComes = NEVER;
    outcome = random.nextDouble() < LEAVES_IN_AD ? Outcome.LEAVES : Outcome.GOES_ON;
    adEnds = now + Waits.exponential(habit(Habit.AD_SECONDS), random);
    report("abs", outbox);
  }

  private void endAd(Outbox outbox) {
    if (outcome == Outcome.LEAVES) {
      leave(outbox);
      return;
    }
    playout.ad = false;
    if (account.shown()) {
      report("abe", outbox);
      goOn();
    } else {
      waitFor(Doing.STARTING, 0.3);
      report("abe", outbox);
    }
  }

  private void show(Outbox outbox) {
    playout.hidden = false;
    if (playout.doing == Doing.STALLED) {
      account.seeStall();
    }
    report("b", outbox);
  }

  private void fail(Outbox outbox) {
    account.fail();
    playout.doing = Doing.FAILED;
    turnComes = NEVER;
    phaseEnds = now + Waits.exponential(5, random);
    report("e", errorCode(), -1, outbox);
  }

  private String errorCode() {
    return ERROR_CODES.get(random.nextInt(ERROR_CODES.size()));
  }

  /** Goes on to another content, if there is one. */
  private void zap(Outbox outbox) {
    Content other = surroundings.population().contents().draw(random);
    if (other.id().equals(playout.content.id())) {
      return;
    }
    outbox.over(person.cohort(), account.close());
    account = new Account();
    person = person.before(other);
    reporter.person(person);
    turns = new Turns(surroundings.habits(), surroundings.faults(), person);
    playout.change(other);
    settledMillis = Long.MIN_VALUE;
    start(outbox);
    flush(outbox); // so that what is told of the view before is all of it
  }

  /** What is on demand is at its end. */
  private void end(Outbox outbox) {
    playout.doing = Doing.ENDED;
    report("ps", outbox);
    flush(outbox);
    outbox.over(person.cohort(), account.close());
  }

  private void leave(Outbox outbox) {
    playout.doing = Doing.LEFT;
    if (!silent) {
      report("ps", outbox);
      flush(outbox);
      outbox.over(person.cohort(), account.close());
      return;
    }
    Account known = told == null ? new Account() : told;
    known.add(TrueMeasure.UNTOLD_MILLIS, account.watchedMillis() - known.watchedMillis());
    outbox.over(person.cohort(), known.close());
  }

  private void report(String event, Outbox outbox) {
    report(event, null, -1, outbox);
  }

  private void report(String event, long startupMillis, Outbox outbox) {
    report(event, null, startupMillis, outbox);
  }

  private void report(String event, @Nullable String errorCode, long startupMillis, Outbox outbox) {
    account.add(TrueMeasure.REPORTS, 1);
    reporter.report(event, errorCode, startupMillis, playout, now);
    if (silent) {
      reported = account.copy();
    }
    if (reporter.isFull()) {
      flush(outbox);
    }
  }

  private void flush(Outbox outbox) {
    reporter.flush(outbox, now);
    told = reported;
  }

  private double times(FaultKind kind) {
    return surroundings.faults().times(kind, person.cohort(), now);
  }

  private double habit(Habit habit) {
    return surroundings.habits().get(habit);
  }

  private boolean happens(Habit share) {
    return random.nextDouble() < habit(share);
  }
}
