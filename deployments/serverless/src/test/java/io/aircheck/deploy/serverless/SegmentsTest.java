package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.FakeSources;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A stream cut into segments, converted and looked at by calls that share only a bucket. */
class SegmentsTest {
  private static final Duration AMPLE = Duration.ofMinutes(1);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final MemoryObjects objects = new MemoryObjects();
  private final FakeSources sources =
      new FakeSources()
          .on(
              "a",
              () -> {
                FakeSource source = FakeSource.of(false);
                for (int i = 0; i < 20; i++) {
                  source.picture(i * 40_000L, i >= 5 && i < 15 ? 16 : 128);
                  source.sound(i * 40_000L, 1_920, 0.25);
                }
                return source;
              })
          .on("live", () -> FakeSource.of(true).picture(0, 16).picture(40_000, 16).waits());

  private Segment convert(int number, long segmentMicros) throws Exception {
    return convert(TestParts.input("a", false, segmentMicros), number, new StopSwitch());
  }

  private Segment convert(Calls.Input input, int number, StopSwitch stop) throws Exception {
    return converter(stop).convert(input, TestParts.WHERE.prefix(), number, AMPLE);
  }

  private Converter converter(StopSwitch stop) {
    return new Converter(objects, TestParts.surroundings(sources), stop, InstantSource.fixed(NOW));
  }

  private Examiner.Examined examine(int number) throws Exception {
    return new Examiner(
            new DetectorCatalog(List.of(DarkDetector.FACTORY)),
            objects,
            TestParts.surroundings(sources))
        .examine(TestParts.WHERE, TestParts.LOOK, number);
  }

  private static List<Finding> closed(Examiner.Examined examined) {
    List<Finding> closed = new ArrayList<>();
    for (Timed timed : examined.observations()) {
      if (timed.observation().observation() instanceof Observation.Closed over) {
        closed.add(over.finding());
      }
    }
    return closed;
  }

  private List<Finding> run(long segmentMicros) throws Exception {
    List<Finding> closed = new ArrayList<>();
    boolean ended = false;
    for (int number = 0; !ended; number++) {
      ended = convert(number, segmentMicros).ended();
      closed.addAll(closed(examine(number)));
    }
    return closed;
  }

