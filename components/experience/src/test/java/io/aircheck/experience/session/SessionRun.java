package io.aircheck.experience.session;

import io.aircheck.core.fold.Fold.Step;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.report.ViewerReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Runs a session through the fold as a runtime would, with timers on the clock of the service. */
final class SessionRun {
  final List<SessionDelta> deltas = new ArrayList<>();
  private final SessionFold fold;
  private UnaryOperator<SessionState> between = state -> state;
  private SessionState state;
  private OptionalLong timer = OptionalLong.empty();

  SessionRun() {
    this(new SessionFold(SessionPolicy.DEFAULT));
  }

  SessionRun(SessionFold fold) {
    this.fold = fold;
    state = fold.initial("s");
  }

  /** Between two steps the state is carried elsewhere. */
  SessionRun between(UnaryOperator<SessionState> carried) {
    between = carried;
    return this;
  }

  SessionRun take(ViewerReport... reports) {
    for (ViewerReport report : reports) {
      until(report.receivedMillis() - FakePlayer.START);
      step(fold.apply(state, report));
    }
    return this;
  }

  /** Lets time pass up to so long after the beginning. */
  SessionRun until(long millis) {
    while (timer.isPresent() && timer.getAsLong() <= FakePlayer.START + millis) {
      step(fold.onTimer(state, timer.getAsLong()));
    }
    return this;
  }

  /** Lets the session end by itself, if it has not, and be forgotten. */
  SessionRun finish() {
    return until(Long.MAX_VALUE - FakePlayer.START);
  }

  SessionState state() {
    return state;
  }

  /** Sum of all deltas. */
  Measures sum() {
    Measures sum = Measures.ZERO;
    for (SessionDelta delta : deltas) {
      sum = sum.plus(delta.measures());
    }
    return sum;
  }

  long sum(Measure measure) {
    return sum().get(measure);
  }

  /** Sums by window, in seconds from the beginning. */
  Map<Long, Measures> windows() {
    Map<Long, Measures> windows = new TreeMap<>();
    for (SessionDelta delta : deltas) {
      windows.merge(
          (delta.windowMillis() - FakePlayer.START) / 1000, delta.measures(), Measures::plus);
    }
    return windows;
  }

  /** Sums of the window that begins so many seconds after the beginning. */
  Measures window(long seconds) {
    return windows().getOrDefault(seconds, Measures.ZERO);
  }

  List<SessionEnd> ends() {
    List<SessionEnd> ends = new ArrayList<>();
    for (SessionDelta delta : deltas) {
      if (delta.end() != null) {
        ends.add(delta.end());
      }
    }
    return ends;
  }

  private void step(Step<SessionState, SessionDelta> step) {
    state = between.apply(step.state());
    timer = step.timerMillis();
    deltas.addAll(step.outputs());
  }
}
