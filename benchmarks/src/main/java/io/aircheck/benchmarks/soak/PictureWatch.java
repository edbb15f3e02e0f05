package io.aircheck.benchmarks.soak;

import io.aircheck.app.serve.streams.Still;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.streams.StreamWatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether the service shows new pictures of streams that are served well. A rendition is stuck when
 * its stream has been well for so long and no newer picture of it has come for as long. One thread.
 */
final class PictureWatch {
  static final long STUCK_MILLIS = 45_000;

  private record Lane(String stream, @Nullable String rendition) {}

  /** What is known of a rendition. */
  private static final class Seen {
    private @Nullable Still newest;
    private long changedMillis;

    /** Start of the spell of health for which recovery, or being stuck, was counted. */
    private long recoveredSpell;

    private long stuckSpell;

    private Seen(long nowMillis) {
      changedMillis = nowMillis;
    }
  }

  private final StreamWatch watch;
  private final Consumer<String> log;
  private final long fromMillis;
  private final Map<Lane, Seen> lanes = new HashMap<>();
  private final List<Long> recoveryMillis = new ArrayList<>();
  private int stuck;
  private int judged;

  /**
   * @param fromMillis wall-clock time before which nothing is judged
   * @param log told of each rendition that is stuck
   */
  PictureWatch(StreamWatch watch, long fromMillis, Consumer<String> log) {
    this.watch = watch;
    this.fromMillis = fromMillis;
    this.log = log;
  }

  /** Looks at a stream. */
  void look(UnsteadyStream stream, long nowMillis) {
    long healthy = stream.healthySinceMillis();
    StreamStatus status = watch.status(stream.id());
    if (status.renditions().isEmpty()) {
      // Not watched, as on a machine that is full: what comes later is looked at anew.
      lanes.keySet().removeIf(lane -> lane.stream().equals(stream.id()));
    }
    for (StreamStatus.Rendition rendition : status.renditions()) {
      Seen seen =
          lanes.computeIfAbsent(new Lane(stream.id(), rendition.id()), lane -> new Seen(nowMillis));
      List<Still> stills = watch.footage().stills(stream.id(), rendition.id());
      Still newest = stills.isEmpty() ? null : stills.getLast();
      if (newest != null && !newest.equals(seen.newest)) {
        seen.newest = newest;
        seen.changedMillis = nowMillis;
        if (healthy >= fromMillis && seen.recoveredSpell != healthy) {
          seen.recoveredSpell = healthy;
          recoveryMillis.add(nowMillis - healthy);
        }
      }
      boolean isJudged = healthy >= fromMillis && nowMillis - healthy > STUCK_MILLIS;
      if (isJudged && seen.stuckSpell != healthy) {
        boolean isStuck = nowMillis - Math.max(healthy, seen.changedMillis) > STUCK_MILLIS;
        boolean isOver = nowMillis - healthy > STUCK_MILLIS + 20_000;
        if (isStuck || isOver) {
          seen.stuckSpell = healthy;
          judged++;
          stuck += isStuck ? 1 : 0;
        }
        if (isStuck) {
          log.accept(
              "stuck: %s (%s, %s) rendition %s, state %s, %s"
                  .formatted(
                      stream.id(),
                      stream.delivery(),
                      stream.address(),
                      rendition.id(),
                      rendition.state(),
                      rendition.problem().orElse("no problem told")));
        }
      }
    }
  }

  /** Renditions that were stuck. */
  int stuck() {
    return stuck;
  }

  /** Spells of health that were long enough to tell. */
  int judged() {
    return judged;
  }

  /** From the beginning of health to the first new picture: quantile in seconds. */
  double recoverySeconds(double quantile) {
    if (recoveryMillis.isEmpty()) {
      return Double.NaN;
    }
    List<Long> ordered = recoveryMillis.stream().sorted().toList();
    return ordered.get((int) Math.round(quantile * (ordered.size() - 1))) / 1000.0;
  }
}
