package io.aircheck.app.serve.streams;

import static io.aircheck.app.serve.streams.TestStreams.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.streams.StreamStatus.State;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.deploy.WorkerLoad;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.store.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamWatchTest {
  /** Whatever this process uses is more than this share of the machine. */
  private static final double NO_CORES = -1;

  private static final double MANY_CORES = 1_000;

  private final AtomicLong now = new AtomicLong();
  private final List<String> events = new ArrayList<>();
  private final MetricRecorder metrics =
      new MetricRecorder(
          new MemoryStore().metrics(), Duration.ofHours(1), Duration.ofDays(1), now::get);
  private final Map<String, Long> viewers = new HashMap<>();
  private Optional<List<WorkerLoad>> workers = Optional.empty();
  private PolicyBook policies = PolicyBook.NONE;
  private final StreamWatch watch =
      new StreamWatch(
          (probes, processes) -> new RecordingDeployment(),
          List.of(),
          AddressRule.ANY,
          metrics,
          now::get,
          Duration.ZERO,
          streams -> viewers,
          MANY_CORES,
          new RecordingListener());

  @BeforeEach
  void watchTwo() throws SettingsException {
    policies = PolicyBook.of(Map.of(), new DetectorCatalog(List.of()));
    watch.update(List.of(stream("first"), stream("second")), policies);
    events.clear();
  }

  @AfterEach
  void close() {
    watch.close();
    metrics.close();
  }

  /** Lets two minutes pass, a measurement every ten seconds. */
  private void twoMinutesWith(double share) {
    watch.share(share);
    for (int i = 0; i < 12; i++) {
      now.addAndGet(10_000);
      watch.rebalance();
    }
  }

  @Test
  void rebalance_noRoom_pausesTheNewestBeforeItIsStoppedAndDoesNotCallItUnwatched() {
    twoMinutesWith(NO_CORES);

    assertThat(watch.status("second").state()).isEqualTo(State.WAITING);
    assertThat(events)
        .containsSubsequence("pausing second", "running [first]", "changed second")
        .doesNotContain("unwatched second");
  }

  @Test
  void rebalance_noRoom_pausesWhatFewerViewersWatch() {
    viewers.put("second", 3L);
    viewers.put("first", 2L);

    twoMinutesWith(NO_CORES);

    assertThat(events).contains("pausing first").doesNotContain("pausing second");
  }

  @Test
  void rebalance_roomAgain_saysThatItIsWatchedAnewBeforeItIs() {
    twoMinutesWith(NO_CORES);
    events.clear();

    twoMinutesWith(MANY_CORES);

    assertThat(events).containsSubsequence("rewatching second", "running [first, second]");
  }

  @Test
  void update_withoutTheOneThatWaits_isUnwatched() {
    twoMinutesWith(NO_CORES);
    events.clear();

    watch.update(List.of(stream("first")), policies);

    assertThat(events).containsExactly("unwatched second");
  }

  @Test
  void update_withoutOneThatIsWatched_isUnwatchedOnceItIsStopped() {
    watch.update(List.of(stream("first")), policies);

    assertThat(events).containsExactly("running [first]", "unwatched second");
  }

  /** Two workers of a cluster, one of which has been left half of its cores. */
  private void twoWorkers() {
    workers =
        Optional.of(
            List.of(
                new WorkerLoad("busy/1", 4, 4, 1, Map.of("first", 3.0)),
                new WorkerLoad("idle/2", 2, 1, 1, Map.of("second", 0.5))));
  }

  @Test
  void rebalance_onACluster_goesByWhatItsWorkersSay() {
    twoWorkers();

    twoMinutesWith(1);

    assertThat(watch.limit()).isEqualTo(6);
    assertThat(watch.usedCores()).isEqualTo(5);
    assertThat(watch.usedCores("first")).isEqualTo(3);
    assertThat(watch.usedGb()).isEqualTo(1);
    assertThat(watch.refusal()).isEmpty();
  }

  @Test
  void refusal_noWorkerHasRoom_namesThemAndSaysWhatToDo() {
    twoWorkers();

    twoMinutesWith(0.5);

    assertThat(watch.refusal())
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .contains("busy/1 uses 4.00 of 2.00 cores, idle/2 uses 1.00 of 1.00 cores")
                    .contains("add task managers"));
    assertThat(watch.status("second").problem()).get().asString().contains("the cluster is full");
  }

  @Test
  void rebalance_clusterWithoutWorkers_takesWhatComes() {
    workers = Optional.of(List.of());

    twoMinutesWith(0.5);

    assertThat(watch.limit()).isZero();
    assertThat(watch.refusal()).isEmpty();
    assertThat(watch.status("second").state()).isNotEqualTo(State.WAITING);
  }

  private final class RecordingListener implements StreamWatch.Listener {
    @Override
    public void rewatching(String stream) {
      events.add("rewatching " + stream);
    }

    @Override
    public void pausing(String stream) {
      events.add("pausing " + stream);
    }

    @Override
    public void unwatched(String stream) {
      events.add("unwatched " + stream);
    }

    @Override
    public void observed(StreamObservation observation) {
      events.add("observed " + observation.stream());
    }

    @Override
    public void changed(String stream) {
      events.add("changed " + stream);
    }

    @Override
    public void mishap(String line) {
      events.add(line);
    }
  }

  /** Runs nothing, and writes down what it was to run. */
  private final class RecordingDeployment implements Deployment {
    @Override
    public String id() {
      return "recording";
    }

    @Override
    public Handle deploy(Topology topology, Consumer<StreamObservation> listener) {
      return new Handle() {
        @Override
        public CompletionStage<Void> done() {
          return new CompletableFuture<>();
        }

        @Override
        public void update(Topology topology) {
          events.add("running " + topology.streams().stream().map(StreamSpec::id).toList());
        }

        @Override
        public Usage usage() {
          return Usage.NONE;
        }

        @Override
        public Optional<List<WorkerLoad>> workers() {
          return workers;
        }

        @Override
        public void close() {
          events.add("closed");
        }
      };
    }
  }
}
