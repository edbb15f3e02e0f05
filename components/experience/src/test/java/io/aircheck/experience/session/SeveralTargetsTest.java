package io.aircheck.experience.session;

import static io.aircheck.experience.report.ViewerReport.Facts.facts;
import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.cmcd.CmcdMapping;
import io.aircheck.experience.cmcd.CmcdParser;
import io.aircheck.experience.cmcd.CmcdReports;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Captured;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.Received;
import io.aircheck.experience.report.ViewerReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A player that tells several targets, each of which has numbers of its own. */
class SeveralTargetsTest {
  /** What counts reports rather than what they tell. */
  private static final Set<Measure> OF_REPORTS =
      EnumSet.of(Measure.REPORTS, Measure.EXPECTED_REPORTS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hls.js-1.7.4-preloaded", "hls.js-1.7.4-autoplay", "hls.js-1.7.4-missing",
        "hls.js-1.7.4-live", "dash.js-5.2.1-preloaded", "dash.js-5.2.1-autoplay",
        "dash.js-5.2.1-missing", "dash.js-5.2.1-live", "shaka-5.2.12-preloaded",
        "shaka-5.2.12-autoplay", "shaka-5.2.12-missing"
      })
  void playersAsCaptured_thatTellTwoTargets_areMeasuredAsWithOne(String run) {
    List<ViewerReport> once = captured(run);
    List<ViewerReport> twice = new ArrayList<>();
    for (ViewerReport report : once) {
      twice.add(report);
      twice.add(to("other", report));
    }

    SessionRun one = ran(once);
    SessionRun both = ran(twice);

    assertThat(both.sum(Measure.DUPLICATES)).isZero();
    assertThat(both.sum(Measure.REPORTS)).isEqualTo(2 * one.sum(Measure.REPORTS));
    assertThat(told(both)).isEqualTo(told(one));
  }

  @Test
  void error_thatTwoTargetsTell_isOne_andErrorsOfOneTargetAreTwo() {
    FakePlayer player = new FakePlayer("s");
    ViewerReport playing = player.says(0, PlayerState.PLAYING);
    ViewerReport error = player.says(5_000, facts().errorCode("E1"));
    ViewerReport again = player.says(5_000, facts().errorCode("E1"));
    ViewerReport last = player.says(9_000, PlayerState.PLAYING);
    SessionRun run =
        new SessionRun()
            .take(
                playing, to("other", playing), error, to("other", error), again, to("other", again))
            .take(last, to("other", last))
            .finish();

    assertThat(run.sum(Measure.ERRORS)).isEqualTo(2);
  }

  private static ViewerReport to(String channel, ViewerReport report) {
    return new ViewerReport(
        report.session(),
        channel,
        report.sequence(),
        report.eventMillis(),
        report.receivedMillis(),
        report.facts(),
        report.attributes());
  }

  private static SessionRun ran(List<ViewerReport> reports) {
    return new SessionRun(new SessionFold(SessionPolicy.DEFAULT, Quirk.ofSession()))
        .take(reports.toArray(ViewerReport[]::new))
        .finish();
  }

  private static Map<Measure, Long> told(SessionRun run) {
    Map<Measure, Long> told = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      if (!OF_REPORTS.contains(measure)) {
        told.put(measure, run.sum(measure));
      }
    }
    return told;
  }

  /** Its reports, each received a moment after what it tells. */
  private static List<ViewerReport> captured(String run) {
    Received received = new Received();
    new CmcdReports(new CmcdParser(Set.of()), new CmcdMapping(Quirk.ofRecords(), Map.of()))
        .read(Captured.bytes(run + ".cmcd"), new Arrival(0, "one", Map.of()), received);
    return received.reports().stream()
        .map(
            report ->
                new ViewerReport(
                    "s",
                    report.channel(),
                    report.sequence(),
                    report.eventMillis(),
                    report.eventMillis() + 100,
                    report.facts(),
                    report.attributes()))
        .sorted(Comparator.comparingLong(ViewerReport::receivedMillis))
        .toList();
  }
}
