package io.aircheck.deploy.inprocess;

import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.fold.Fold.Step;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Brings the observations of a stream's tasks into the order of media time and through the folds.
 *
 * <p>Renditions are decoded by threads of their own, which run ahead of each other by chance. Folds
 * must not see that: an observation reaches them only when every task has come as far, so that the
 * same media gives the same result. The listener is told at once.
 *
 * <p>A fold that fails costs what it knew and not the stream: what it holds open is closed, and it
 * begins anew. Unless strict: then the task that fed it fails with it.
 *
 * <p>Thread-safe.
 */
final class StreamFolds {
  private static final Logger LOGGER = System.getLogger(StreamFolds.class.getName());

  /** How far a task of finite input may run ahead of the slowest; bounds what is kept. */
  private static final long LEAD_MICROS = 10_000_000;

  /** A live task that has not moved for this long is not waited for. */
  private static final long STALLED_NANOS = 5_000_000_000L;

  /** Media time by which a task must have moved before the others are told. */
  private static final long PROGRESS_STEP_MICROS = 100_000;

  private record Waiting(long atMicros, int lane, long serial, StreamObservation observation) {}

  private final boolean live;
  private final Consumer<StreamObservation> listener;
  private final List<FoldState<?>> states = new ArrayList<>();
  private final List<Lane> lanes = new ArrayList<>();
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(
          Comparator.comparingLong(Waiting::atMicros)
              .thenComparingInt(Waiting::lane)
              .thenComparingLong(Waiting::serial));
  private long serial;
  private boolean stopped;

  StreamFolds(
      String stream,
      List<ObservationFold<?>> folds,
      boolean live,
      boolean strict,
      Consumer<StreamObservation> listener) {
    this.live = live;
    this.listener = listener;
    for (ObservationFold<?> fold : folds) {
      states.add(new FoldState<>(fold, stream, strict));
    }
  }

  /** A place for the observations of one task. */
  synchronized Lane lane() {
    Lane lane = new Lane(lanes.size());
    lanes.add(lane);
    return lane;
  }

  /** Nobody waits for anybody any more. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** All tasks have ended: lets the rest through and closes what the folds hold open. */
  synchronized void finish() {
    release(Long.MAX_VALUE);
    for (int i = 0; i < states.size(); i++) {
      emit(states.get(i).finish(), i + 1);
    }
  }

  private void release(long watermarkMicros) {
    while (!waiting.isEmpty() && waiting.peek().atMicros() <= watermarkMicros) {
      Waiting next = waiting.remove();
      advance(next.atMicros());
      through(next.observation(), 0);
    }
    if (watermarkMicros != Long.MAX_VALUE) {
      advance(watermarkMicros);
    }
  }

  private void advance(long micros) {
    for (int i = 0; i < states.size(); i++) {
      emit(states.get(i).advance(micros / 1000), i + 1);
    }
  }

  private void through(StreamObservation observation, int from) {
    for (int i = from; i < states.size(); i++) {
      emit(states.get(i).apply(observation), i + 1);
    }
  }

  /** What a fold says goes to the listener, and to the folds named after it. */
  private void emit(List<StreamObservation> outputs, int nextFold) {
    for (StreamObservation output : outputs) {
      listener.accept(output);
      through(output, nextFold);
    }
  }

  private long slowest(boolean withoutStalled) {
    long now = System.nanoTime();
    long slowest = Long.MAX_VALUE;
    for (Lane lane : lanes) {
      boolean counts = !lane.ended && !(withoutStalled && now - lane.movedAtNanos > STALLED_NANOS);
      if (counts) {
        slowest = Math.min(slowest, lane.reachedMicros);
      }
    }
    return slowest;
  }

  /** One task's way in; used by its thread. */
  final class Lane implements AutoCloseable {
    private final int index;
    private long reachedMicros;
    private long toldMicros = Long.MIN_VALUE;
    private long movedAtNanos = System.nanoTime();
    private boolean ended;

    private Lane(int index) {
      this.index = index;
    }

    /** An observation made at the media time that the task has reached. */
    void observe(StreamObservation observation) {
      synchronized (StreamFolds.this) {
        listener.accept(observation);
        if (!states.isEmpty()) {
          waiting.add(new Waiting(reachedMicros, index, serial++, observation));
        }
      }
    }

    /** The task has come this far; waits while it is too far ahead of its siblings. */
    void progress(long mediaMicros) {
      if (states.isEmpty() || mediaMicros < toldMicros + PROGRESS_STEP_MICROS) {
        return;
      }
      toldMicros = mediaMicros;
      synchronized (StreamFolds.this) {
        reachedMicros = Math.max(reachedMicros, mediaMicros);
        movedAtNanos = System.nanoTime();
        // Observations still to come at this very time must not be overtaken.
        long watermark = slowest(live);
        release(watermark == Long.MAX_VALUE ? watermark : watermark - 1);
        StreamFolds.this.notifyAll();
        while (!live && !stopped && reachedMicros - LEAD_MICROS > slowest(false)) {
          try {
            StreamFolds.this.wait();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
          }
        }
      }
    }

    @Override
    public void close() {
      synchronized (StreamFolds.this) {
        ended = true;
        StreamFolds.this.notifyAll();
      }
    }
  }

  /** A fold with its state. */
  private static final class FoldState<S> {
    private final ObservationFold<S> fold;
    private final String stream;
    private final boolean strict;
    private final Map<String, StreamObservation> open = new LinkedHashMap<>();
    private S state;
    private OptionalLong timerMillis = OptionalLong.empty();
    private boolean failed;

    FoldState(ObservationFold<S> fold, String stream, boolean strict) {
      this.fold = fold;
      this.stream = stream;
      this.strict = strict;
      this.state = fold.initial(stream);
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
      List<StreamObservation> closing = open.values().stream().map(FoldState::closed).toList();
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
}
