package io.aircheck.app.serve.viewers;

import io.aircheck.audience.crowd.Dimension;
import io.aircheck.audience.network.Courier;
import io.aircheck.audience.network.Delivery;
import io.aircheck.audience.network.Troubles;
import io.aircheck.audience.simulation.Simulation;
import io.aircheck.audience.viewer.Post;
import io.aircheck.experience.cmcd.CmcdMapping;
import io.aircheck.experience.cmcd.CmcdParser;
import io.aircheck.experience.cmcd.CmcdReports;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.engine.Audience;
import io.aircheck.experience.engine.AudienceListener;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportReceiver;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;

/** A simulated audience whose reports are taken in as a service takes them, in virtual time. */
final class ReportedAudience {
  private static final long SECOND = 1_000;

  /** How far the timers of silent sessions are behind. */
  private static final long LATENESS = 2 * SECOND;

  /** Windows are complete so long after their end. */
  private static final long LATE = 10 * SECOND;

  private final CmcdReports reader =
      new CmcdReports(new CmcdParser(Set.of()), new CmcdMapping(Quirk.ofRecords(), Map.of()));
  private final CubeSpec spec = CubeSpec.lastHour();
  private final Audience engine;
  private final Courier courier;
  private Delivery next;
  private long now;

  ReportedAudience(io.aircheck.audience.simulation.Audience audience, long seed, long beginMillis) {
    this(audience, seed, beginMillis, news -> {});
  }

  /**
   * @param listener told what is new of them
   */
  ReportedAudience(
      io.aircheck.audience.simulation.Audience audience,
      long seed,
      long beginMillis,
      AudienceListener listener) {
    engine =
        new Audience(
            new SessionFold(SessionPolicy.DEFAULT, Quirk.ofSession()),
            spec,
            Integer.MAX_VALUE,
            listener);
    courier = new Courier(new Simulation(audience, seed, beginMillis), Troubles.NONE, seed);
    next = Objects.requireNonNull(courier.next());
    now = beginMillis;
  }

  CubeSpec spec() {
    return spec;
  }

  /** What is known of them. */
  Audience engine() {
    return engine;
  }

  /** Time passes to a moment; after every second somebody looks, and is told what is complete. */
  void until(long millis, LongConsumer look) {
    while (now < millis) {
      now += SECOND;
      while (next.millis() < now) {
        engine.take(reports(next.millis(), next.post()));
        next = Objects.requireNonNull(courier.next());
      }
      engine.advance(now - LATENESS);
      look.accept(engine.advancedMillis() - LATE);
    }
  }

  private List<ViewerReport> reports(long millis, Post post) {
    Map<String, String> attributes = new HashMap<>();
    for (Dimension dimension : Dimension.values()) {
      if (dimension != Dimension.CONTENT && dimension != Dimension.CDN) {
        attributes.put(dimension.id(), post.cohort().value(dimension));
      }
    }
    List<ViewerReport> reports = new ArrayList<>();
    reader.read(
        post.body(),
        new Arrival(millis, "event", attributes),
        new ReportReceiver() {
          @Override
          public void report(ViewerReport report) {
            reports.add(report);
          }

          @Override
          public void rejected(Rejection reason) {
            throw new IllegalStateException(reason.toString());
          }
        });
    return reports;
  }
}
