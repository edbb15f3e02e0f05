package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.observe.Kinds;
import io.aircheck.testkit.FakeSources;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final DetectorChoice BLACK = new DetectorChoice(Kinds.VIDEO_BLACK, Map.of());
  private static final DetectorChoice BREAK = new DetectorChoice(Kinds.SPLICE_BREAK, Map.of());

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final MemoryObjects objects = new MemoryObjects();
  private final FakeSources sources = new FakeSources().ladder("ladder", "high", "low");

  private Calls.Planned plan(Calls.Watch watch) throws Exception {
    return plan(watch, sources);
  }

  private Calls.Planned plan(Calls.Watch watch, MediaSources inputs) throws Exception {
    return new Planner(
            DetectorCatalog.installed(),
            InstalledFolds.all(),
            inputs,
            objects,
            InstantSource.fixed(NOW))
        .plan(watch);
  }

  private static Calls.Watch watch(boolean live) {
    return new Calls.Watch(
        "s",
        "7",
        "a",
        Map.of(),
        Map.of(),
        Optional.empty(),
        List.of(),
        List.of(BLACK),
        live,
        List.of(),
        IncidentPolicy.DEFAULT,
        Map.of(),
        180_000_000,
        0,
        0);
  }

  private static Calls.Watch watch(
      String uri,
      Optional<String> reference,
      List<String> renditions,
      List<String> folds,
      DetectorChoice... detectors) {
    return new Calls.Watch(
        "s",
        "7",
        uri,
        Map.of(),
        Map.of(),
        reference,
        renditions,
        List.of(detectors),
        false,
        folds,
        IncidentPolicy.DEFAULT,
        Map.of(),
        0,
        0,
        20);
  }

  /** What is planned has been watched for a segment, and folded. */
  private void foldOneSegment(Calls.Planned planned, Calls.Converted converted) throws Exception {
    List<Calls.Watched> lanes =
        planned.at().lanes().stream()
            .map(
                lane ->
                    new Calls.Watched(lane, Optional.of(converted), List.of(), Optional.empty()))
            .toList();
    new Folder(List.of(), Parts.installedRules(), objects, Teller.nobody(), new Meter())
        .fold(new Calls.Fold(planned.fold(), 0, lanes));
  }

  @Test
  void plan_ladder_hasALaneForEachRendition() throws Exception {
    Calls.Planned planned =
        plan(watch("ladder", Optional.empty(), List.of(), List.of("ladder"), BLACK));

    assertThat(planned.at().lanes())
        .extracting(lane -> lane.where().prefix() + " " + lane.where().rendition().orElseThrow())
        .containsExactly("s/7/0 high", "s/7/1 low");
    assertThat(planned.fold().until()).isEqualTo(20);
  }

  @Test
  void plan_detectorThatExcuses_runsBesideTheOthersAndByItself() throws Exception {
    Calls.Planned planned = plan(watch("a", Optional.empty(), List.of(), List.of(), BLACK, BREAK));

    assertThat(planned.at().lanes().getFirst().looks())
        .containsExactly(
            new Calls.Look(0, BLACK, List.of(BREAK.silently())),
            new Calls.Look(1, BREAK, List.of()));
  }

  @Test
  void plan_reference_isLookedAtByWhatComparesAlone() throws Exception {
    DetectorCatalog catalog = DetectorCatalog.installed();
    List<DetectorChoice> all = catalog.choose(List.of(), Map.of());

    Calls.Planned planned =
        plan(
            watch(
                "a",
                Optional.of("b"),
                List.of(),
                List.of("reference"),
                all.toArray(new DetectorChoice[0])));

    assertThat(planned.at().lanes()).hasSize(2);
    Calls.Lane reference = planned.at().lanes().get(1);
    assertThat(reference.where().point()).isEqualTo(Point.REFERENCE);
    assertThat(reference.input().uri()).isEqualTo("b");
    assertThat(planned.at().lanes().getFirst().looks()).hasSize(all.size());
    assertThat(reference.looks())
        .isNotEmpty()
        .allSatisfy(
            look ->
                assertThat(
                        catalog
                            .configure(List.of(look.detector()))
                            .getFirst()
                            .factory()
                            .fingerprints())
                    .isTrue());
  }

  @Test
  void plan_singleInput_leavesOutWhatOnlyCompares() throws Exception {
    DetectorCatalog catalog = DetectorCatalog.installed();

    Calls.Planned planned =
        plan(
            watch(
                "a",
                Optional.empty(),
                List.of(),
                List.of(),
                catalog.choose(List.of(), Map.of()).toArray(new DetectorChoice[0])));

    long comparing = catalog.factories().stream().filter(f -> f.fingerprints()).count();
    assertThat(planned.at().lanes().getFirst().looks())
        .hasSize(catalog.factories().size() - (int) comparing);
  }

  @Test
  void plan_watchThatWasBegun_goesOnWhereItStands() throws Exception {
    Calls.Watch watch = watch("a", Optional.empty(), List.of(), List.of(), BLACK);
    Calls.Planned first = plan(watch);
    Calls.Lane lane = first.at().lanes().getFirst();
    foldOneSegment(first, new Calls.Converted(0, 0, 10_000_000, 1, false, false));

    Calls.Planned second = plan(watch);

    assertThat(second.at()).isEqualTo(new Calls.At(1, List.of(lane), Calls.Next.SEGMENT, ""));
    assertThat(second.fold().until()).isEqualTo(21);
  }

  @Test
  void plan_manyRenditionsAndDetectors_fitIntoTheHistoryOfAnExecution() throws Exception {
    sources.ladder("tall", "1", "2", "3", "4", "5", "6", "7", "8");
    List<DetectorChoice> all = DetectorCatalog.installed().choose(List.of(), Map.of());

    Calls.Planned planned =
        plan(
            watch(
                "tall",
                Optional.empty(),
                List.of(),
                List.of(),
                all.toArray(new DetectorChoice[0])));

    assertThat(planned.fold().until()).isEqualTo(20_000 / (12 + 8 * (11 + 7 * all.size())));
  }

  @Test
  void plan_unknownFold_saysSo() {
    assertThatThrownBy(() -> plan(watch("a", Optional.empty(), List.of(), List.of("laddr"), BLACK)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown fold laddr; known are [");
  }

  @Test
  void plan_renditionThatIsNotThere_saysWhichAre() {
    assertThatThrownBy(
            () -> plan(watch("ladder", Optional.empty(), List.of("mid"), List.of(), BLACK)))
        .isInstanceOf(MediaException.class)
        .hasMessageEndingWith("has no rendition mid; it has high, low");
  }

  /** An execution is ended after a day, and a segment may take minutes. */
  @Test
  void plan_longSegments_goesOnElsewhereAfterHalfADay() throws Exception {
    Calls.Planned planned = plan(watch(true));

    assertThat(planned.fold().untilMillis())
        .isEqualTo(NOW.plus(Duration.ofHours(12)).toEpochMilli());
  }

  @Test
  void plan_liveInputNotThereYet_waitsForItInALaneOfItsOwn() throws Exception {
    MediaSources away = awayFor(MediaException.Reason.NOT_FOUND);

    Calls.Lane lane = plan(watch(true), away).at().lanes().getFirst();

    assertThat(lane.where().prefix()).isEqualTo("s/7/awaited-0");
    assertThat(lane.input().awaited()).isTrue();
    assertThat(lane.looks()).containsExactly(new Calls.Look(0, BLACK, List.of()));
    assertThatThrownBy(() -> plan(watch(false), away)).isInstanceOf(MediaException.class);
  }

  @Test
  void plan_inputThatWasAwaitedIsThere_hasItsLanesFromTheNextSegmentOn() throws Exception {
    Calls.Planned waiting = plan(watch(true), awayFor(MediaException.Reason.NOT_FOUND));
    foldOneSegment(waiting, new Calls.Converted(0, 0, 10_000_000, 1, true, true));

    Calls.Planned there = plan(watch(true));
    Calls.Planned goneAgain = plan(watch(true), awayFor(MediaException.Reason.TIMEOUT));

    assertThat(there.at().number()).isEqualTo(1);
    assertThat(there.at().next()).isEqualTo(Calls.Next.SEGMENT);
    assertThat(there.at().lanes())
        .singleElement()
        .satisfies(
            lane -> {
              assertThat(lane.where().prefix()).isEqualTo("s/7/0");
              assertThat(lane.input().awaited()).isFalse();
            });
    assertThat(goneAgain.at().lanes())
        .extracting(lane -> lane.where().prefix())
        .containsExactly("s/7/awaited-1");
  }

  @Test
  void plan_liveInputThatIsDenied_doesNotPass() {
    MediaSources denied = awayFor(MediaException.Reason.DENIED);

    assertThatThrownBy(() -> plan(watch(true), denied)).isInstanceOf(MediaException.class);
  }

  private static MediaSources awayFor(MediaException.Reason reason) {
    return new MediaSources() {
      @Override
      public List<String> renditions(SourceRequest request) throws MediaException {
        throw new MediaException(reason, "away");
      }

      @Override
      public MediaSource open(SourceRequest request) throws MediaException {
        throw new MediaException(reason, "away");
      }
    };
  }
}
