package io.aircheck.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.task.StreamTask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What every deployment must do alike: same topology, same media, same findings. */
public abstract class DeploymentContract {
  private static final int PICTURES = 20;

  /** A deployment may have to start a cluster first. */
  private static final long PATIENCE_SECONDS = 60;

  /** A deployment of the kind under test over these detectors and sources. */
  protected abstract Deployment deployment(DetectorCatalog catalog, MediaSources sources);

  /** What tasks open these sources with: the analysers installed, a clock that does not wait. */
  protected static StreamTask.Surroundings surroundings(MediaSources sources) {
    return new StreamTask.Surroundings(
        sources,
        PictureAnalyzers.installed(),
        SoundAnalyzers.installed(),
        new FakeClock(),
        new Random(1));
  }

  private static final DetectorCatalog CATALOG = new DetectorCatalog(List.of(DarkDetector.FACTORY));

  private static FakeSource darkFrom(int first, int last) {
    FakeSource source = FakeSource.of(false);
    for (int i = 0; i < PICTURES; i++) {
      source.picture(i * 40_000L, i >= first && i < last ? 16 : 128);
    }
    return source;
  }

  private static StreamSpec stream(String id, String uri, boolean live, String... renditions) {
    return new StreamSpec(
        id,
        SourceRequest.of(uri),
        Optional.empty(),
        List.of(renditions),
        List.of(new DetectorChoice(DarkDetector.KIND, Map.of())),
        live);
  }

