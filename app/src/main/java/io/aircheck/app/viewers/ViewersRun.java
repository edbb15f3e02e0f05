package io.aircheck.app.viewers;

import io.aircheck.audience.network.Courier;
import io.aircheck.audience.network.Delivery;
import io.aircheck.audience.network.Troubles;
import io.aircheck.audience.simulation.Audience;
import io.aircheck.audience.simulation.Simulation;
import io.aircheck.audience.truth.Tolls;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;

/** Lets an audience live, in step with the clock here. Used by one thread, stopped by any. */
public final class ViewersRun {
  private static final long PROGRESS_MILLIS = 1_000;
  private static final long PATIENCE_MILLIS = 30_000;

  private final Simulation simulation;
  private final Courier courier;
  private final Pace pace;
  private final double speed;
  private final long beginMillis;
  private final Consumer<String> progress;
  private volatile boolean stopped;
  private long behindMillis;

  /**
   * An audience that begins now.
   *
   * @param speed how many seconds of its time pass in one here
   * @param progress told a line every second
   */
  public ViewersRun(
      Audience audience,
      Troubles troubles,
      long seed,
      Pace pace,
      double speed,
      Consumer<String> progress) {
    this.pace = pace;
    this.speed = speed;
    this.progress = progress;
    beginMillis = pace.nowMillis();
    simulation = new Simulation(audience, seed, beginMillis);
    courier = new Courier(simulation, troubles, seed);
  }

  /**
   * Sends everything, and waits until it is answered.
   *
   * @return what became of it
   */
  public Sent run(ReportSender sender) throws InterruptedException {
    long told = beginMillis;
    long takenBefore = 0;
    for (Delivery next = courier.next(); next != null && !stopped; next = courier.next()) {
      long due = beginMillis + Math.round((next.millis() - beginMillis) / speed);
      long now = pace.nowMillis();
      while (now < due && !stopped) {
        pace.sleep(Math.min(due - now, PROGRESS_MILLIS));
        now = pace.nowMillis();
      }
      behindMillis = Math.max(0, now - due);
      sender.send(next.post());
      if (now - told >= PROGRESS_MILLIS) {
        long taken = sender.sent().accepted();
        progress.accept(line(now, (taken - takenBefore) * 1e3 / (now - told), sender.sent()));
        takenBefore = taken;
        told = now;
      }
    }
    sender.finish(stopped ? PROGRESS_MILLIS : PATIENCE_MILLIS);
    return sender.sent();
  }

  private String line(long now, double perSecond, Sent sent) {
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%d s: %,d viewers, %,d came, %,d reports taken, %,.0f a second",
                (now - beginMillis) / 1000,
                simulation.present(),
                simulation.viewers(),
                sent.accepted(),
                perSecond));
    if (behindMillis > PROGRESS_MILLIS) {
      line.append(String.format(Locale.ROOT, ", %.1f s behind", behindMillis / 1e3));
    }
    if (sent.throttled() > 0) {
      line.append(", ").append(sent.throttled()).append(" times too much");
    }
    if (sent.failed() + sent.refused() > 0) {
      line.append(", ").append(sent.failed() + sent.refused()).append(" reports not taken");
    }
    return line.toString();
  }

  /** Sends nothing more. */
  public void stop() {
    stopped = true;
  }

  /** What faults of streams did so far; of those who are still there, too. Thread-safe. */
  public Tolls tolls() {
    return simulation.truth().tolls();
  }

  /** What is true of it so far. */
  public ViewersTruth truth(Audience audience, long seed, Sent sent) {
    return new ViewersTruth(
        Instant.ofEpochMilli(beginMillis),
        seed,
        audience.durationMillis(),
        audience.faults(),
        simulation.viewers(),
        simulation.present(),
        courier.lostReports(),
        sent,
        simulation.truth());
  }
}
