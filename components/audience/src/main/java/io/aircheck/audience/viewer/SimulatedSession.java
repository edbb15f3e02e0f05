package io.aircheck.audience.viewer;

import io.aircheck.audience.crowd.Content;
import io.aircheck.audience.crowd.Person;
import io.aircheck.audience.fault.Fault;
import io.aircheck.audience.truth.Toll;
import io.aircheck.audience.truth.TrueMeasure;
import java.util.UUID;
import java.util.random.RandomGenerator;

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
  private final Luck luck;
  private final Sight sight;
  private final Diary diary;
  private final Playout playout;
  private final boolean silent;
  private final long horizonMillis;
  private Person person;

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
   * @param nerves what decides how long he bears what is wrong; of this viewer alone too
   * @param startMillis when he comes, milliseconds since the epoch
   * @param horizonMillis when he leaves at the latest
   */
  public SimulatedSession(
      Surroundings surroundings,
      RandomGenerator random,
      RandomGenerator nerves,
      long startMillis,
      long horizonMillis) {
    this.surroundings = surroundings;
    this.random = random;
    this.horizonMillis = horizonMillis;
    Content content = surroundings.population().contents().draw(random);
    person = surroundings.population().draw(content, random);
    playout = new Playout(content);
    playout.rung = random.nextInt(content.ladderKbps().size());
    luck = new Luck(surroundings, random, person);
    sight = new Sight(surroundings.faults(), nerves);
    silent = luck.happens(Habit.SILENT);
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    Reporter reporter = new Reporter(surroundings.reporting(), id, luck.skewMillis(), person);
    diary = new Diary(reporter, playout, silent, person);
    now = startMillis;
    phaseEnds = startMillis;
  }

  /** When it goes on. */
  public long nextMillis() {
    long waiting = Math.min(Math.min(phaseEnds, adEnds), Math.min(turnComes, isSeenAgain));
    long reporting = Math.min(heartbeat, diary.reporter().dueMillis());
    long looking = Math.min(horizonMillis, sight.nextMillis());
    return Math.max(now, Math.min(looking, Math.min(waiting, reporting)));
  }

  /** Whether nothing more happens. */
  public boolean isOver() {
    return playout.doing.isOver();
  }

  /** Goes on to {@link #nextMillis}. */
  public void step(Outbox outbox) {
    long next = nextMillis();
    diary.account().elapse(playout, next - now);
    playout.elapse(next - now);
    sight.elapse(next - now, outbox);
    now = next;
    happen(outbox);
    if (!isOver()) {
      look(outbox);
    }
  }

  /** What is due now, one thing after the other. */
  private void happen(Outbox outbox) {
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
    } else if (now >= diary.reporter().dueMillis()) {
      diary.flush(now, outbox);
    }
  }

  /** Bears what is wrong with the stream, or does not. */
  private void look(Outbox outbox) {
    if (sight.goesOn(now)) {
      sight.endDrought(playout, diary.account(), outbox);
      phaseEnds = NEVER;
      play(outbox);
    }
    sight.look(playout, person.cohort(), now, outbox);
    Fault unbearable = sight.unbearable(now);
    if (unbearable != null) {
      outbox.suffered(unbearable, Toll.ofLeaving(silent));
      leave(outbox);
    } else if (playout.showsContent()) {
      Fault stop = sight.stop(playout, person.cohort(), now, outbox);
      if (stop != null) {
        dry(stop);
        starve();
        report("ps", outbox);
        sight.look(playout, person.cohort(), now, outbox);
      }
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
        if (!playout.hidden && luck.happens(Habit.RETRIES)) {
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
    if (luck.happens(Habit.PRELOADS)) {
      playout.doing = Doing.PRELOADING;
      phaseEnds = now + Waits.exponential(5, random);
      report("ps", outbox);
    } else {
      start(outbox);
    }
  }

  private void start(Outbox outbox) {
    Account account = diary.account();
    account.asked();
    waitFor(Doing.STARTING, luck.startupSeconds(now));
    if (luck.startFails(now)) {
      outcome = Outcome.FAILS;
    } else if (outcome == Outcome.GOES_ON && !account.pictured() && luck.happens(Habit.PREROLLS)) {
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
    long patience = luck.lasting(Habit.PATIENCE_SECONDS);
    outcome = wait > patience ? Outcome.LEAVES : Outcome.GOES_ON;
    phaseEnds = now + Math.min(wait, patience);
  }

  private void endWait(Outbox outbox) {
    switch (outcome) {
      case GOES_ON -> {
        Fault stop = sight.stop(playout, person.cohort(), now, outbox);
        if (stop == null) {
          play(outbox);
        } else {
          dry(stop);
        }
      }
      case LEAVES -> leave(outbox);
      case FAILS -> fail(outbox);
      case SHOWS_AD -> beginAd(outbox);
    }
  }

  /** Waits for a stream that does not go on, until patience is at its end. */
  private void dry(Fault stop) {
    double patience = surroundings.habits().get(Habit.PATIENCE_SECONDS);
    phaseEnds = now + sight.beginDrought(stop, playout, diary.account(), patience);
    outcome = Outcome.LEAVES;
  }

  private void play(Outbox outbox) {
    Doing before = playout.doing;
    boolean seeks = before == Doing.SEEKING || before == Doing.SETTLING;
    boolean restarts = before == Doing.STARTING && diary.account().shown();
    if (before == Doing.STALLED) {
      diary.reporter().stalled(now - waitsSince);
    }
    if (before == Doing.STARTING && playout.content.live()) {
      playout.latencyMillis = 3_000L + random.nextInt(9_000);
    }
    if (seeks || restarts) {
      settledMillis = now + SETTLE_MILLIS;
    }
    playout.doing = Doing.PLAYING;
    diary.reportPicture(diary.account().show(), now, outbox);
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
    turnComes = luck.nextTurn(now);
  }

  private void turn(Outbox outbox) {
    if (settlesAgain) {
      settlesAgain = false;
      stall(outbox);
      return;
    }
    turnComes = luck.nextTurn(now);
    Turn turn = luck.turn(now);
    if (turn == null
        || (turn.isOfViewer() && playout.hidden)
        || (turn.isOnDemand() && playout.content.live())) {
      return;
    }
    switch (turn) {
      case STALL -> stall(outbox);
      case SWITCH -> changeBitrate(outbox);
      case ERROR -> {
        diary.account().add(TrueMeasure.ERRORS, 1);
        diary.reportError(luck.errorCode(), now, outbox);
      }
      case FAILURE -> fail(outbox);
      case EXIT -> leave(outbox);
      case PAUSE -> {
        playout.doing = Doing.PAUSED;
        turnComes = NEVER;
        phaseEnds = now + luck.lasting(Habit.PAUSE_SECONDS);
        report("ps", outbox);
      }
      case HIDE -> {
        playout.hidden = true;
        isSeenAgain = now + luck.lasting(Habit.HIDE_SECONDS);
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
    starve();
    waitFor(playout.doing, luck.waitSeconds(Habit.STALL_SECONDS));
    report("ps", outbox);
  }

  /** There is nothing to play. */
  private void starve() {
    boolean settles = now < settledMillis;
    playout.doing = settles ? Doing.SETTLING : Doing.STALLED;
    turnComes = NEVER;
    waitsSince = now;
    if (!settles) {
      diary.account().stall(!playout.hidden);
    }
  }

  private void seek(Outbox outbox) {
    diary.account().add(TrueMeasure.SEEKS, 1);
    waitFor(Doing.SEEKING, luck.waitSeconds(Habit.SEEK_SECONDS));
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
    boolean low = luck.isLow(now);
    int step = random.nextBoolean() ? 1 : -1;
    playout.rung = low ? 0 : Math.clamp(before + (long) step, 0, best);
    if (playout.rung == before) {
      return;
    }
    diary
        .account()
        .add(playout.rung > before ? TrueMeasure.SWITCHES_UP : TrueMeasure.SWITCHES_DOWN, 1);
    if (random.nextBoolean()) {
      int frames = 1 + random.nextInt(20);
      diary.account().add(TrueMeasure.DROPPED_FRAMES, frames);
      diary.reporter().dropped(frames);
    }
    report("bc", outbox);
  }

  private void beginAd(Outbox outbox) {
    playout.ad = true;
    playout.doing = Doing.PLAYING;
    diary.account().picture();
    phaseEnds = NEVER;
    turnComes = NEVER;
    outcome = random.nextDouble() < LEAVES_IN_AD ? Outcome.LEAVES : Outcome.GOES_ON;
    adEnds = now + luck.lasting(Habit.AD_SECONDS);
    report("abs", outbox);
  }

  private void endAd(Outbox outbox) {
    if (outcome == Outcome.LEAVES) {
      leave(outbox);
      return;
    }
    playout.ad = false;
    if (diary.account().shown()) {
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
      diary.account().seeStall();
    }
    report("b", outbox);
  }

  private void fail(Outbox outbox) {
    diary.account().fail();
    playout.doing = Doing.FAILED;
    turnComes = NEVER;
    phaseEnds = now + Waits.exponential(5, random);
    diary.reportError(luck.errorCode(), now, outbox);
  }

  /** Goes on to another content, if there is one. */
  private void zap(Outbox outbox) {
    Content other = surroundings.population().contents().draw(random);
    if (other.id().equals(playout.content.id())) {
      return;
    }
    person = person.before(other);
    diary.turnOver(person, outbox);
    luck.person(person);
    playout.change(other);
    settledMillis = Long.MIN_VALUE;
    start(outbox);
    diary.flush(now, outbox); // so that what is told of the view before is all of it
  }

  /** What is on demand is at its end. */
  private void end(Outbox outbox) {
    playout.doing = Doing.ENDED;
    diary.end(now, outbox);
  }

  private void leave(Outbox outbox) {
    sight.giveUp(now < horizonMillis, silent, diary.account(), outbox);
    playout.doing = Doing.LEFT;
    diary.leave(now, outbox);
  }

  private void report(String event, Outbox outbox) {
    diary.report(event, now, outbox);
  }
}
