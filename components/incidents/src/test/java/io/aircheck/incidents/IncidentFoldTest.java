package io.aircheck.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.fold.Fold.Step;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.incidents.IncidentFold.Change;
import io.aircheck.incidents.IncidentFold.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IncidentFoldTest {
  private final IncidentFold fold = new IncidentFold();

  private static Finding finding(String rendition, long start, long end, Severity severity) {
    return new Finding(
        "id/1", "video.black", start, end, severity, 1, "video:0", rendition, Map.of(), "m");
  }

  private static StreamObservation observed(String rendition, Observation observation) {
    return new StreamObservation("s", rendition, Point.MONITORED, 0, observation);
  }

  private static StreamObservation opened(String rendition, long start, Severity severity) {
    return observed(rendition, new Observation.Opened(finding(rendition, start, start, severity)));
  }

  private static StreamObservation closed(String rendition, long start, long end) {
    return observed(
        rendition, new Observation.Closed(finding(rendition, start, end, Severity.WARNING)));
  }

  private List<Change> run(StreamObservation... inputs) {
    List<Change> changes = new ArrayList<>();
    State state = fold.initial(fold.key(inputs[0]));
    for (StreamObservation input : inputs) {
      Step<State, Change> step = fold.apply(state, input);
      state = step.state();
      changes.addAll(step.outputs());
    }
    return changes;
  }

  @Test
  void apply_twoRenditions_areOneIncidentFromFirstToLast() {
    List<Change> changes =
        run(
            opened("high", 100, Severity.WARNING),
            opened("low", 90, Severity.WARNING),
            closed("high", 100, 200),
            closed("low", 90, 250));

    assertThat(changes).hasSize(3);
    assertThat(changes.get(0)).isInstanceOf(Change.Opened.class);
    assertThat(changes.get(1)).isInstanceOf(Change.Updated.class);
    assertThat(changes.get(2)).isInstanceOf(Change.Closed.class);
    assertThat(changes.get(2).incident().startMicros()).isEqualTo(90);
    assertThat(changes.get(2).incident().endMicros()).isEqualTo(250);
    assertThat(changes.get(2).incident().renditions()).containsExactly("high", "low");
  }

  @Test
  void apply_worseFinding_raisesTheSeverityForGood() {
    List<Change> changes =
        run(
            opened("high", 100, Severity.WARNING),
            opened("low", 110, Severity.ERROR),
            closed("low", 110, 120),
            closed("high", 100, 130));

    assertThat(changes.getLast().incident().severity()).isEqualTo(Severity.ERROR);
  }

  @Test
  void apply_closingOfSomethingNeverOpened_changesNothing() {
    assertThat(run(closed("high", 100, 200))).isEmpty();
  }
}
