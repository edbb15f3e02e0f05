package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.FakeSources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FunctionsTest {
  private static final int PICTURES = 20;
  private static final Calls.Input INPUT = TestParts.input("a", false, 200_000);

  private final MemoryObjects objects = new MemoryObjects();
  private final Meter meter = new Meter();
  private final FakeSources sources = new FakeSources().on("a", () -> TestParts.darkFrom(5, 15));

  /** New ones for every call, as calls share nothing but the bucket. */
  private Functions functions() {
    return new Functions(
        TestParts.over(sources), objects, Teller.nobody(), new StopSwitch(), meter, 1_024);
  }

  private Calls.Converted convert(int number) throws Exception {
    byte[] call = SegmentJson.write(new Calls.Convert(TestParts.WHERE, INPUT, number));
    return SegmentJson.read(
        functions().convert(call, Duration.ofMinutes(1)), Calls.Converted.class);
  }

  private Calls.Detected detect(int number, String kind) throws Exception {
    Calls.Look look = new Calls.Look(0, new DetectorChoice(kind, Map.of()), List.of());
    byte[] call = SegmentJson.write(new Calls.Detect(TestParts.WHERE, look, number));
    return SegmentJson.read(functions().detect(call), Calls.Detected.class);
  }

  private List<Timed> observations(Calls.Detected detected) throws Exception {
    byte[] json = objects.get(detected.key().orElseThrow());
    List<Timed> observations = SegmentJson.read(json, Calls.Observed.class).observations();
    assertThat(observations).hasSize(detected.count());
    return observations;
  }

  @Test
  void calls_bySegments_findWhatIsThereAndMeterIt() throws Exception {
    List<Timed> seen = new ArrayList<>();
    int segments = 0;
    boolean ended = false;
    while (!ended) {
      ended = convert(segments).ended();
      seen.addAll(observations(detect(segments, DarkDetector.KIND)));
      segments++;
    }

    assertThat(segments).isGreaterThan(2);
    assertThat(seen)
        .filteredOn(o -> o.observation().observation() instanceof Observation.Closed)
        .singleElement()
        .satisfies(
            o -> {
              assertThat(o.observation().stream()).isEqualTo("s");
              Observation.Closed closed = (Observation.Closed) o.observation().observation();
              assertThat(closed.finding().endMicros()).isEqualTo(600_000);
            });
    assertThat(meter.usage().of(Quantity.FUNCTION_INVOCATIONS)).isEqualTo(2.0 * segments);
    assertThat(meter.usage().of(Quantity.FUNCTION_GIB_SECONDS)).isPositive();
    // Each picture, and of each segment: manifest, state of the converter and observations; the
    // detector leaves its state in all but the last.
    assertThat(meter.usage().of(Quantity.OBJECT_WRITES)).isEqualTo(PICTURES + 4.0 * segments - 1);
  }

  @Test
  void calls_again_leaveTheSame() throws Exception {
    convert(0);
    detect(0, DarkDetector.KIND);
    Calls.Converted converted = convert(1);
    List<Timed> first = observations(detect(1, DarkDetector.KIND));

    Calls.Converted again = convert(1);

    assertThat(again.toMicros()).isEqualTo(converted.toMicros());
    assertThat(observations(detect(1, DarkDetector.KIND))).isEqualTo(first).isNotEmpty();
  }

  @Test
  void detect_unknownDetector_saysSoAndIsBilled() throws Exception {
    convert(0);

    assertThatThrownBy(() -> detect(0, "test.darc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown detector test.darc; did you mean test.dark?");
    assertThat(meter.usage().of(Quantity.FUNCTION_INVOCATIONS)).isEqualTo(2);
  }

  @Test
  void plan_noCall_saysWhatIsMissing() {
    byte[] call = "{\"stream\": \"s\"}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> functions().plan(call))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no call of watch")
        .hasMessageContaining("uri is missing");
  }

  @Test
  void plan_onlyWhatMustBeGiven_hasDefaults() throws Exception {
    byte[] call =
        "{\"stream\": \"s\", \"uri\": \"a\", \"detectors\": [{\"kind\": \"test.dark\"}], \"policy\": {\"recoveryMillis\": 5}}"
            .getBytes(StandardCharsets.UTF_8);

    Calls.Planned planned = SegmentJson.read(functions().plan(call), Calls.Planned.class);

    assertThat(planned.at().next()).isEqualTo(Calls.Next.SEGMENT);
    assertThat(planned.at().lanes())
        .singleElement()
        .satisfies(
            lane -> {
              assertThat(lane.where().rendition()).isEqualTo(Optional.empty());
              assertThat(lane.input().segmentMicros()).isEqualTo(10_000_000);
              assertThat(lane.looks()).hasSize(1);
            });
    assertThat(planned.fold().until()).isEqualTo(20_000 / (12 + 11 + 7));
    assertThat(planned.fold().policy())
        .isEqualTo(new IncidentPolicy(Severity.WARNING, Map.of(), 5));
  }
}
