package io.aircheck.app.serve.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.cube.Cell;
import io.aircheck.experience.feed.SumRow;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import io.aircheck.notify.otlp.MetricPoint;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MetricOutletTest {
  private static final long START = 1_800_000_000_000L;

  private final RecordingTarget<MetricPoint> target = new RecordingTarget<>();
  private final MetricOutlet outlet = new MetricOutlet(target);

  @SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
  private static SumRow row(Map<Measure, Long> sums) {
    long[] values = Measures.ZERO.toArray();
    sums.forEach((measure, sum) -> values[measure.ordinal()] = sum);
    Cell cell = new Cell(true);
    cell.add(new SessionDelta("a", 1, START, Cohort.UNKNOWN, Measures.of(values), null));
    return new SumRow(START, 60_000, List.of("cdn"), List.of("north"), false, 2, cell);
  }

  private MetricPoint point(String name) {
    return target.taken().stream()
        .filter(point -> point.metric().name().equals("aircheck.viewers." + name))
        .findFirst()
        .orElseThrow();
  }

  private void send(SumRow row) {
    assertThat(outlet.sums(List.of(row)).attempt().get()).isEqualTo(RecordingTarget.TAKEN);
  }

  @Test
  void row_isSumsAndGaugesWithUnits() {
    send(
        row(
            Map.of(
                Measure.VIEWERS, 3L,
                Measure.STALLS, 2L,
                Measure.STALLED_MILLIS, 1_500L,
                Measure.LATENCY_AREA, 7L)));

    MetricPoint stalls = point("stalls");
    assertThat(stalls.metric().unit()).isEqualTo("{stall}");
    assertThat(stalls.metric().kind()).isEqualTo(MetricPoint.Kind.SUM);
    assertThat(stalls.value()).isEqualTo(2L);
    assertThat(stalls.startMillis()).isEqualTo(START);
    assertThat(stalls.endMillis()).isEqualTo(START + 60_000);
    assertThat(stalls.attributes()).isEqualTo(Map.of("grouping", "cdn", "cdn", "north"));
    assertThat(point("stalled_time").metric().unit()).isEqualTo("ms");
    assertThat(point("latency_area").metric().unit()).isEqualTo("ms2");
    MetricPoint watching = point("watching");
    assertThat(watching.metric().kind()).isEqualTo(MetricPoint.Kind.GAUGE);
    assertThat(watching.value()).isEqualTo(1.5);
    assertThat(target.taken()).hasSize(4);
  }

  @Test
  void row_withPercentiles_hasAGaugeForEach() {
    send(row(Map.of(Measure.STARTUPS, 1L, Measure.STARTUP_MILLIS, 1_000L)));

    MetricPoint median = point("startup_time.percentile");
    assertThat(median.attributes()).containsEntry("quantile", "0.5");
    assertThat(median.metric().unit()).isEqualTo("ms");
    assertThat(median.value().doubleValue()).isCloseTo(1_000, Offset.offset(10.0));
  }

  @Test
  void sum_thatIsTakenBack_isSetOffAgainstTheNext() {
    send(row(Map.of(Measure.ENDED, -2L)));
    send(row(Map.of(Measure.ENDED, 5L)));

    assertThat(point("ended").value()).isEqualTo(3L);
  }

  @Test
  void parcel_isTheSameAtEveryAttempt() {
    send(row(Map.of(Measure.ENDED, -2L)));
    Outlet.Parcel parcel = outlet.sums(List.of(row(Map.of(Measure.ENDED, 5L))));

    assertThat(parcel.attempt().get()).isEqualTo(RecordingTarget.TAKEN);
    assertThat(parcel.attempt().get()).isEqualTo(RecordingTarget.TAKEN);

    assertThat(target.taken())
        .filteredOn(point -> point.metric().name().endsWith(".ended"))
        .extracting(MetricPoint::value)
        .containsExactly(3L, 3L);
  }
}
