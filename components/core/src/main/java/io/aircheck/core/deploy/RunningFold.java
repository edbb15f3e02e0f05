package io.aircheck.core.deploy;

import io.aircheck.core.fold.Fold.Step;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A fold with its state. */
final class RunningFold<S extends Record> {
  private static final Logger LOGGER = System.getLogger(RunningFold.class.getName());

  private final ObservationFold<S> fold;
  private final String stream;
  private final boolean strict;
  private final Map<String, StreamObservation> open = new LinkedHashMap<>();
  private S state;
  private OptionalLong timerMillis = OptionalLong.empty();
  private boolean failed;

  RunningFold(ObservationFold<S> fold, String stream, boolean strict) {
    this.fold = fold;
    this.stream = stream;
    this.strict = strict;
    this.state = fold.initial(stream);
  }

  String id() {
    return fold.id();
  }

  FoldChain.Snapshot snapshot() {
    return new FoldChain.Snapshot(fold.id(), state, timerMillis, open);
  }

  void restore(FoldChain.Snapshot snapshot) {
    state = fold.stateType().cast(snapshot.state());
    timerMillis = snapshot.timerMillis();
    open.clear();
    open.putAll(snapshot.open());
  }

  List<StreamObservation> apply(StreamObservation input) {
    return take(() -> fold.apply(state, input));
  }

  List<StreamObservation> advance(long nowMillis) {
    List<StreamObservation> outputs = new ArrayList<>();
    while (timerMillis.isPresent() && timerMillis.getAsLong() <= nowMillis) {
      long due = timerMillis.getAsLong();
      timerMillis = OptionalLong.empty();
      outputs.addAll(take(() -> fold.onTimer(state, due)));
    }
    return outputs;
  }

  List<StreamObservation> finish() {
    return take(() -> fold.finish(state));
  }

  private List<StreamObservation> take(Supplier<Step<S, StreamObservation>> call) {
    Step<S, StreamObservation> step;
    try {
      step = call.get();
    } catch (RuntimeException e) {
      if (strict) {
        throw e;
      }
      return beginAnew(e);
    }
    state = step.state();
    timerMillis = step.timerMillis();
    step.outputs().forEach(this::remember);
    return step.outputs();
  }

  private void remember(StreamObservation output) {
    switch (output.observation()) {
      case Observation.Opened opened -> open.put(opened.finding().id(), output);
      case Observation.Updated updated -> open.put(updated.finding().id(), output);
      case Observation.Closed closed -> open.remove(closed.finding().id());
      case Observation.Fingerprinted fingerprinted -> {}
    }
  }

  private List<StreamObservation> beginAnew(RuntimeException e) {
    if (!failed) {
      failed = true;
      LOGGER.log(Level.WARNING, "fold " + fold.id() + " of " + stream + " begins anew", e);
    }
    List<StreamObservation> closing = open.values().stream().map(RunningFold::closed).toList();
    open.clear();
    state = fold.initial(stream);
    timerMillis = OptionalLong.empty();
    return closing;
  }

  private static StreamObservation closed(StreamObservation last) {
    Finding finding =
        switch (last.observation()) {
          case Observation.Opened opened -> opened.finding();
          case Observation.Updated updated -> updated.finding();
          default -> throw new IllegalStateException("not open: " + last);
        };
    return new StreamObservation(
        last.stream(),
        last.rendition(),
        last.point(),
        System.currentTimeMillis(),
        new Observation.Closed(finding));
  }
}
