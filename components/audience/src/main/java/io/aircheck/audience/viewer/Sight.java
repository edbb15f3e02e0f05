package io.aircheck.audience.viewer;

import io.aircheck.audience.crowd.Cohort;
import io.aircheck.audience.fault.Effect;
import io.aircheck.audience.fault.Fault;
import io.aircheck.audience.fault.FaultKind;
import io.aircheck.audience.fault.Faults;
import io.aircheck.audience.truth.Toll;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the stream before the eyes of one viewer, and how long he bears it. A fault is
 * shown to him when he gets to its time of the programme, which is as much later as he is behind.
 * Not thread-safe.
 */
final class Sight {
  private static final long NEVER = Long.MAX_VALUE;

  private final Faults all;
  private final List<Fault> faults;
  private final RandomGenerator nerves;

  /** When he has enough of each fault that he sees now; of others {@link #NEVER}. */
  private final long[] enough;

  /** Whether it was ever shown to him. */
  private final boolean[] known;

  /** What he waits for if it is a stream that does not go on. */
  private @Nullable Drought drought;

  private long changes = NEVER;

  /**
   * @param nerves chance of its own, so that a life is the same until a fault changes it
   */
  Sight(Faults faults, RandomGenerator nerves) {
    this.all = faults;
    this.faults = faults.ofStreams();
    this.nerves = nerves;
    enough = new long[this.faults.size()];
    known = new boolean[this.faults.size()];
    Arrays.fill(enough, NEVER);
  }

  /** When he is to look again, if nothing else happens before. */
  long nextMillis() {
    return changes;
  }

  /** Time passes in which he sees what he saw. */
  void elapse(long millis, Outbox outbox) {
    for (int i = 0; i < enough.length; i++) {
      if (enough[i] != NEVER) {
        outbox.suffered(faults.get(i), Toll.ofMillis(millis));
      }
    }
  }

  /** Looks at what there is now. To be called whenever anything has changed. */
  void look(Playout playout, Cohort cohort, long now, Outbox outbox) {
    changes = NEVER;
    for (int i = 0; i < enough.length; i++) {
      Fault fault = faults.get(i);
      boolean concerned =
          playout.showsContent()
              && playout.latencyMillis >= 0
              && fault.whom().include(cohort, playout.kbps());
      if (!concerned) {
        enough[i] = NEVER;
        continue;
      }
      long shown = now - playout.latencyMillis;
      see(i, isNoticed(fault, playout) && all.lasts(fault, shown), now, outbox);
      long change = all.changesAfter(fault, shown);
      changes = Math.min(changes, change == NEVER ? NEVER : change + playout.latencyMillis);
      changes = Math.min(changes, enough[i]);
    }
    Drought waits = drought;
    if (waits != null) {
      long behind = behind(waits);
      long change = all.changesAfter(waits.fault(), now - behind);
      changes = Math.min(changes, change == NEVER ? NEVER : change + behind);
    }
  }

  private static boolean isNoticed(Fault fault, Playout playout) {
    return fault.kind().effect() == Effect.SIGHT && (fault.kind().isHeard() || !playout.hidden);
  }

  private void see(int i, boolean sees, long now, Outbox outbox) {
    if (!sees) {
      enough[i] = NEVER;
    } else if (enough[i] == NEVER) {
      meet(i, outbox);
      // A share that leaves in each second leaves after an exponential time.
      double perSecond = -Math.log1p(-faults.get(i).strength());
      enough[i] = now + Waits.exponential(1 / perSecond, nerves);
    }
  }

  private void meet(int i, Outbox outbox) {
    if (!known[i]) {
      known[i] = true;
      outbox.suffered(faults.get(i), Toll.VIEWER);
    }
  }

  /** The fault that he has had enough of; null: none. */
  @Nullable Fault unbearable(long now) {
    for (int i = 0; i < enough.length; i++) {
      if (enough[i] <= now) {
        return faults.get(i);
      }
    }
    return null;
  }

  /** Why there is nothing to play at the place of the programme where he is; null: there is. */
  @Nullable Fault stop(Playout playout, Cohort cohort, long now, Outbox outbox) {
    if (!playout.content.live()) {
      return null;
    }
    for (int i = 0; i < enough.length; i++) {
      Fault fault = faults.get(i);
      if (fault.kind().effect() == Effect.DELIVERY
          && fault.whom().include(cohort, playout.kbps())
          && stops(fault, playout, now)) {
        meet(i, outbox);
        return fault;
      }
    }
    return null;
  }

  /** Who starts wants the newest; others play what they have. */
  private boolean stops(Fault fault, Playout playout, long now) {
    boolean starts = playout.doing == Doing.STARTING || playout.latencyMillis < 0;
    boolean there = !starts && all.lasts(fault, now - playout.latencyMillis);
    return isGap(fault) ? there : all.lasts(fault, now) && (starts || there);
  }

  private static boolean isGap(Fault fault) {
    return fault.kind() == FaultKind.GAP;
  }

  /** The place of a gap is in the programme, that of an outage the live edge. */
  private static long behind(Drought drought) {
    return isGap(drought.fault()) ? drought.latencyMillis() : 0;
  }

  /**
   * He begins to wait for a stream that does not go on.
   *
   * @param patienceSeconds how long that is borne in the mean
   * @return how long he bears it, milliseconds
   */
  long beginDrought(Fault stop, Playout playout, Account account, double patienceSeconds) {
    drought = Drought.of(stop, playout, account);
    return Waits.exponential(patienceSeconds, nerves);
  }

  /** Whether the stream that he waits for goes on. */
  boolean goesOn(long now) {
    Drought waits = drought;
    return waits != null && !all.lasts(waits.fault(), now - behind(waits));
  }

  /** He goes on, as far behind as before: what was missed is skipped. */
  void endDrought(Playout playout, Account account, Outbox outbox) {
    Drought over = drought;
    if (over != null) {
      outbox.suffered(over.fault(), over.toll(account));
      playout.latencyMillis = over.latencyMillis();
      drought = null;
    }
  }

  /**
   * He leaves while he waits, if he does.
   *
   * @param because whether that is why
   */
  void giveUp(boolean because, boolean silent, Account account, Outbox outbox) {
    Drought vain = drought;
    if (vain != null) {
      outbox.suffered(vain.fault(), vain.toll(account));
      if (because) {
        outbox.suffered(vain.fault(), Toll.ofLeaving(silent));
      }
      drought = null;
    }
  }
}
