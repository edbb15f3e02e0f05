package io.aircheck.deploy.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamFoldsTest {
  private final List<String> folded = new ArrayList<>();
  private final List<StreamObservation> told = new ArrayList<>();
  private final StreamFolds folds =
      new StreamFolds("s", List.of(new Recorder()), false, true, told::add);

  private record Count(int of) {}

  /** Writes down the order in which it is given things. */
  private final class Recorder implements ObservationFold<Count> {
    @Override
    public String id() {
      return "recorder";
    }

    @Override
    public Class<Count> stateType() {
      return Count.class;
    }

    @Override
    public Count initial(String key) {
      return new Count(0);
    }

    @Override
    public Step<Count, StreamObservation> apply(Count state, StreamObservation input) {
      String id = ((Observation.Opened) input.observation()).finding().id();
      if (id.equals("bug")) {
        throw new IllegalStateException("a bug");
      }
      folded.add(id);
      return Step.of(new Count(state.of() + 1), List.of());
    }

    @Override
    public Step<Count, StreamObservation> finish(Count state) {
      return Step.of(state, List.of(opened("total of " + state.of(), null)));
    }
  }

  private static StreamObservation opened(String id, @Nullable String rendition) {
    Finding finding =
        new Finding(id, "test.kind", 0, 0, Severity.INFO, 1, null, rendition, Map.of(), "m");
    return new StreamObservation(
        "s", rendition, Point.MONITORED, 0, new Observation.Opened(finding));
  }

  @Test
  void observe_fastTaskFirst_waitsForTheSlowOne() {
    StreamFolds.Lane fast = folds.lane();
    StreamFolds.Lane slow = folds.lane();

    fast.progress(2_000_000);
    fast.observe(opened("fast at 2 s", "fast"));
    fast.progress(3_000_000);
    assertThat(folded).isEmpty();
    slow.progress(1_000_000);
    slow.observe(opened("slow at 1 s", "slow"));
    slow.progress(2_500_000);

    assertThat(folded).containsExactly("slow at 1 s", "fast at 2 s");
  }

  @Test
  void observe_always_tellsTheListenerAtOnce() {
    StreamFolds.Lane fast = folds.lane();
    folds.lane();

    fast.progress(2_000_000);
    fast.observe(opened("early", "fast"));

    assertThat(told).hasSize(1);
  }

  @Test
  void close_slowTask_isNotWaitedFor() {
    StreamFolds.Lane fast = folds.lane();
    StreamFolds.Lane ended = folds.lane();

    fast.observe(opened("a", "fast"));
    ended.close();
    fast.progress(2_000_000);

    assertThat(folded).containsExactly("a");
  }

  @Test
  void finish_restAndOutputs_areTold() {
    StreamFolds.Lane lane = folds.lane();
    lane.observe(opened("a", "x"));

    folds.finish();

    assertThat(folded).containsExactly("a");
    assertThat(told)
        .extracting(o -> ((Observation.Opened) o.observation()).finding().id())
        .containsExactly("a", "total of 1");
  }

  @Test
  void progress_strictAndFoldFails_throws() {
    StreamFolds.Lane lane = folds.lane();
    lane.observe(opened("bug", "x"));

    assertThatThrownBy(() -> lane.progress(1_000_000)).hasMessage("a bug");
  }
}
