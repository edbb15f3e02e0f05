package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.RequestLog;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.TaskId;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.FakeClock;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.FakeSources;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DeskDeploymentTest {
  private static final DetectorCatalog CATALOG = new DetectorCatalog(List.of(DarkDetector.FACTORY));

  private final BlockingQueue<URI> addresses = new LinkedBlockingQueue<>();
  private final BlockingQueue<StreamObservation> seen = new LinkedBlockingQueue<>();
  private final BlockingQueue<PacketRecording> recordings = new LinkedBlockingQueue<>();

  @TempDir Path folder;

  /** Keeps the way to what tasks keep. */
  private final class Listener implements JobListener {
    @Override
    public void incident(IncidentChange change) {}

    @Override
    public void seen(TaskId task, long reachedMicros, long atMillis, Glimpse glimpse) {}

    @Override
    public void kept(TaskId task, PacketRecording recording, RequestLog requests) {
      recordings.add(recording);
    }
  }

  private static Topology streams(String... ids) {
    return new Topology(
        List.of(ids).stream()
            .map(
                id ->
                    new StreamSpec(
                        id,
                        SourceRequest.of("dark"),
                        Optional.empty(),
                        List.of(),
                        List.of(new DetectorChoice(DarkDetector.KIND, Map.of())),
                        true))
            .toList(),
        List.of());
  }

  private Deployment.Handle open(WorkerSetup workers, int port) {
    return new DeskDeployment(
            workers,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            "secret",
            new Listener(),
            addresses::add)
        .deploy(streams(), seen::add);
  }

  private Observation next() throws InterruptedException {
    return next(seen).observation();
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(60, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  @Test
  void open_afterAnotherThatHasGone_jobGoesOnUndisturbedAndTellsWhatIsOpenAgain() throws Exception {
    FakeSources sources =
        new FakeSources()
            .on(
                "dark",
                () ->
                    FakeSource.of(true)
                        .picture(0, 16)
                        .picture(40_000, 16)
                        .picture(80_000, 16)
                        .keeping(
                            (from, to, file) -> {
                              Files.writeString(file, "packets");
                              return true;
                            },
                            List::of)
                        .waits());
    WorkerSetup workers =
        SharedSetup.of(
            CATALOG,
            new StreamTask.Surroundings(
                sources,
                PictureAnalyzers.installed(),
                SoundAnalyzers.installed(),
                new FakeClock(),
                new Random(1)));
    Deployment.Handle first = open(workers, 0);
    URI address = addresses.take();
    JobClient job =
        new WatchJob(workers, Duration.ofMillis(100), Duration.ofMillis(50))
            .submit(
                StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration()),
                new DeskLink(address));
    try {
      first.update(streams("s"));
      assertThat(next()).isInstanceOf(Observation.Opened.class);
      Path clip = folder.resolve("clip");
      assertThat(next(recordings).write(0, 80_000, clip)).isTrue();
      assertThat(clip).hasContent("packets");
      first.close();

      try (Deployment.Handle second = open(workers, address.getPort())) {
        assertThat(addresses.take()).isEqualTo(address);
        second.update(streams("s"));
        assertThat(next()).isInstanceOf(Observation.Opened.class);
        assertThat(sources.opened()).singleElement().matches(source -> !source.isClosed());

        second.update(streams());
        assertThat(next()).isInstanceOf(Observation.Closed.class);
        assertThat(sources.opened()).allMatch(FakeSource::isClosed);
      }
    } finally {
      job.cancel().get(60, TimeUnit.SECONDS);
    }
    assertThat(seen).isEmpty();
  }
}
