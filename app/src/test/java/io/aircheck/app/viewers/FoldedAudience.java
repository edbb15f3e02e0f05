package io.aircheck.app.viewers;

import io.aircheck.audience.network.Courier;
import io.aircheck.audience.network.Delivery;
import io.aircheck.audience.network.Troubles;
import io.aircheck.audience.simulation.Audience;
import io.aircheck.audience.simulation.Simulation;
import io.aircheck.audience.truth.Truth;
import io.aircheck.core.fold.Fold.Step;
import io.aircheck.experience.cmcd.CmcdMapping;
import io.aircheck.experience.cmcd.CmcdParser;
import io.aircheck.experience.cmcd.CmcdReports;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportReceiver;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionDelta;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionPolicy;
import io.aircheck.experience.session.SessionState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * An audience whose reports go the way of the service: from bytes to reports to sessions, with
 * timers as a runtime has them; and what is true of it.
 */
final class FoldedAudience {
  static final long BEGIN = 1_800_000_000_000L;

  /** A session with its timer. */
  private static final class Running {
    SessionState state;
    OptionalLong timer = OptionalLong.empty();

    Running(SessionState state) {
      this.state = state;
    }
  }

  private final SessionFold fold = new SessionFold(SessionPolicy.DEFAULT);
  private final CmcdReports reader =
      new CmcdReports(new CmcdParser(Set.of()), new CmcdMapping(Quirk.ofRecords(), Map.of()));
  private final Map<String, Running> sessions = new TreeMap<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private final Map<String, Measures> byContent = new TreeMap<>();
  private final Map<String, Measures> byCdn = new TreeMap<>();
  private final Consumer<SessionDelta> deltas;
  private Measures sum = Measures.ZERO;
  private long delivered;
  private long repeated;
  private long speedChanges;
  private final Truth truth;
  private final long lostReports;

  FoldedAudience(Audience audience, Troubles troubles, long seed) {
    this(audience, troubles, seed, delta -> {});
  }

  /**
   * @param deltas told what is new of views, as the service is
   */
  FoldedAudience(Audience audience, Troubles troubles, long seed, Consumer<SessionDelta> deltas) {
    this.deltas = deltas;
    Simulation simulation = new Simulation(audience, seed, BEGIN);
    Courier courier = new Courier(simulation, troubles, seed);
    for (Delivery next = courier.next(); next != null; next = courier.next()) {
      take(next);
    }
    sessions.values().forEach(running -> until(running, Long.MAX_VALUE));
    truth = simulation.truth();
    lostReports = courier.lostReports();
  }

  private void take(Delivery delivery) {
    delivered += delivery.post().reports();
    if (delivery.repeated()) {
      repeated += delivery.post().reports();
    } else {
      String body = new String(delivery.post().body(), StandardCharsets.UTF_8);
      speedChanges += body.lines().filter(line -> line.contains(",e=pr,")).count();
    }
    reader.read(
        delivery.post().body(),
        new Arrival(delivery.millis(), "event", Map.of()),
        new ReportReceiver() {
          @Override
          public void report(ViewerReport report) {
            Running running =
                sessions.computeIfAbsent(report.session(), id -> new Running(fold.initial(id)));
            until(running, report.receivedMillis());
            step(running, fold.apply(running.state, report));
          }

          @Override
          public void rejected(Rejection reason) {
            rejections.add(reason);
          }
        });
  }

  private void until(Running running, long millis) {
    while (running.timer.isPresent() && running.timer.getAsLong() <= millis) {
      step(running, fold.onTimer(running.state, running.timer.getAsLong()));
    }
  }

  private void step(Running running, Step<SessionState, SessionDelta> step) {
    running.state = step.state();
    running.timer = step.timerMillis();
    for (SessionDelta delta : step.outputs()) {
      deltas.accept(delta);
      sum = sum.plus(delta.measures());
      byContent.merge(delta.cohort().content(), delta.measures(), Measures::plus);
      byCdn.merge(delta.cohort().value("cdn"), delta.measures(), Measures::plus);
    }
  }

  Measures sum() {
    return sum;
  }

  Map<String, Measures> byContent() {
    return byContent;
  }

  Map<String, Measures> byCdn() {
    return byCdn;
  }

  Truth truth() {
    return truth;
  }

  /** Reports that arrived, repeated ones included. */
  long delivered() {
    return delivered;
  }

  long repeated() {
    return repeated;
  }

  long lostReports() {
    return lostReports;
  }

  /** How often the speed was changed: each may be rounded on its own. */
  long speedChanges() {
    return speedChanges;
  }

  List<Rejection> rejections() {
    return rejections;
  }
}
