package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.task.StreamTask;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.FakeClock;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.FakeSources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FunctionsTest {
  private static final int PICTURES = 20;

  private final MemoryObjects objects = new MemoryObjects();
  private final Meter meter = new Meter();
  private final FakeSources sources =
      new FakeSources()
          .on(
              "a",
              () -> {
                FakeSource source = FakeSource.of(false);
                for (int i = 0; i < PICTURES; i++) {
                  source.picture(i * 40_000L, i >= 5 && i < 15 ? 16 : 128);
                }
                return source;
              });

  /** New ones for every call, as calls share nothing but the bucket. */
  private Functions functions() {
    return new Functions(
        new DetectorCatalog(List.of(DarkDetector.FACTORY)),
        objects,
        new StreamTask.Surroundings(
            sources,
            PictureAnalyzers.installed(),
            SoundAnalyzers.installed(),
            new FakeClock(),
            new Random(1)),
        meter,
        1_024);
  }

  private Calls.Converted convert(int number) throws Exception {
    return SegmentJson.read(
        functions()
            .convert(
                SegmentJson.write(
                    new Calls.Convert("s/only", "a", Optional.empty(), false, number, 200_000, 0))),
        Calls.Converted.class);
  }

  private List<StreamObservation> detect(int number, String kind) throws Exception {
    Calls.Detected detected =
        SegmentJson.read(
            functions()
                .detect(
                    SegmentJson.write(
                        new Calls.Detect(
                            "s/only",
                            "s",
                            Optional.of("high"),
                            number,
                            new DetectorChoice(kind, Map.of())))),
            Calls.Detected.class);
    List<StreamObservation> observations =
        SegmentJson.read(objects.get(detected.key()), Calls.Observed.class).observations();
    assertThat(observations).hasSize(detected.count());
    return observations;
  }

  @Test
  void calls_bySegments_findWhatIsThereAndMeterIt() throws Exception {
    List<StreamObservation> seen = new ArrayList<>();
    int segments = 0;
    boolean ended = false;
    while (!ended) {
      ended = convert(segments).ended();
      seen.addAll(detect(segments, DarkDetector.KIND));
      segments++;
    }

    assertThat(segments).isGreaterThan(2);
    assertThat(seen)
        .filteredOn(o -> o.observation() instanceof Observation.Closed)
        .singleElement()
        .satisfies(
            o -> {
              assertThat(o.stream()).isEqualTo("s");
              assertThat(o.rendition()).isEqualTo("high");
              assertThat(((Observation.Closed) o.observation()).finding().endMicros())
                  .isEqualTo(600_000);
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
    List<Observation> first = observations(detect(1, DarkDetector.KIND));

    assertThat(convert(1)).isEqualTo(converted);
    assertThat(observations(detect(1, DarkDetector.KIND))).isEqualTo(first).isNotEmpty();
  }

  private static List<Observation> observations(List<StreamObservation> seen) {
    return seen.stream().map(StreamObservation::observation).toList();
  }

  @Test
  void detect_unknownDetector_saysSoAndIsBilled() throws Exception {
    convert(0);

    assertThatThrownBy(() -> detect(0, "test.darc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown detector test.darc; did you mean test.dark?");
    assertThat(meter.usage().of(Quantity.FUNCTION_INVOCATIONS)).isEqualTo(2);
  }
}
