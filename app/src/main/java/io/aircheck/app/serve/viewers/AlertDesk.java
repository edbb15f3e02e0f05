package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.incidents.CohortKey;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.fold.Fold;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.experience.alert.Alert;
import io.aircheck.experience.alert.AlertChange;
import io.aircheck.experience.alert.AlertFold;
import io.aircheck.experience.alert.AlertObservations;
import io.aircheck.experience.alert.AlertPolicy;
import io.aircheck.experience.alert.AlertState;
import io.aircheck.experience.alert.CubeWindow;
import io.aircheck.experience.baseline.UsualRange;
import io.aircheck.experience.cause.Combination;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.measure.Ratio;
import io.aircheck.experience.session.Cohort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Looks at each window of all viewers when it is complete, and tells what got worse for whom as
 * observations, so that it becomes incidents like those of streams. Used by one thread, but for
 * what says that any may ask.
 */
final class AlertDesk {
  /** What the monitor sees. */
  @FunctionalInterface
  interface Sight {
    /**
     * What is seen on what some viewers watch, in a sentence.
     *
     * @param cohort values that they have in common, by dimension
     * @param contents that they watch
     * @param sinceMillis when something got worse for them
     */
    String of(Map<String, String> cohort, List<String> contents, long sinceMillis);
  }

  /** The contents of a cohort that the monitor is asked about. */
  private static final int CONTENTS = 20;

  private final CubeSpec spec;
  private final Function<CubeQuery, Optional<CubeAnswer>> cube;
  private final List<List<String>> groupings;
  private final Sight monitor;
  private final Consumer<StreamObservation> incidents;
  private final AlertFold fold;
  private final long startedMillis;
  private volatile AlertState state;
  private long nextMillis;
  private boolean caughtUp;

  /**
   * @param policy when alerts begin and end
   * @param cube answers questions about the latest windows
   * @param monitor what is seen on what viewers watch
   * @param incidents told of what is observed
   * @param startedMillis when the service started: what is older, another process has told
   * @param learnt what an earlier process has left of what it had learnt
   */
  AlertDesk(
      AlertPolicy policy,
      CubeSpec spec,
      Function<CubeQuery, Optional<CubeAnswer>> cube,
      Sight monitor,
      Consumer<StreamObservation> incidents,
      long startedMillis,
      AlertState learnt) {
    this.fold = new AlertFold(policy);
    this.spec = spec;
    this.cube = cube;
    this.groupings = CubeWindow.groupings(spec);
    this.monitor = monitor;
    this.incidents = incidents;
    this.startedMillis = startedMillis;
    this.state = learnt;
    long oldest = spec.windowOf(startedMillis) - spec.spanMillis() + spec.windowMillis();
    this.nextMillis = Math.max(oldest, learnt.lastMillis() + spec.windowMillis());
  }

  /**
   * Looks at the windows that have become complete.
   *
   * @param completeMillis those that end by then are; what comes later for them is not looked at
   */
  void look(long completeMillis) {
    while (nextMillis <= completeMillis - spec.windowMillis()) {
      take(CubeWindow.of(cube, nextMillis, spec.windowMillis(), groupings));
      nextMillis += spec.windowMillis();
    }
  }

  /** What was learnt so far. Any thread. */
  AlertState state() {
    return state;
  }

  /**
   * Where a ratio of some viewers lies as a rule. Any thread.
   *
   * @param cohort values by dimension; none: all viewers
   * @param millis start of the windows
   * @param under what is divided by in such a window
   * @return empty where that is not known
   */
  Optional<UsualRange> usual(Map<String, String> cohort, Ratio ratio, long millis, double under) {
    return fold.usual(state, new Combination(cohort), ratio, millis, under);
  }

  /** Whether that is worse than usual by so much that an alert would go on. Any thread. */
  boolean isRaised(Map<String, String> cohort, Ratio ratio, long millis, Measures sums) {
    return fold.isRaised(state, new Combination(cohort), ratio, millis, sums);
  }

  private void take(CubeWindow window) {
    Fold.Step<AlertState, AlertChange> step = fold.apply(state, window);
    state = step.state();
    if (window.startMillis() + window.lengthMillis() <= startedMillis) {
      return;
    }
    if (!caughtUp) {
      // What an earlier process has opened goes on. Told as of the moment up to which it was seen,
      // since that is where the finding ends.
      caughtUp = true;
      for (Alert alert : state.open()) {
        tell(new AlertChange(AlertChange.Type.OPENED, alert, alert.lastSeenMillis()), window);
      }
      return;
    }
    step.outputs().forEach(change -> tell(change, window));
  }

  private void tell(AlertChange change, CubeWindow window) {
    StreamObservation told = AlertObservations.of(change);
    Map<String, String> cohort = change.alert().cohort().values();
    String says = monitor.of(cohort, contents(cohort, window), change.alert().firstSeenMillis());
    incidents.accept(
        new StreamObservation(
            CohortKey.of(cohort),
            told.rendition(),
            told.point(),
            told.wallClockMillis(),
            withMessage(told.observation(), says)));
  }

  /** The contents that most of them watch. */
  private List<String> contents(Map<String, String> cohort, CubeWindow window) {
    if (cohort.containsKey(Cohort.CONTENT)) {
      return List.of(cohort.getOrDefault(Cohort.CONTENT, ""));
    }
    CubeQuery query =
        new CubeQuery(
            window.startMillis(),
            window.startMillis() + window.lengthMillis(),
            cohort,
            List.of(Cohort.CONTENT));
    return cube.apply(query).stream()
        .flatMap(answer -> answer.top(Measure.VIEWERS, CONTENTS).stream())
        .map(row -> row.values().getFirst())
        .filter(content -> !content.isEmpty())
        .toList();
  }

  private static Observation withMessage(Observation observation, String more) {
    return switch (observation) {
      case Observation.Opened(Finding finding) -> new Observation.Opened(saying(finding, more));
      case Observation.Updated(Finding finding) -> new Observation.Updated(saying(finding, more));
      case Observation.Closed(Finding finding) -> new Observation.Closed(saying(finding, more));
      case Observation.Fingerprinted fingerprinted -> fingerprinted;
    };
  }

  private static Finding saying(Finding finding, String more) {
    return new Finding(
        finding.id(),
        finding.kind(),
        finding.startMicros(),
        finding.endMicros(),
        finding.severity(),
        finding.confidence(),
        finding.track(),
        finding.rendition(),
        finding.measurements(),
        finding.message() + ". " + more,
        finding.expected());
  }
}
