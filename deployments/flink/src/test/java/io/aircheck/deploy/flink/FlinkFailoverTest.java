package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
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
  private static final AtomicInteger STARTED = new AtomicInteger();

  /** Brings the reader down when it starts its second stream, once. */
  private record Failing(SharedSetup setup) implements WorkerSetup {
    @Override
    public DetectorCatalog catalog() {
      if (STARTED.incrementAndGet() == 2) {
        throw new IllegalStateException("this reader is to fail");
      }
      return setup.catalog();
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

  @Test
  void readerFails_streamThatIsDark_isOpenedOnceAndClosedByItsSuccessor() throws Exception {
    FakeSources sources =
        new FakeSources()
            .on(
                "a",
                () ->
                    FakeSource.of(true)
                        .picture(0, 16)
                        .picture(40_000, 16)
                        .picture(80_000, 16)
                        .waits(),
                () -> FakeSource.of(true).picture(0, 128).picture(40_000, 128).waits())
            .on("b", () -> FakeSource.of(true).picture(0, 128).waits());
    StreamTask.Surroundings surroundings =
        new StreamTask.Surroundings(
            sources,
            PictureAnalyzers.installed(),
            SoundAnalyzers.installed(),
            new FakeClock(),
            new Random(1));
    BlockingQueue<StreamObservation> seen = new LinkedBlockingQueue<>();
    Deployment deployment =
        new FlinkDeployment(
            CATALOG,
            () -> StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration()),
            new Failing(SharedSetup.of(CATALOG, surroundings)),
            new FlinkDeployment.Settings(Duration.ofMillis(100), Duration.ofMillis(50)));
    StreamSpec first = stream("1", "a");

    try (Deployment.Handle handle =
        deployment.deploy(new Topology(List.of(first), List.of()), seen::add)) {
      StreamObservation opened = seen.poll(20, TimeUnit.SECONDS);
      assertThat(opened.observation()).isInstanceOf(Observation.Opened.class);
      handle.update(new Topology(List.of(first, stream("2", "b")), List.of()));
      StreamObservation closed = seen.poll(20, TimeUnit.SECONDS);

      assertThat(closed.observation()).isInstanceOf(Observation.Closed.class);
      assertThat(((Observation.Closed) closed.observation()).finding().id())
          .isEqualTo(((Observation.Opened) opened.observation()).finding().id());
      sources.awaitOpened(3);
    }
    assertThat(STARTED.get()).isGreaterThanOrEqualTo(4);
    assertThat(seen).isEmpty();
  }
}
