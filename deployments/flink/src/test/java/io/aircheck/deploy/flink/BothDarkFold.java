package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.testkit.DarkDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A small honest fold: tells when two renditions are dark, and again a second later. */
final class BothDarkFold implements ObservationFold<BothDarkFold.State> {
  static final String KIND = "test.both";

  /**
   * State.
   *
   * @param dark renditions that are
   * @param last what was told last, while it is so
   */
  record State(List<String> dark, @Nullable StreamObservation last) {}

  @Override
  public String id() {
    return "both";
  }

  @Override
  public Class<State> stateType() {
    return State.class;
  }

  @Override
  public State initial(String stream) {
    return new State(List.of(), null);
  }

  @Override
  public Step<State, StreamObservation> apply(State state, StreamObservation input) {
    return switch (input.observation()) {
      case Observation.Opened opened when opened.finding().kind().equals(DarkDetector.KIND) -> {
        List<String> dark = new ArrayList<>(state.dark());
        dark.add(String.valueOf(input.rendition()));
        if (dark.size() < 2) {
          yield Step.of(new State(dark, state.last()), List.of());
        }
        Finding finding = finding(opened.finding().startMicros(), "both are dark");
        StreamObservation told = told(input, new Observation.Opened(finding));
        yield new Step<>(
            new State(dark, told),
            List.of(told),
            OptionalLong.of(finding.startMicros() / 1000 + 1000));
      }
      case Observation.Closed closed when closed.finding().kind().equals(DarkDetector.KIND) -> {
        List<String> dark = new ArrayList<>(state.dark());
        dark.remove(String.valueOf(input.rendition()));
        yield finish(new State(dark, state.last()));
      }
      default -> Step.of(state, List.of());
    };
  }

  @Override
  public Step<State, StreamObservation> onTimer(State state, long timeMillis) {
    StreamObservation last = state.last();
    if (last == null) {
      return Step.of(state, List.of());
    }
    Finding finding = finding(timeMillis * 1000, "both are still dark");
    return Step.of(state, List.of(told(last, new Observation.Updated(finding))));
  }

  @Override
  public Step<State, StreamObservation> finish(State state) {
    StreamObservation last = state.last();
    if (last == null) {
      return Step.of(state, List.of());
    }
    Observation closed = new Observation.Closed(finding(0, "both were dark"));
    return Step.of(new State(state.dark(), null), List.of(told(last, closed)));
  }

  private static Finding finding(long micros, String message) {
    return new Finding(
        "both-1", KIND, micros, micros, Severity.ERROR, 1, null, null, Map.of(), message);
  }

  private static StreamObservation told(StreamObservation cause, Observation observation) {
    return new StreamObservation(
        cause.stream(), null, cause.point(), cause.wallClockMillis(), observation);
  }
}
