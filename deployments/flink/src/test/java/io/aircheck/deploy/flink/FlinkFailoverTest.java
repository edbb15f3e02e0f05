package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentRules;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.inprocess.TaskId;
import io.aircheck.incidents.IncidentFold;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.FakeClock;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.FakeSources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class FlinkFailoverTest {
  private static final DetectorCatalog CATALOG = new DetectorCatalog(List.of(DarkDetector.FACTORY));

  /** Streams that readers have started; whoever deploys counts as one. */
  private static final AtomicInteger STARTED = new AtomicInteger();

  /** Brings the reader down when it starts its second stream, once. */
  private record Failing(SharedSetup setup) implements WorkerSetup {
    @Override
    public DetectorCatalog catalog() {
      if (STARTED.incrementAndGet() == 3) {
        throw new IllegalStateException("this reader is to fail");
      }
      return setup.catalog();
    }

    @Override
    public List<? extends ObservationFold<?>> folds() {
      return setup.folds();
    }

    @Override
    public Optional<? extends IncidentRules<?>> incidents() {
      return setup.incidents();
    }

    @Override
    public StreamTask.Surroundings surroundings() {
      return setup.surroundings();
    }

    @Override
    public InProcessDeployment.Settings settings() {
      return setup.settings();
    }
  }

  private static StreamSpec stream(String id, String uri) {
    return new StreamSpec(
        id,
        SourceRequest.of(uri),
        Optional.empty(),
        List.of(),
        List.of(new DetectorChoice(DarkDetector.KIND, Map.of())),
        true);
  }

  private static StreamTask.Surroundings surroundings(FakeSources sources) {
    return new StreamTask.Surroundings(
        sources,
        PictureAnalyzers.installed(),
        SoundAnalyzers.installed(),
        new FakeClock(),
        new Random(1));
  }

  private static FakeSource dark() {
    return FakeSource.of(true).picture(0, 16).picture(40_000, 16).picture(80_000, 16).waits();
  }

  private static FakeSource bright() {
    return FakeSource.of(true).picture(0, 128).picture(40_000, 128).waits();
  }

  private final BlockingQueue<StreamObservation> seen = new LinkedBlockingQueue<>();
  private final BlockingQueue<IncidentChange> changes = new LinkedBlockingQueue<>();

  private Deployment deployment(SharedSetup setup) {
    STARTED.set(0);
    return new FlinkDeployment(
        () -> StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration()),
        new Failing(setup),
        new FlinkDeployment.Settings(Duration.ofMillis(100), Duration.ofMillis(50)),
        new JobListener() {
          @Override
          public void incident(IncidentChange change) {
            changes.add(change);
          }

          @Override
          public void seen(TaskId task, long micros, long atMillis, Glimpse glimpse) {}
        });
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(20, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  @Test
  void readerFails_streamThatIsDark_isOpenedOnceAndClosedByItsSuccessor() throws Exception {
    FakeSources sources =
        new FakeSources()
            .on("a", FlinkFailoverTest::dark, FlinkFailoverTest::bright)
            .on("b", FlinkFailoverTest::bright);
    StreamSpec first = stream("1", "a");

    try (Deployment.Handle handle =
        deployment(SharedSetup.of(CATALOG, surroundings(sources)))
            .deploy(new Topology(List.of(first), List.of()), seen::add)) {
      StreamObservation opened = next(seen);
      assertThat(opened.observation()).isInstanceOf(Observation.Opened.class);
      handle.update(new Topology(List.of(first, stream("2", "b")), List.of()));
      StreamObservation closed = next(seen);

      assertThat(closed.observation()).isInstanceOf(Observation.Closed.class);
      assertThat(((Observation.Closed) closed.observation()).finding().id())
          .isEqualTo(((Observation.Opened) opened.observation()).finding().id());
      sources.awaitOpened(3);
    }
    assertThat(STARTED.get()).isGreaterThanOrEqualTo(5);
    assertThat(seen).isEmpty();
  }

  @Test
  void readerFails_foldsAndIncidents_knowWhatTheyKnewBefore() throws Exception {
    FakeSources sources =
        new FakeSources()
            .ladder("a", "high", "low")
            .on("a#high", FlinkFailoverTest::dark, FlinkFailoverTest::bright)
            .on("a#low", FlinkFailoverTest::dark, FlinkFailoverTest::bright)
            .on("b", FlinkFailoverTest::bright);
    StreamSpec first = stream("1", "a");
    List<String> folds = List.of("both");

    try (Deployment.Handle handle =
        deployment(
                SharedSetup.of(
                    CATALOG,
                    List.of(new BothDarkFold()),
                    Optional.of(new IncidentFold()),
                    surroundings(sources)))
            .deploy(new Topology(List.of(first), folds), seen::add)) {
      assertThat(List.of(told(next(seen)), told(next(seen)), told(next(seen))))
          .containsExactly("Opened test.dark", "Opened test.dark", "Opened test.both");
      assertThat(List.of(told(next(changes)), told(next(changes)), told(next(changes))))
          .containsExactlyInAnyOrder("OPENED test.dark", "UPDATED test.dark", "OPENED test.both");

      handle.update(new Topology(List.of(first, stream("2", "b")), folds));

      assertThat(List.of(told(next(seen)), told(next(seen)), told(next(seen))))
          .containsExactlyInAnyOrder("Closed test.dark", "Closed test.dark", "Closed test.both");
      assertThat(List.of(told(next(changes)), told(next(changes))))
          .containsExactlyInAnyOrder("RECOVERING test.dark", "RECOVERING test.both");
    }
    assertThat(STARTED.get()).isGreaterThanOrEqualTo(5);
    assertThat(List.of(told(next(changes)), told(next(changes))))
        .containsExactlyInAnyOrder("CLOSED test.dark", "CLOSED test.both");
    assertThat(seen).isEmpty();
    assertThat(changes).isEmpty();
  }

  private static String told(StreamObservation observation) {
    Finding finding = IncidentFold.finding(observation.observation()).orElseThrow();
    return observation.observation().getClass().getSimpleName() + " " + finding.kind();
  }

  private static String told(IncidentChange change) {
    return change.type() + " " + change.incident().cause();
  }
}
