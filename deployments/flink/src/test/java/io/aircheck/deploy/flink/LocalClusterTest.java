package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentRules;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.task.RetryPolicy;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.flink.local.ClusterSettings;
import io.aircheck.deploy.flink.local.LocalCluster;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.inprocess.TaskId;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.FakeClock;
import io.aircheck.testkit.LiveScene;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class LocalClusterTest {
  private static final long PATIENCE_SECONDS = 120;

  @TempDir private Path folder;

  /** Any input is a live stream that is dark. */
  private record DarkWorkers() implements WorkerSetup {
    @Override
    public DetectorCatalog catalog() {
      return new DetectorCatalog(List.of(DarkDetector.FACTORY));
    }

    @Override
    public List<ObservationFold<?>> folds() {
      return List.of();
    }

    @Override
    public Optional<IncidentRules<?>> incidents() {
      return Optional.empty();
    }

    @Override
    public StreamTask.Surroundings surroundings() {
      return new StreamTask.Surroundings(
          new DarkScenes(),
          PictureAnalyzers.installed(),
          SoundAnalyzers.installed(),
          new FakeClock(),
          new Random(1));
    }

    @Override
    public InProcessDeployment.Settings settings() {
      return new InProcessDeployment.Settings(true, RetryPolicy.DEFAULT);
    }
  }

  /** Any address is a scene that goes on by the clock: one that stands still tells nothing. */
  private static final class DarkScenes implements MediaSources {
    @Override
    public List<String> renditions(SourceRequest request) {
      return List.of();
    }

    @Override
    public MediaSource open(SourceRequest request) {
      return new LiveScene(request) {
        @Override
        protected int luma(int picture) {
          return 16;
        }
      };
    }
  }

  private static Topology dark() {
    return new Topology(
        List.of(
            new StreamSpec(
                "s",
                SourceRequest.of("dark"),
                Optional.empty(),
                List.of(),
                List.of(new DetectorChoice(DarkDetector.KIND, Map.of())),
                true)),
        List.of());
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Test
  void taskManagerIsKilled_streamGoesOnInItsSuccessorAndTellsNothingTwice() throws Exception {
    LocalCluster cluster = new LocalCluster(folder.resolve("cluster"));
    ClusterSettings one = new ClusterSettings(1, 1, 128, freePort());
    BlockingQueue<StreamObservation> seen = new LinkedBlockingQueue<>();
    List<StreamObservation> after = new ArrayList<>();
    BlockingQueue<Long> configured = new LinkedBlockingQueue<>();
    JobListener listener =
        new JobListener() {
          @Override
          public void incident(IncidentChange change) {}

          @Override
          public void seen(TaskId task, long reached, long atMillis, Glimpse glimpse) {
            if (glimpse.state().orElse(null) instanceof Glimpse.State.Watching) {
              configured.add(atMillis);
            }
          }
        };
    try {
      assertThat(cluster.start(one)).containsExactly("zookeeper", "jobmanager-1", "taskmanager-1");
      try (Deployment.Handle handle =
          cluster.jobs().deployment(1, new DarkWorkers(), listener).deploy(dark(), seen::add)) {
        StreamObservation opened = seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(opened).isNotNull();
        assertThat(opened.observation()).isInstanceOf(Observation.Opened.class);
        assertThat(configured.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();

        ProcessHandle before = cluster.processes().get("taskmanager-1");
        assertThat(before).isNotNull();
        before.destroyForcibly();
        before.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(cluster.processes()).doesNotContainKey("taskmanager-1");
        long killedMillis = System.currentTimeMillis();
        assertThat(cluster.start(one)).containsExactly("taskmanager-1");
        Long again;
        do {
          again = configured.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
          assertThat(again).isNotNull();
        } while (again < killedMillis);
        // It is watched before it is found to be dark again.
        do {
          StreamObservation next = seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
          assertThat(next).isNotNull();
          after.add(next);
        } while (!(after.getLast().observation() instanceof Observation.Opened));
      }
      seen.drainTo(after);
      // A scene without positions goes on with what is live now, so one finding ends and another
      // begins.
      assertThat(after)
          .extracting(LocalClusterTest::word)
          .containsExactly("closed 1", "opened 2", "closed 2");
    } finally {
      cluster.stop();
    }
    assertThat(cluster.processes()).isEmpty();
  }

  private static String word(StreamObservation seen) {
    return switch (seen.observation()) {
      case Observation.Opened opened -> "opened " + number(opened.finding());
      case Observation.Closed closed -> "closed " + number(closed.finding());
      default -> "something else";
    };
  }

  private static String number(Finding finding) {
    return finding.id().substring(finding.id().lastIndexOf('/') + 1);
  }

  @Test
  void start_portIsTaken_saysSo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LocalCluster cluster = new LocalCluster(folder.resolve("cluster"));
      ClusterSettings settings = new ClusterSettings(1, 1, 128, taken.getLocalPort());

      assertThatThrownBy(() -> cluster.start(settings))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is taken");
      assertThat(cluster.processes()).isEmpty();
    }
  }

  @Test
  void jobs_noCluster_saysSo() {
    LocalCluster cluster = new LocalCluster(folder.resolve("none"));

    assertThatThrownBy(cluster::jobs)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no cluster in");
  }
}
