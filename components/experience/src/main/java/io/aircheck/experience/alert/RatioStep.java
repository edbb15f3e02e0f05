package io.aircheck.experience.alert;

import io.aircheck.core.incident.Incident;
import io.aircheck.experience.alert.AlertChange.Type;
import io.aircheck.experience.alert.AlertState.Active;
import io.aircheck.experience.baseline.Baseline;
import io.aircheck.experience.baseline.RatioRule;
import io.aircheck.experience.cause.Cause;
import io.aircheck.experience.cause.Combination;
import io.aircheck.experience.cause.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Alerts of one ratio in one window: those that are open go on or end; then, as long as a cohort
 * has been unusual for long enough and no open alert explains that, an alert begins at the place
 * that explains most. An alert within it is over then, as part of the new one.
 */
final class RatioStep {
  private static final double MUCH_WORSE = 1.25;
  private static final int MANY_MORE = 2;

  private final AlertPolicy policy;
  private final RatioRule rule;
  private final CubeWindow window;
  private final Map<List<String>, List<Seen>> seen;
  private final Cohorts cohorts;
  private final List<Active> active;
  private final List<AlertChange> changes = new ArrayList<>();
  private final long end;

  RatioStep(
      AlertPolicy policy,
      RatioRule rule,
      CubeWindow window,
      Map<List<String>, List<Seen>> seen,
      List<Active> active) {
    this.policy = policy;
    this.rule = rule;
    this.window = window;
    this.seen = seen;
    this.active = new ArrayList<>(active);
    cohorts = new Cohorts(policy, rule, seen);
    end = window.startMillis() + window.lengthMillis();
  }

  void run() {
    for (int i = active.size() - 1; i >= 0; i--) {
      goOn(i);
    }
    Unexplained left = unexplained();
    List<Seen> alarmed = left.alarmed();
    while (!alarmed.isEmpty() && active.size() < policy.mostAlerts()) {
      open(left.place(alarmed), alarmed);
      left = unexplained();
      alarmed = left.alarmed();
    }
  }

  List<Active> active() {
    return active;
  }

  List<AlertChange> changes() {
    return changes;
  }

  private Unexplained unexplained() {
    return new Unexplained(policy, rule, seen, cohorts, active);
  }

  private void goOn(int at) {
    Active open = active.get(at);
    Alert alert = open.alert();
    Measured now = cohorts.measure(alert.cohort(), open.dimensions());
    if (now == null || !now.judgement().isKnown()) {
      if (end - alert.lastSeenMillis() >= policy.silentMillis()) {
        close(at, null);
      }
      return;
    }
    if (!now.judgement().isRaised()) {
      if (open.calm() + 1 >= policy.closeAfter()) {
        close(at, null);
      } else {
        active.set(at, with(open, alert, open.calm() + 1, false));
      }
      return;
    }
    double share = share(now, open.dimensions());
    Alert measured = alert.measured(now, end, share, message(alert.cohort(), now, share));
    boolean tell = isMuchWorse(open, now);
    Alert after = tell ? measured.told() : measured;
    active.set(at, with(open, after, 0, tell));
    if (tell) {
      changes.add(new AlertChange(Type.UPDATED, after, end));
    }
  }

  private boolean isMuchWorse(Active open, Measured now) {
    double value = now.judgement().value();
    boolean worse =
        cohorts.isHigherWorse()
            ? value >= MUCH_WORSE * open.toldValue()
            : value <= open.toldValue() / MUCH_WORSE;
    return worse || now.viewers() >= MANY_MORE * open.toldViewers();
  }

  private static Active with(Active open, Alert alert, int calm, boolean told) {
    return new Active(
        alert,
        open.dimensions(),
        calm,
        told ? alert.value() : open.toldValue(),
        told ? alert.viewers() : open.toldViewers());
  }

  private void close(int at, @Nullable String takenOver) {
    Active over = active.remove(at);
    changes.add(new AlertChange(Type.CLOSED, over.alert().closed(takenOver), end));
  }

  private void open(Unexplained.Place place, List<Seen> alarmed) {
    Measured now =
        Objects.requireNonNull(cohorts.measure(place.where(), place.dimensions()), "no rows");
    String id = Incident.id(place.where().toString(), Alert.kind(rule.ratio()), end);
    long since = since(place.where(), alarmed);
    for (int i = active.size() - 1; i >= 0; i--) {
      Alert narrower = active.get(i).alert();
      if (place.where().covers(narrower.cohort())) {
        since = Math.min(since, narrower.firstSeenMillis());
        close(i, id);
      }
    }
    double share = share(now, place.dimensions());
    Alert alert =
        new Alert(
            id,
            rule.ratio(),
            place.where(),
            Alert.State.OPEN,
            since,
            end,
            end,
            now.judgement().value(),
            now.judgement().interval(),
            now.judgement().usual(),
            now.judgement().z(),
            now.viewers(),
            share,
            message(place.where(), now, share),
            null,
            1);
    active.add(new Active(alert, place.dimensions(), 0, alert.value(), alert.viewers()));
    changes.add(new AlertChange(Type.OPENED, alert, end));
  }

  private long since(Combination where, List<Seen> alarmed) {
    return alarmed.stream()
        .filter(row -> where.covers(row.cohort()) || row.cohort().covers(where))
        .mapToLong(row -> row.watch().unusualSinceMillis())
        .filter(since -> since != Baseline.NEVER)
        .min()
        .orElse(window.startMillis());
  }

  private double share(Measured now, List<String> dimensions) {
    Measured whole = cohorts.measure(Combination.EVERYWHERE, dimensions);
    return whole == null || whole.excess() <= 0 ? 1 : now.excess() / whole.excess();
  }

  private String message(Combination where, Measured now, double share) {
    String unit = rule.ratio().unit();
    return String.format(
        Locale.ROOT,
        "%s; %s %s instead of %s %s, %d viewers",
        Explanation.of(rule.ratio().id(), List.of(new Cause(where, share, now.judgement().z()))),
        number(now.judgement().value()),
        unit,
        number(now.judgement().usual()),
        unit,
        now.viewers());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }
}
