package io.aircheck.experience.alert;

import io.aircheck.core.fold.Fold.Step;
import io.aircheck.experience.alert.AlertChange.Type;
import io.aircheck.experience.alert.Audience.Behaviour;
import java.util.ArrayList;
import java.util.List;

/** A fold that is fed with windows of an audience. */
final class AlertRun {
  /** Monday, 2027-01-18, at midnight. */
  static final long START = 1_800_230_400_000L;

  static final long MINUTE = 60_000;
  static final long HOUR = 60 * MINUTE;

  private final AlertFold fold;
  private final Audience audience;
  private final long lengthMillis;
  private final List<AlertChange> changes = new ArrayList<>();
  private AlertState state = AlertState.FIRST;
  private long now = START;

  AlertRun(AlertPolicy policy, long lengthMillis) {
    fold = new AlertFold(policy);
    audience = new Audience(lengthMillis);
    this.lengthMillis = lengthMillis;
  }

  /** So much time goes by in which the audience behaves so. */
  AlertRun during(long millis, Behaviour behaviour) {
    for (long end = now + millis; now < end; now += lengthMillis) {
      take(audience.window(now, behaviour));
    }
    return this;
  }

  /** So many windows never come. */
  AlertRun missing(long millis) {
    now += millis;
    return this;
  }

  void take(CubeWindow window) {
    Step<AlertState, AlertChange> step = fold.apply(state, window);
    state = step.state();
    changes.addAll(step.outputs());
  }

  AlertState state() {
    return state;
  }

  /** Start of the next window. */
  long now() {
    return now;
  }

  List<AlertChange> changes() {
    return changes;
  }

  List<Alert> opened() {
    return of(Type.OPENED);
  }

  List<Alert> closed() {
    return of(Type.CLOSED);
  }

  private List<Alert> of(Type type) {
    return changes.stream()
        .filter(change -> change.type() == type)
        .map(AlertChange::alert)
        .toList();
  }
}
