package io.aircheck.deploy.inprocess;

import io.aircheck.core.deploy.FoldChain;
import io.aircheck.core.deploy.MediaOrder;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings the observations of a stream's tasks into the order of media time and through the folds.
 *
 * <p>Renditions are decoded by threads of their own, which run ahead of each other by chance. Folds
 * must not see that: an observation reaches them only when every task has come as far, so that the
 * same media gives the same result. The listener is told at once.
 *
 * <p>Thread-safe.
 */
final class StreamFolds {
  /** How far a task of finite input may run ahead of the slowest; bounds what is kept. */
  private static final long LEAD_MICROS = 10_000_000;

  /** A live task that has not moved for this long is not waited for. */
  private static final long STALLED_NANOS = 5_000_000_000L;

  /** Media time by which a task must have moved before the others are told. */
  private static final long PROGRESS_STEP_MICROS = 100_000;

  private final boolean live;
  private final Consumer<StreamObservation> listener;
  private final FoldChain chain;
  private final List<Lane> lanes = new ArrayList<>();
  private final MediaOrder order;
  private boolean stopped;

  StreamFolds(
      String stream,
      List<ObservationFold<?>> folds,
      boolean live,
      boolean strict,
      Consumer<StreamObservation> listener) {
    this.live = live;
    this.listener = listener;
    this.chain = new FoldChain(stream, folds, strict, listener);
    this.order = new MediaOrder(chain);
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
    order.finish();
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
        order.add(index, reachedMicros, observation);
      }
    }

    /** The task has come this far; waits while it is too far ahead of its siblings. */
    void progress(long mediaMicros) {
      if (chain.isEmpty() || mediaMicros < toldMicros + PROGRESS_STEP_MICROS) {
        return;
      }
      toldMicros = mediaMicros;
      synchronized (StreamFolds.this) {
        reachedMicros = Math.max(reachedMicros, mediaMicros);
        movedAtNanos = System.nanoTime();
        order.release(slowest(live));
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
}
