package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.deploy.WorkerLoad;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerLoadsTest {
  private static final long SECOND = 1_000_000_000L;

  private final WorkerLoads loads = new WorkerLoads();

  private void called(
      String worker, String machine, long atSeconds, double cpuSeconds, Map<String, Long> streams) {
    loads.called(
        new WorkerCall(
            new WorkerPlace(worker, machine, 4, 4),
            streams,
            new ProcessUsage(worker, worker, -1, ClusterPart.TASKMANAGER, cpuSeconds, cpuSeconds)),
        atSeconds * SECOND);
  }

  private List<WorkerLoad> at(long seconds) {
    return loads.loads(seconds * SECOND);
  }

  @Test
  void loads_workerCallsAgain_isWhatItUsedMeanwhileSharedOutByItsTasks() {
    called("a", "m", 0, 10, Map.of("s", 0L, "t", 5 * SECOND));
    called("a", "m", 5, 20, Map.of("s", SECOND, "t", 8 * SECOND));

    WorkerLoad load = at(6).getFirst();

    assertThat(load.name()).isEqualTo("a");
    assertThat(load.cores()).isEqualTo(4);
    assertThat(load.usedCores()).isCloseTo(2, within(1e-9));
    assertThat(load.residentGb()).isCloseTo(2, within(1e-9));
    assertThat(load.coresByStream().get("s")).isCloseTo(0.5, within(1e-9));
    assertThat(load.coresByStream().get("t")).isCloseTo(1.5, within(1e-9));
  }

  @Test
  void loads_severalWorkersOnOneMachine_eachHasItsPart() {
    called("a", "m", 0, 0, Map.of());
    called("b", "m", 0, 0, Map.of());
    called("c", "n", 0, 0, Map.of());

    assertThat(at(0)).extracting(WorkerLoad::cores).containsExactly(2.0, 2.0, 4.0);
  }

  @Test
  void loads_severalReadersOfOneWorker_areOne() {
    called("a", "m", 0, 0, Map.of("s", 0L));
    called("a", "m", 1, 1, Map.of("t", 0L));
    called("a", "m", 5, 5, Map.of("s", 2 * SECOND));
    called("a", "m", 6, 6, Map.of("t", 2 * SECOND));

    WorkerLoad load = at(6).getFirst();

    assertThat(load.usedCores()).isCloseTo(1, within(1e-9));
    assertThat(load.coresByStream()).containsOnlyKeys("s", "t");
  }

  @Test
  void loads_callsInShortSuccession_aLongerTimeCounts() {
    called("a", "m", 0, 0, Map.of());
    called("a", "m", 5, 5, Map.of());
    called("a", "m", 6, 15, Map.of());

    assertThat(at(6).getFirst().usedCores()).isCloseTo(2.5, within(1e-9));
  }

  @Test
  void loads_workerIsSilent_isGoneAndItsMachineIsForOthers() {
    called("a", "m", 0, 0, Map.of("s", 0L));
    called("b", "m", 0, 0, Map.of());
    called("b", "m", 31, 0, Map.of());

    assertThat(at(31)).singleElement().returns(4.0, WorkerLoad::cores);
  }

  @Test
  void loads_streamBeginsAnew_isNoNegativeLoad() {
    called("a", "m", 0, 0, Map.of("s", 9 * SECOND));
    called("a", "m", 5, 5, Map.of("s", SECOND));

    assertThat(at(5).getFirst().coresByStream()).containsEntry("s", 0.0);
  }

  @Test
  void loads_streamHasMoved_isNotNamedAnyMore() {
    called("a", "m", 0, 0, Map.of("s", 0L));
    called("a", "m", 5, 1, Map.of());
    called("a", "m", 16, 2, Map.of());

    assertThat(at(16).getFirst().coresByStream()).isEmpty();
  }
}
