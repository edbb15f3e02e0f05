package io.aircheck.core.deploy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The folds of one stream behind each other: what a fold says goes to the listener, and to the
 * folds named after it. Observations have to come in the order of media time; how they get into it
 * is the business of whoever runs the tasks.
 *
 * <p>A fold that fails costs what it knew and not the stream: what it holds open is closed, and it
 * begins anew. Unless strict: then the failure is the caller's.
 *
 * <p>Not thread-safe.
 */
public final class FoldChain {

  /**
   * What a fold knows, to go on elsewhere.
   *
   * @param fold its id
   * @param state a record of the type that the fold names
   * @param timerMillis media time at which it wants to be called
   * @param open its open findings as it told them last, by their ids
   */
  public record Snapshot(
      String fold, Record state, OptionalLong timerMillis, Map<String, StreamObservation> open) {
    public Snapshot {
      open = Collections.unmodifiableMap(new LinkedHashMap<>(open));
    }
  }

  private final List<RunningFold<?>> folds = new ArrayList<>();
  private final Consumer<StreamObservation> listener;

  /**
   * A chain that knows nothing yet.
   *
   * @param strict whether a fold that fails is a failure of the caller
   * @param listener is told what the folds say
   */
  public FoldChain(
      String stream,
      List<ObservationFold<?>> folds,
      boolean strict,
      Consumer<StreamObservation> listener) {
    this.listener = listener;
    for (ObservationFold<?> fold : folds) {
      this.folds.add(new RunningFold<>(fold, stream, strict));
    }
  }

  /** Whether there are no folds. */
  public boolean isEmpty() {
    return folds.isEmpty();
  }

  /** The next observation of a task. */
  public void accept(StreamObservation observation) {
    through(observation, 0);
  }

  /** Everything before a media time, microseconds, has come. */
  public void advance(long micros) {
    for (int i = 0; i < folds.size(); i++) {
      emit(folds.get(i).advance(Math.floorDiv(micros, 1000L)), i + 1);
    }
  }

  /** The stream is over: closes what the folds hold open. */
  public void finish() {
    for (int i = 0; i < folds.size(); i++) {
      emit(folds.get(i).finish(), i + 1);
    }
  }

  /** What the folds know now. */
  public List<Snapshot> snapshot() {
    List<Snapshot> snapshots = new ArrayList<>();
    for (RunningFold<?> fold : folds) {
      snapshots.add(fold.snapshot());
    }
    return snapshots;
  }

  /**
   * Goes on from what folds knew; those without a snapshot begin anew.
   *
   * @throws ClassCastException when a state is none of its fold's
   */
  public void restore(List<Snapshot> snapshots) {
    Map<String, Snapshot> byFold = new LinkedHashMap<>();
    snapshots.forEach(snapshot -> byFold.put(snapshot.fold(), snapshot));
    for (RunningFold<?> fold : folds) {
      Snapshot snapshot = byFold.get(fold.id());
      if (snapshot != null) {
        fold.restore(snapshot);
      }
    }
  }

  private void through(StreamObservation observation, int from) {
    for (int i = from; i < folds.size(); i++) {
      emit(folds.get(i).apply(observation), i + 1);
    }
  }

  private void emit(List<StreamObservation> outputs, int nextFold) {
    for (StreamObservation output : outputs) {
      listener.accept(output);
      through(output, nextFold);
    }
  }
}
