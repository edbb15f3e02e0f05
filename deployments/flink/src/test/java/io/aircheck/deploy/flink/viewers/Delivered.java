package io.aircheck.deploy.flink.viewers;

import io.aircheck.audience.crowd.Arrivals;
import io.aircheck.audience.crowd.Cohort;
import io.aircheck.audience.crowd.Content;
import io.aircheck.audience.crowd.DayCurve;
import io.aircheck.audience.crowd.Dimension;
import io.aircheck.audience.crowd.Population;
import io.aircheck.audience.fault.TimedFault;
import io.aircheck.audience.network.Courier;
import io.aircheck.audience.network.Delivery;
import io.aircheck.audience.network.Troubles;
import io.aircheck.audience.simulation.Audience;
import io.aircheck.audience.simulation.Simulation;
import io.aircheck.audience.viewer.Habits;
import io.aircheck.audience.viewer.Reporting;
import io.aircheck.experience.engine.ReportReader;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportReceiver;
import io.aircheck.experience.report.ReportSchema;
import io.aircheck.experience.report.ViewerReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Bodies of a simulated audience in the order in which they come, as a collector reads them. */
final class Delivered {
  static final long BEGIN = 1_800_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final long TOGETHER_MILLIS = 2_000;

  private Delivered() {}

  /** Some hundred viewers within half an hour, over a network that loses, doubles and disorders. */
  static List<List<ViewerReport>> bodies() {
    Audience audience =
        new Audience(
            Population.before(
                List.of(
                    Content.channel("channel-1"),
                    Content.channel("channel-2"),
                    Content.onDemand("film", 20 * MINUTE))),
            new Arrivals.Flow(300, DayCurve.CONSTANT),
            Habits.USUAL,
            List.of(TimedFault.parse("stalls@600+600,cdn=cdn-b")),
            Reporting.USUAL,
            30 * MINUTE);
    Courier courier =
        new Courier(
            new Simulation(audience, 7, BEGIN), new Troubles(1, 1_500, 0.02, 0.1, 0.05, 60_000), 7);
    ReportReader reader = new ReportReader(Map.of());
    List<List<ViewerReport>> bodies = new ArrayList<>();
    for (Delivery next = courier.next(); next != null; next = courier.next()) {
      List<ViewerReport> body = new ArrayList<>();
      reader.read(
          ReportSchema.CMCD,
          next.post().body(),
          new Arrival(next.millis(), "events", told(next.post().cohort())),
          new ReportReceiver() {
            @Override
            public void report(ViewerReport report) {
              body.add(report);
            }

            @Override
            public void rejected(Rejection reason) {
              throw new IllegalStateException("rejected: " + reason);
            }
          });
      bodies.add(body);
    }
    return bodies;
  }

  /**
   * Bodies in groups that come at once: within a time by which clocks of collectors may differ, and
   * none behind another of its session, which would come in an order of its own.
   */
  static List<List<List<ViewerReport>>> together(List<List<ViewerReport>> bodies) {
    List<List<List<ViewerReport>>> groups = new ArrayList<>();
    Set<String> sessions = new HashSet<>();
    long until = Long.MIN_VALUE;
    for (List<ViewerReport> body : bodies) {
      Set<String> own = body.stream().map(ViewerReport::session).collect(Collectors.toSet());
      long millis = body.getFirst().receivedMillis();
      if (millis >= until || !Collections.disjoint(sessions, own)) {
        groups.add(new ArrayList<>());
        sessions.clear();
        until = millis + TOGETHER_MILLIS;
      }
      groups.getLast().add(body);
      sessions.addAll(own);
    }
    return groups;
  }

  private static Map<String, String> told(Cohort cohort) {
    Map<String, String> told = new TreeMap<>();
    for (Dimension dimension : Dimension.values()) {
      if (dimension != Dimension.CONTENT && !cohort.value(dimension).isEmpty()) {
        told.put(dimension.id(), cohort.value(dimension));
      }
    }
    return told;
  }
}