  @Test
  void segments_findingOverSeveral_isOne() throws Exception {
    List<Finding> cut = run(200_000);

    assertThat(cut)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.startMicros()).isEqualTo(200_000);
              assertThat(finding.endMicros()).isEqualTo(600_000);
              assertThat(finding.measurements()).containsEntry("luma", 16.0);
            });
    objects.objects().clear();
    assertThat(run(10_000_000)).isEqualTo(cut);
  }

  @Test
  void examine_pictureMissing_saysSoAndKeepsNoState() throws Exception {
    convert(0, 200_000);
    objects.objects().keySet().removeIf(key -> key.endsWith("-000000000040000.png"));

    assertThatThrownBy(() -> examine(0))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("video-0-000000000040000.png is not in the bucket");
    assertThat(objects.objects().keySet()).noneMatch(key -> key.endsWith("dark.state"));
  }

  @Test
  void examine_soundMissing_saysSo() throws Exception {
    convert(0, 200_000);
    objects.objects().keySet().removeIf(key -> key.endsWith("sound.f32"));

    assertThatThrownBy(() -> examine(0))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("sound.f32 is not in the bucket");
  }

  @Test
  void examine_oneSegmentMissed_goesOnAndIsToldOfTheCut() throws Exception {
    convert(0, 280_000);
    examine(0);
    convert(1, 80_000);
    convert(2, 80_000);

    Examiner.Examined after = examine(2);

    assertThat(after.anew()).isFalse();
    Segment segment = Converter.read(objects, TestParts.WHERE.prefix(), 2);
    SegmentSource cut = new SegmentSource(segment, objects, false);
    assertThat(cut.next()).isInstanceOf(MediaEvent.FormatChange.class);
    assertThat(cut.next())
        .isEqualTo(
            new MediaEvent.Discontinuity(
                null, segment.fromMicros(), 0, MediaEvent.Discontinuity.Cause.NOT_DECODED));
  }

  @Test
  void examine_manySegmentsMissed_beginsAnew() throws Exception {
    for (int number = 0; number <= 4; number++) {
      convert(number, 80_000);
    }
    examine(0);

    assertThat(examine(4).anew()).isTrue();
  }

  @Test
  void convert_segmentBeforeMissingOfAFiniteInput_saysSo() {
    assertThatThrownBy(() -> convert(1, 200_000))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("watch/s/1/0/000000/segment.json is not in the bucket");
  }

  @Test
  void convert_segmentBeforeMissingOfALiveInput_beginsAnewWhereItWouldHaveEnded() throws Exception {
    Segment segment = convert(TestParts.input("live", true, 80_000), 2, new StopSwitch());

    assertThat(segment.fromMicros()).isEqualTo(160_000);
    assertThat(segment.toMicros()).isEqualTo(240_000);
    assertThat(segment.steps())
        .filteredOn(step -> step instanceof Segment.Picture)
        .extracting(step -> ((Segment.Picture) step).ptsMicros())
        .containsExactly(160_000L, 200_000L);
  }

  @Test
  void convert_stoppedBefore_endsTheInput() throws Exception {
    Calls.Input live = TestParts.input("live", true, 80_000);
    StopSwitch stop = new StopSwitch();
    assertThat(convert(live, 0, stop).ended()).isFalse();

    stop.stop();

    assertThat(convert(live, 1, stop).ended()).isTrue();
    assertThat(closed(examine(0))).isEmpty();
    assertThat(closed(examine(1)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.endMicros()).isEqualTo(80_000));
  }

  /** An input that is opened and has said nothing yet must not be tried again for ever. */
  @Test
  void convert_stoppedBeforeTheInputHasBegun_endsIt() throws Exception {
    StopSwitch stop = new StopSwitch();
    stop.stop();

    Segment segment = convert(TestParts.input("live", true, 80_000), 0, stop);

    assertThat(segment.ended()).isTrue();
    assertThat(segment.format().tracks()).isEmpty();
    assertThat(examine(0).observations()).isEmpty();
  }

  @Test
  void convert_inputAwayAllTheTime_tellsWhen() throws Exception {
    convert(TestParts.input("away", true, 2_000_000), 0, new StopSwitch());

    assertThat(examine(0).observations())
        .isNotEmpty()
        .allSatisfy(
            timed ->
                assertThat(timed.observation().wallClockMillis()).isEqualTo(NOW.toEpochMilli()));
  }

  private static Calls.Input awaited() {
    return new Calls.Input("later", Optional.empty(), Map.of(), Map.of(), true, 2_000_000, 0, true);
  }

  @Test
  void convert_awaitedInput_isAwayForSegmentsAndEndsWhenItsRenditionsAreKnown() throws Exception {
    sources.ladderAfter(4, "later", "high");

    Segment away = convert(awaited(), 0, new StopSwitch());
    Segment there = convert(awaited(), 1, new StopSwitch());

    assertThat(away.ended() || away.arrived()).isFalse();
    assertThat(away.toMicros()).isGreaterThanOrEqualTo(2_000_000);
    assertThat(there.ended() && there.arrived()).isTrue();
    assertThat(closed(examine(0))).isEmpty();
    assertThat(closed(examine(1))).extracting(Finding::kind).containsExactly(DarkDetector.LOST);
    assertThat(sources.opened()).isEmpty();
  }

  @Test
  void convert_awaitedInputThereAtOnce_endsWithNothing() throws Exception {
    sources.ladder("later", "high");

    Segment segment = convert(awaited(), 0, new StopSwitch());

    assertThat(segment.ended() && segment.arrived()).isTrue();
    assertThat(examine(0).observations()).isEmpty();
  }

  @Test
  void convert_awaitedInputStopped_hasNotArrived() throws Exception {
    StopSwitch stop = new StopSwitch();
    stop.stop();

    Segment segment = convert(awaited(), 0, stop);

    assertThat(segment.ended()).isTrue();
    assertThat(segment.arrived()).isFalse();
  }

  @Test
  void convert_timeIsUp_endsTheSegmentWhereItIs() throws Exception {
    Segment segment =
        converter(new StopSwitch())
            .convert(
                TestParts.input("a", false, 200_000),
                TestParts.WHERE.prefix(),
                0,
                Duration.ofNanos(1));

    assertThat(segment.toMicros()).isLessThan(200_000);
    assertThat(segment.ended()).isFalse();
  }
}
