package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.FoldChain;
import io.aircheck.core.deploy.MediaOrder;
import io.aircheck.core.deploy.StreamObservation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of a run between two of its reports: how far its tasks have come, what waits for
 * the slowest of them, and what its folds know.
 *
 * @param lanes by task, in the order in which they joined
 * @param waiting observations that a slower task may still have to go before
 * @param serial number of observations so far
 * @param folds states of the folds
 * @param open findings that are, as they were told last, by rendition and id
 */
record FoldedRun(
    Map<String, Lane> lanes,
    List<MediaOrder.Waiting> waiting,
    long serial,
    List<FoldChain.Snapshot> folds,
    Map<String, StreamObservation> open) {
  static final FoldedRun NEW = new FoldedRun(Map.of(), List.of(), 0, List.of(), Map.of());

  FoldedRun {
    lanes = Collections.unmodifiableMap(new LinkedHashMap<>(lanes));
    waiting = List.copyOf(waiting);
    folds = List.copyOf(folds);
    open = Collections.unmodifiableMap(new LinkedHashMap<>(open));
  }

  /**
   * How far a task has come.
   *
   * @param index its place among the tasks
   * @param movedAtMillis when it came so far, wall-clock milliseconds where it is folded
   */
  record Lane(int index, long reachedMicros, boolean ended, long movedAtMillis) {}
}