  private List<StreamObservation> run(MediaSources sources, StreamSpec... streams) {
    List<StreamObservation> seen = Collections.synchronizedList(new ArrayList<>());
    try (Deployment.Handle handle =
        deployment(CATALOG, sources).deploy(new Topology(List.of(streams), List.of()), seen::add)) {
      handle.done().toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
    return seen;
  }

  private static List<Finding> closed(List<StreamObservation> seen) {
    List<Finding> findings = new ArrayList<>();
    for (StreamObservation observation : seen) {
      if (observation.observation() instanceof Observation.Closed closed) {
        findings.add(closed.finding());
      }
    }
    return findings;
  }

  private static Finding finding(StreamObservation observation) {
    return switch (observation.observation()) {
      case Observation.Opened opened -> opened.finding();
      case Observation.Updated updated -> updated.finding();
      case Observation.Closed closed -> closed.finding();
      case Observation.Fingerprinted other -> throw new AssertionError("no finding: " + other);
    };
  }

  @Test
  void deploy_finiteStream_findsWhatIsThere() {
    List<StreamObservation> seen =
        run(new FakeSources().on("a", () -> darkFrom(5, 10)), stream("s", "a", false));

    assertThat(closed(seen))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(DarkDetector.KIND);
              assertThat(finding.startMicros()).isEqualTo(200_000);
              assertThat(finding.endMicros()).isEqualTo(400_000);
              assertThat(finding.measurements()).containsEntry("luma", 16.0);
            });
  }

  /** Systems count in ticks of some milliseconds, which may be more than so few pictures take. */
  private static double processorSeconds(Deployment.Handle handle) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    double used = handle.usage().of(Quantity.CPU_SECONDS);
    while (used == 0 && System.nanoTime() < deadline) {
      used = handle.usage().of(Quantity.CPU_SECONDS);
    }
    return used;
  }

  @Test
  void usage_ladderOfTwoRenditions_countsItsSecondsOnce() {
    FakeSources sources =
        new FakeSources()
            .ladder("a", "high", "low")
            .on("a#high", () -> darkFrom(0, 0))
            .on("a#low", () -> darkFrom(5, 10));

    try (Deployment.Handle handle =
        deployment(CATALOG, sources)
            .deploy(new Topology(List.of(stream("s", "a", false)), List.of()), o -> {})) {
      handle.done().toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();

      assertThat(handle.usage().of(Quantity.STREAM_SECONDS)).isCloseTo(0.8, within(0.05));
      assertThat(processorSeconds(handle)).isPositive();
    }
  }

  @Test
  void deploy_openAtTheEnd_closesIt() {
    List<StreamObservation> seen =
        run(new FakeSources().on("a", () -> darkFrom(15, PICTURES)), stream("s", "a", false));

    assertThat(closed(seen))
        .singleElement()
        .satisfies(finding -> assertThat(finding.endMicros()).isEqualTo(800_000));
  }

  @Test
  void deploy_ladder_runsEveryRenditionAndNamesIt() {
    FakeSources sources =
        new FakeSources()
            .ladder("a", "high", "low")
            .on("a#high", () -> darkFrom(0, 0))
            .on("a#low", () -> darkFrom(5, 10));

    List<StreamObservation> seen = run(sources, stream("s", "a", false));

    assertThat(sources.names()).containsExactlyInAnyOrder("a#high", "a#low");
    assertThat(closed(seen))
        .singleElement()
        .satisfies(finding -> assertThat(finding.rendition()).isEqualTo("low"));
    assertThat(seen).allSatisfy(o -> assertThat(o.rendition()).isEqualTo("low"));
  }

  @Test
  void deploy_chosenRendition_leavesTheOthers() {
    FakeSources sources =
        new FakeSources()
            .ladder("a", "high", "low")
            .on("a#high", () -> darkFrom(0, 0))
            .on("a#low", () -> darkFrom(5, 10));

    List<StreamObservation> seen = run(sources, stream("s", "a", false, "high"));

    assertThat(seen).isEmpty();
    assertThat(sources.names()).containsExactly("a#high");
  }

  @Test
  void deploy_badStreamBesideAGoodOne_doesNotDisturbIt() {
    FakeSources sources = new FakeSources().on("good", () -> darkFrom(5, 10));

    List<StreamObservation> seen =
        run(sources, stream("bad", "missing", false), stream("fine", "good", false));

    assertThat(closed(seen)).hasSize(1);
    assertThat(seen).allSatisfy(o -> assertThat(o.stream()).isEqualTo("fine"));
  }

  @Test
  void deploy_twice_givesTheSameFindings() {
    FakeSources sources =
        new FakeSources()
            .ladder("a", "high", "low")
            .on("a#high", () -> darkFrom(2, 9))
            .on("a#low", () -> darkFrom(5, 10));

    List<Finding> first = closed(run(sources, stream("s", "a", false)));
    List<Finding> second = closed(run(sources, stream("s", "a", false)));

    assertThat(second).containsExactlyInAnyOrderElementsOf(first).hasSize(2);
  }

  @Test
  void close_liveStreamThatIsDark_closesWhatIsOpenAndTheSources() throws InterruptedException {
    FakeSources sources =
        new FakeSources()
            .on(
                "a",
                () -> {
                  FakeSource source = FakeSource.of(true);
                  for (int i = 0; i < 5; i++) {
                    source.picture(i * 40_000L, 16);
                  }
                  return source;
                });
    List<StreamObservation> seen = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch opened = new CountDownLatch(1);
    Consumer<StreamObservation> listener =
        observation -> {
          seen.add(observation);
          if (observation.observation() instanceof Observation.Opened) {
            opened.countDown();
          }
        };

    try (Deployment.Handle handle =
        deployment(CATALOG, sources)
            .deploy(new Topology(List.of(stream("s", "a", true)), List.of()), listener)) {
      assertThat(opened.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    long opens = seen.stream().filter(o -> o.observation() instanceof Observation.Opened).count();
    assertThat(closed(seen)).hasSize((int) opens);
    assertThat(sources.opened()).isNotEmpty().allMatch(FakeSource::isClosed);
  }

  @Test
  void deploy_liveLadderNotThereYet_saysSoUntilItIsWatched() throws InterruptedException {
    FakeSources sources =
        new FakeSources()
            .ladderAfter(4, "a", "high")
            .on("a#high", () -> FakeSource.of(true).picture(0, 16).picture(40_000, 16).waits());
    List<StreamObservation> seen = Collections.synchronizedList(new ArrayList<>());

    try (Deployment.Handle handle =
        deployment(CATALOG, sources)
            .deploy(new Topology(List.of(stream("s", "a", true)), List.of()), seen::add)) {
      sources.awaitOpened(1);
    }

    assertThat(seen)
        .filteredOn(o -> finding(o).kind().equals(DarkDetector.LOST))
        .allSatisfy(o -> assertThat(o.rendition()).isNull())
        .extracting(o -> o.observation().getClass().getSimpleName())
        .startsWith("Opened")
        .endsWith("Closed")
        .containsOnlyOnce("Opened", "Closed");
    assertThat(sources.names()).containsExactly("a#high");
  }

  @Test
  void update_sameStream_goesOnUndisturbedWhileOthersComeAndGo() throws InterruptedException {
    CountDownLatch newcomer = new CountDownLatch(1);
    FakeSources sources =
        new FakeSources()
            .on("stays", () -> FakeSource.of(true).picture(0, 128).waits())
            .on("leaves", () -> FakeSource.of(true).picture(0, 128).waits())
            .on("comes", () -> FakeSource.of(true).picture(0, 16).picture(40_000, 16).waits());
    StreamSpec stays = stream("1", "stays", true);
    Consumer<StreamObservation> listener =
        observation -> {
          if (observation.stream().equals("3")) {
            newcomer.countDown();
          }
        };

    try (Deployment.Handle handle =
        deployment(CATALOG, sources)
            .deploy(
                new Topology(List.of(stays, stream("2", "leaves", true)), List.of()), listener)) {
      sources.awaitOpened(2);
      FakeSource before = sources.opened("stays");
      handle.update(new Topology(List.of(stream("3", "comes", true), stays), List.of()));
      assertThat(newcomer.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

      assertThat(before.isClosed()).isFalse();
      assertThat(sources.opened("leaves").isClosed()).isTrue();
      assertThat(sources.openings("stays")).isEqualTo(1);
    }
  }

  @Test
  void update_watchedLessClosely_goesOnUndisturbed() throws InterruptedException {
    FakeSources sources =
        new FakeSources().on("a", () -> FakeSource.of(true).picture(0, 128).waits());
    StreamSpec full = stream("s", "a", true);

    try (Deployment.Handle handle =
        deployment(CATALOG, sources)
            .deploy(new Topology(List.of(full), List.of()), observation -> {})) {
      sources.awaitOpened(1);
      handle.update(new Topology(List.of(full.withWatching(Watching.lightly())), List.of()));

      assertThat(sources.opened()).hasSize(1);
      assertThat(sources.opened("a").isClosed()).isFalse();
    }
  }

  @Test
  void update_unknownDetector_changesNothing() throws InterruptedException {
    FakeSources sources =
        new FakeSources().on("a", () -> FakeSource.of(true).picture(0, 128).waits());
    StreamSpec wrong =
        new StreamSpec(
            "s",
            SourceRequest.of("a"),
            Optional.empty(),
            List.of(),
            List.of(new DetectorChoice("test.darc", Map.of())),
            true);

    try (Deployment.Handle handle =
        deployment(CATALOG, sources)
            .deploy(new Topology(List.of(stream("s", "a", true)), List.of()), o -> {})) {
      sources.awaitOpened(1);
      assertThatThrownBy(() -> handle.update(new Topology(List.of(wrong), List.of())))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(sources.opened("a").isClosed()).isFalse();
    }
  }

  @Test
  void deploy_unknownDetector_throwsBeforeAnythingStarts() {
    FakeSources sources = new FakeSources().on("a", () -> darkFrom(0, 0));
    StreamSpec wrong =
        new StreamSpec(
            "s",
            SourceRequest.of("a"),
            Optional.empty(),
            List.of(),
            List.of(new DetectorChoice("test.darc", Map.of())),
            false);

    assertThatThrownBy(
            () ->
                deployment(CATALOG, sources)
                    .deploy(new Topology(List.of(wrong), List.of()), o -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown detector test.darc; did you mean test.dark?");
    assertThat(sources.opened()).isEmpty();
  }

  @Test
  void deploy_inputFailsInTheMiddle_keepsWhatWasFound() {
    FakeSources sources =
        new FakeSources()
            .on(
                "a",
                () ->
                    FakeSource.of(false)
                        .picture(0, 16)
                        .picture(40_000, 16)
                        .picture(80_000, 16)
                        .failure(MediaException.Reason.DISCONNECTED, "cut off"));

    assertThat(closed(run(sources, stream("s", "a", false))))
        .extracting(Finding::kind)
        .containsExactly(DarkDetector.KIND, DarkDetector.LOST);
  }
}
