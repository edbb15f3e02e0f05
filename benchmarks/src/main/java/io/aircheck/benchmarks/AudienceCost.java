package io.aircheck.benchmarks;

import io.aircheck.audience.crowd.Arrivals;
import io.aircheck.audience.crowd.Content;
import io.aircheck.audience.crowd.Population;
import io.aircheck.audience.simulation.Audience;
import io.aircheck.audience.simulation.Simulation;
import io.aircheck.audience.viewer.Habits;
import io.aircheck.audience.viewer.Post;
import io.aircheck.audience.viewer.Reporting;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * What simulated viewers cost: CPU a report, and bytes of heap for each who is there. No HTTP; time
 * goes as fast as it can. Says also how fast that is against real time.
 *
 * <p>{@code AudienceCost VIEWERS MINUTES}
 */
public final class AudienceCost {
  private static final long RAMP_MILLIS = 60_000;
  private static final long MINUTE_MILLIS = 60_000;
  private static final long BEGIN_MILLIS = 1_800_000_000_000L;

  private AudienceCost() {}

  public static void main(String[] arguments) {
    long viewers = Long.parseLong(arguments[0]);
    long minutes = Long.parseLong(arguments[1]);
    Audience audience =
        new Audience(
            Population.before(List.of(Content.channel("channel-1"), Content.channel("channel-2"))),
            new Arrivals.Standing(viewers, RAMP_MILLIS),
            Habits.USUAL,
            List.of(),
            Reporting.USUAL,
            RAMP_MILLIS + (minutes + 1) * MINUTE_MILLIS);
    long empty = heapBytes();
    Simulation simulation = new Simulation(audience, 1, BEGIN_MILLIS);
    until(simulation, BEGIN_MILLIS + RAMP_MILLIS);
    for (long minute = 1; minute <= minutes; minute++) {
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long wall = System.nanoTime();
      long reports = until(simulation, BEGIN_MILLIS + RAMP_MILLIS + minute * MINUTE_MILLIS);
      System.out.printf(
          "minute %d: %d viewers, %d reports, %.2f us CPU a report, %.1f times real time%n",
          minute,
          simulation.present(),
          reports,
          (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e3 / reports,
          MINUTE_MILLIS * 1e6 / (System.nanoTime() - wall));
    }
    System.out.printf(
        "%.0f bytes a viewer, %d came%n",
        (heapBytes() - empty) / (double) simulation.present(), simulation.viewers());
  }

  /** How many reports are sent up to a moment. */
  private static long until(Simulation simulation, long millis) {
    long reports = 0;
    while (simulation.nowMillis() < millis) {
      Post post = simulation.next();
      reports += post == null ? 0 : post.reports();
    }
    return reports;
  }

  private static long heapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
