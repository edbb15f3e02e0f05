package io.aircheck.app.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.report.Palette;
import io.aircheck.audience.crowd.Arrivals;
import io.aircheck.audience.crowd.Content;
import io.aircheck.audience.crowd.DayCurve;
import io.aircheck.audience.crowd.Population;
import io.aircheck.audience.fault.TimedFault;
import io.aircheck.audience.network.Troubles;
import io.aircheck.audience.simulation.Audience;
import io.aircheck.audience.truth.TrueMeasure;
import io.aircheck.audience.viewer.Habits;
import io.aircheck.audience.viewer.Reporting;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ViewersRunTest {
  private static final long SEED = 3;
  private static final Audience AUDIENCE =
      new Audience(
          Population.before(List.of(Content.channel("channel-1"))),
          new Arrivals.Flow(40, DayCurve.CONSTANT),
          Habits.USUAL,
          List.of(TimedFault.parse("stalls@10+20,cdn=cdn-b")),
          Reporting.USUAL,
          120_000);

  private final FakePace pace = new FakePace();
  private final List<String> progress = new ArrayList<>();

  private ViewersTruth run(double speed, FakeCollector service) throws Exception {
    try (Collector collector = new Collector(service.address());
        ReportSender sender = new ReportSender(collector, pace, 4)) {
      ViewersRun run = new ViewersRun(AUDIENCE, Troubles.NONE, SEED, pace, speed, progress::add);
      return run.truth(AUDIENCE, SEED, run.run(sender));
    }
  }

  @Test
  void audience_isSentInItsTime_andItsTruthIsTold() throws Exception {
    try (FakeCollector service = new FakeCollector()) {
      long begin = pace.nowMillis();
      ViewersTruth truth = run(1, service);

      assertThat(pace.nowMillis() - begin).isBetween(60_000L, 120_100L);
      assertThat(truth.viewers()).isEqualTo(40);
      assertThat(truth.present()).isZero();
      assertThat(truth.sent().accepted())
          .isEqualTo(truth.truth().total().get(TrueMeasure.REPORTS))
          .isEqualTo(service.bodies().stream().mapToLong(body -> body.lines().count()).sum());
      assertThat(progress).hasSizeGreaterThan(10).last().asString().contains("reports taken");

      JsonNode json = TruthJson.write(truth);
      assertThat(json.at("/faults/0/where/cdn").asText()).isEqualTo("cdn-b");
      assertThat(json.at("/total/views").asLong())
          .isEqualTo(json.at("/by/content/channel-1/views").asLong())
          .isEqualTo(truth.truth().total().get(TrueMeasure.VIEWS))
          .isPositive();
      StringWriter text = new StringWriter();
      TruthText.write(truth, new PrintWriter(text, true), Palette.PLAIN);
      assertThat(text.toString()).contains("40 viewers came", "cdn=cdn-b", "content=channel-1");
    }
  }

  @Test
  void audience_thatLivesFaster_isOverSooner() throws Exception {
    try (FakeCollector service = new FakeCollector()) {
      long begin = pace.nowMillis();
      run(10, service);

      assertThat(pace.nowMillis() - begin).isBetween(6_000L, 12_100L);
    }
  }
}
