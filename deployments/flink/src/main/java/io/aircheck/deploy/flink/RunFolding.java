package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.FoldChain;
import io.aircheck.core.deploy.MediaOrder;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.deploy.flink.FoldedRun.Lane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings what the tasks of a run observe into the order of media time and through its folds, one
 * report at a time. Tasks run ahead of each other by chance; folds must not see that: an
 * observation reaches them only when every task has come as far, so that the same media gives the
 * same result wherever it runs.
 *
 * <p>Progress is that of the run's own tasks. A watermark is that of all streams of a reader: one
 * of them that stands still would hold up the others.
 */
final class RunFolding {
  /** A live task that has not moved for this long is not waited for. */
  private static final long STALLED_MILLIS = 5_000;

  private final Run run;
  private final long sinceMillis;
  private final FoldChain chain;
  private final Map<String, Lane> lanes;
  private final MediaOrder order;
  private final List<StreamObservation> said = new ArrayList<>();
  private final Map<String, StreamObservation> open;

  /**
   * @param folds those of the run, in their order
   * @param strict whether a fold that fails is a failure of the caller
   * @param before what is known
   * @param sinceMillis since when reports may have come, wall-clock milliseconds: after a restart,
   *     tasks that have not moved had no chance to say so before
   */
  RunFolding(
      Run run, List<ObservationFold<?>> folds, boolean strict, FoldedRun before, long sinceMillis) {
    this.run = run;
    this.sinceMillis = sinceMillis;
    this.chain = new FoldChain(run.stream(), folds, strict, this::say);
    this.open = new LinkedHashMap<>(before.open());
    this.lanes = new LinkedHashMap<>(before.lanes());
    this.order = new MediaOrder(chain, before.waiting(), before.serial());
    chain.restore(before.folds());
  }

  /** What is known now. */
  FoldedRun snapshot() {
    return new FoldedRun(lanes, order.waiting(), order.serial(), chain.snapshot(), open);
  }

  /**
   * A task came further.
   *
   * @param nowMillis wall-clock milliseconds since the epoch
   */
  Outcome.Observed advanced(StreamReport.Advanced report, long nowMillis) {
    report.tasks().forEach(task -> join(task, nowMillis));
    int index = join(report.task(), nowMillis).index();
    for (StreamReport.Seen seen : report.seen()) {
      if (!(seen.observation().observation() instanceof Observation.Fingerprinted)) {
        say(seen.observation());
      }
      order.add(index, seen.atMicros(), seen.observation());
    }
    lanes.put(report.task(), new Lane(index, report.reachedMicros(), report.ended(), nowMillis));
    order.release(slowest(nowMillis));
    return new Outcome.Observed(
        run,
        report.task(),
        said,
        report.watching() ? OptionalLong.of(report.reachedMicros()) : OptionalLong.empty(),
        report.ended(),
        report.atMillis(),
        report.glimpse());
  }

  /** The run is over: lets the rest through and closes what the folds hold open. */
  Outcome.Ended ended(StreamReport.Ended report) {
    order.finish();
    return new Outcome.Ended(run, said, report.failure(), report.again(), report.atMillis());
  }

  /** Somebody listens who was told nothing before. */
  Outcome.Retold retold() {
    List<StreamObservation> beginnings = new ArrayList<>();
    for (StreamObservation last : open.values()) {
      Finding finding = finding(last);
      if (finding != null) {
        beginnings.add(
            new StreamObservation(
                last.stream(),
                last.rendition(),
                last.point(),
                last.wallClockMillis(),
                new Observation.Opened(finding)));
      }
    }
    return new Outcome.Retold(run, beginnings);
  }

  private void say(StreamObservation observation) {
    said.add(observation);
    Finding finding = finding(observation);
    if (finding != null) {
      String key = observation.point() + "\n" + observation.rendition() + "\n" + finding.id();
      if (observation.observation() instanceof Observation.Closed) {
        open.remove(key);
      } else {
        open.put(key, observation);
      }
    }
  }

  private static @Nullable Finding finding(StreamObservation observation) {
    return switch (observation.observation()) {
      case Observation.Opened opened -> opened.finding();
      case Observation.Updated updated -> updated.finding();
      case Observation.Closed closed -> closed.finding();
      case Observation.Fingerprinted fingerprinted -> null;
    };
  }

  private Lane join(String task, long nowMillis) {
    return lanes.computeIfAbsent(task, joined -> new Lane(lanes.size(), 0, false, nowMillis));
  }

  private long slowest(long nowMillis) {
    long slowest = Long.MAX_VALUE;
    for (Lane lane : lanes.values()) {
      long movedAt = Math.max(lane.movedAtMillis(), sinceMillis);
      boolean stalled = run.live() && nowMillis - movedAt > STALLED_MILLIS;
      if (!lane.ended() && !stalled) {
        slowest = Math.min(slowest, lane.reachedMicros());
      }
    }
    return slowest;
  }
}
