package io.aircheck.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MediaOrderTest {
  private final List<String> folded = new ArrayList<>();
  private final FoldChain chain =
      new FoldChain("s", List.of(new Listener()), true, observation -> {});

  private record Nothing() {}

  /** Writes down what reaches it. */
  private final class Listener implements ObservationFold<Nothing> {
    @Override
    public String id() {
      return "listener";
    }

    @Override
    public Class<Nothing> stateType() {
      return Nothing.class;
    }

    @Override
    public Nothing initial(String key) {
      return new Nothing();
    }

    @Override
    public Step<Nothing, StreamObservation> apply(Nothing state, StreamObservation input) {
      folded.add(((Observation.Opened) input.observation()).finding().id());
      return Step.of(state, List.of());
    }

    @Override
    public Step<Nothing, StreamObservation> finish(Nothing state) {
      folded.add("end");
      return Step.of(state, List.of());
    }
  }

  private static StreamObservation opened(String id) {
    Finding finding =
        new Finding(id, "test.kind", 0, 0, Severity.INFO, 1, null, null, Map.of(), "m");
    return new StreamObservation("s", null, Point.MONITORED, 0, new Observation.Opened(finding));
  }

  @Test
  void release_beforeTheSlowest_goesThroughByTimeThenLaneThenArrival() {
    MediaOrder order = new MediaOrder(chain);
    order.add(1, 2_000, opened("c"));
    order.add(0, 2_000, opened("b"));
    order.add(1, 2_000, opened("d"));
    order.add(1, 1_000, opened("a"));

    order.release(2_001);

    assertThat(folded).containsExactly("a", "b", "c", "d");
  }

  @Test
  void release_atTheTimeOfTheSlowest_waits() {
    MediaOrder order = new MediaOrder(chain);
    order.add(0, 2_000, opened("a"));

    order.release(2_000);

    assertThat(folded).isEmpty();
    assertThat(order.waiting()).hasSize(1);
  }

  @Test
  void finish_whatWaits_goesThroughBeforeTheEnd() {
    MediaOrder order = new MediaOrder(chain);
    order.add(0, 2_000, opened("a"));

    order.finish();

    assertThat(folded).containsExactly("a", "end");
  }

  @Test
  void goingOn_fromWhatAnotherOneHeld_keepsTheOrder() {
    MediaOrder before = new MediaOrder(chain);
    before.add(0, 2_000, opened("a"));

    MediaOrder order = new MediaOrder(chain, before.waiting(), before.serial());
    order.add(0, 2_000, opened("b"));
    order.release(Long.MAX_VALUE);

    assertThat(folded).containsExactly("a", "b");
  }
}
