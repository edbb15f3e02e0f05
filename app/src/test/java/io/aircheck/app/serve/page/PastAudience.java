package io.aircheck.app.serve.page;

import io.aircheck.audience.crowd.Cohort;
import io.aircheck.audience.crowd.Dimension;
import io.aircheck.audience.network.Courier;
import io.aircheck.audience.network.Delivery;
import io.aircheck.audience.network.Troubles;
import io.aircheck.audience.simulation.Audience;
import io.aircheck.audience.simulation.Simulation;
import io.aircheck.audience.viewer.Post;
import io.aircheck.experience.engine.Collector;
import io.aircheck.experience.intake.Arrivals;
import io.aircheck.experience.intake.Locator;
import io.aircheck.experience.intake.OptOut;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.journal.Journal;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.journal.JournalPolicy;
import io.aircheck.experience.journal.Sync;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.report.ReportSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An audience that has watched until now: its reports are in the journal of a service that is to be
 * started, which knows its last hour then. Not thread-safe.
 */
public final class PastAudience {
  private static final JournalPolicy POLICY =
      JournalPolicy.of(Duration.ofHours(3), 1_000_000_000, Sync.NEVER);

  private final Arrivals arrivals =
      new Arrivals(Locator.NOWHERE, new OptOut(true, false), Set.of());
  private final Courier courier;
  private @Nullable Delivery next;

  /** An audience that began at a time, milliseconds since the epoch. */
  public PastAudience(Audience audience, long seed, long beginMillis) {
    courier = new Courier(new Simulation(audience, seed, beginMillis), Troubles.NONE, seed);
    next = courier.next();
  }

  /** Leaves in the folder of a journal what came before a time. */
  public void report(Path folder, long untilMillis) throws IOException {
    try (Journal journal = Journal.open(folder, POLICY)) {
      for (Delivery one = next; one != null && one.millis() < untilMillis; one = next) {
        journal.append(entry(one));
        next = courier.next();
      }
    }
  }

  private JournalEntry entry(Delivery delivery) {
    Post post = delivery.post();
    Cohort cohort = post.cohort();
    Arrival arrival =
        arrivals.of(
            delivery.millis(),
            Collector.CHANNEL,
            new Sender(null, post.userAgent(), null, null),
            Map.of(
                Attributes.PLAYER, cohort.value(Dimension.PLAYER),
                Attributes.PLAYER_VERSION, cohort.value(Dimension.PLAYER_VERSION),
                Attributes.APP_VERSION, cohort.value(Dimension.APP_VERSION)),
            new Locator.Location(cohort.value(Dimension.COUNTRY), cohort.value(Dimension.NETWORK)));
    if (arrival == null) {
      throw new IllegalStateException("nobody opts out of a simulation");
    }
    return new JournalEntry(ReportSchema.CMCD, arrival, post.body());
  }
}
