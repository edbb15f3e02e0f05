package io.aircheck.app.serve.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.audience.crowd.Arrivals;
import io.aircheck.audience.crowd.Content;
import io.aircheck.audience.crowd.Population;
import io.aircheck.audience.fault.TimedFault;
import io.aircheck.audience.simulation.Audience;
import io.aircheck.audience.viewer.Habit;
import io.aircheck.audience.viewer.Habits;
import io.aircheck.audience.viewer.Reporting;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.observe.Observation;
import io.aircheck.experience.alert.AlertPolicy;
import io.aircheck.experience.alert.AlertState;
import io.aircheck.experience.baseline.BaselinePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of simulated viewers, of whom it is known what went wrong for whom. */
@Tag("slow")
class SimulatedAlertsTest {
  private static final long BEGIN = 1_800_000_000_000L;
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  private final List<StreamObservation> told = new ArrayList<>();

  /** Nobody pauses: all come at once, and latency would truly grow until as many leave as pause. */
  private static Audience audience(int viewers, double stallsPerHour, String fault) {
    return new Audience(
        Population.before(List.of(Content.channel("channel-1"), Content.channel("channel-2"))),
        new Arrivals.Standing(viewers, 6 * SECOND),
        new Habits(Map.of(Habit.STALLS_PER_HOUR, stallsPerHour, Habit.PAUSES_PER_HOUR, 0.0)),
        List.of(TimedFault.parse(fault)),
        new Reporting(10 * SECOND, 10, 2 * SECOND),
        24 * 60 * MINUTE);
  }

  private AlertDesk desk(AlertPolicy policy, ReportedAudience audience) {
    return new AlertDesk(
        policy,
        audience.spec(),
        audience.engine()::ask,
        (cohort, contents, since) -> "",
        told::add,
        BEGIN,
        AlertState.FIRST);
  }

  private List<StreamObservation> opened() {
    return told.stream().filter(t -> t.observation() instanceof Observation.Opened).toList();
  }

  /** Viewers come and go, fail, have bad networks: hundreds of cohorts, no fault. */
  @Test
  void anHourOfUsualTrouble_thenAFault_isOneAlertAtTheFault() {
    ReportedAudience audience =
        new ReportedAudience(audience(800, 2, "stalls@3600+120,cdn=cdn-b"), 1, BEGIN);
    AlertDesk desk = desk(AlertPolicy.DEFAULT, audience);

    audience.until(BEGIN + 60 * MINUTE, desk::look);
    assertThat(opened()).isEmpty();

    audience.until(BEGIN + 62 * MINUTE, desk::look);
    assertThat(opened())
        .extracting(StreamObservation::stream)
        .startsWith("viewers:cdn:cdn-b")
        .allMatch(cohort -> cohort.contains("cdn:cdn-b"));
  }

  /** The narrow cohort of the fault alone is not certain yet when those around it are. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void faultAfterLittleTime_isToldWhereItIs(long seed) {
    AlertPolicy usual = AlertPolicy.DEFAULT;
    BaselinePolicy baseline = usual.baseline();
    AlertPolicy policy =
        new AlertPolicy(
            usual.rules().stream().map(rule -> rule.withLeastTraffic(50)).toList(),
            new BaselinePolicy(
                baseline.zone(),
                baseline.halfLifeMillis(),
                30 * SECOND,
                baseline.acceptMillis(),
                baseline.unusualZ(),
                baseline.raisedZ()),
            2,
            2,
            usual.carryWindows(),
            usual.silentMillis(),
            usual.relativeNoise(),
            usual.mostCohorts(),
            usual.mostSeasonal(),
            usual.mostAlerts());
    ReportedAudience audience =
        new ReportedAudience(
            audience(1_000, 6, "stalls@48+30,cdn=cdn-b,content=channel-1"), seed, BEGIN);

    audience.until(BEGIN + 90 * SECOND, desk(policy, audience)::look);

    assertThat(opened())
        .extracting(StreamObservation::stream)
        .containsExactly("viewers:cdn:cdn-b,content:channel-1");
  }
}
