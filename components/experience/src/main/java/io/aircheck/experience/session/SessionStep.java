package io.aircheck.experience.session;

import io.aircheck.core.fold.Fold.Step;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import io.aircheck.experience.session.SessionEnd.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A step of a session: tells duplicates and late reports from others, knows when the clock or the
 * numbers of a player were set anew, and gives its reports to the view in the order of events.
 */
final class SessionStep {
  private static final int MOST_CHANNELS = 8;

  /** Between what two targets are told of one event there may be so much. */
  private static final long SAME_MOMENT_MILLIS = 100;

  private final SessionPolicy policy;
  private final Cohorts cohorts;
  private final String session;
  private final List<Channel> channels;
  private final List<ViewerReport> waiting;
  private final ViewStep view;
  private ClientClock clock;
  private SessionCorrection correction;
  private long heardMillis;

  SessionStep(SessionPolicy policy, Cohorts cohorts, SessionTrace trace, SessionState state) {
    this.policy = policy;
    this.cohorts = cohorts;
    session = state.session();
    channels = new ArrayList<>(state.channels());
    waiting = new ArrayList<>(state.waiting());
    view = new ViewStep(policy, cohorts, trace, session, state.view(), state.told());
    clock = state.clock();
    correction = state.correction();
    heardMillis = state.heardMillis();
  }

  /** A report has come. */
  void arrived(ViewerReport report) {
    if (report.sequence() < 0 ? waits(report) : !number(report)) {
      view.count(Measure.DUPLICATES, 1, report.receivedMillis());
      return;
    }
    boolean back = report.sequence() < 0 && view.end() == Reason.TIMEOUT && wentBack(report);
    if (back || clock.wentForward(report, latestMillis(), policy.clockStepMillis())) {
      restartClock(report);
    }
    clock = clock.arrived(report);
    if (clock.corrected(report) < view.atMillis()) {
      view.takeLate(correction.mend(report), clock.corrected(report));
      return;
    }
    heardMillis = Math.max(heardMillis, report.receivedMillis());
    await(withoutToldElsewhere(report));
    while (!waiting.isEmpty() && (isFull() || isOld(waiting.getFirst()))) {
      take(waiting.removeFirst());
    }
  }

  /** Time has passed. */
  void passed(long nowMillis) {
    int due = waiting.size();
    while (due > 0 && dueMillis(waiting.get(due - 1)) > nowMillis) {
      due--;
    }
    for (int i = 0; i < due; i++) {
      take(waiting.removeFirst());
    }
    if (waiting.isEmpty() && view.end() == null && nowMillis >= timeoutMillis()) {
      view.timeout();
    }
    if (nowMillis >= view.dueMillis()) {
      view.send();
    }
  }

  /** Whether the session has been over for so long that it need not be kept. */
  boolean isForgotten(long nowMillis) {
    return view.end() != null
        && waiting.isEmpty()
        && nowMillis >= heardMillis + policy.retainMillis();
  }

  Step<SessionState, SessionDelta> done() {
    SessionState state =
        new SessionState(
            session, clock, channels, waiting, view.told(), correction, view.view(), heardMillis);
    return new Step<>(state, view.deltas(), OptionalLong.of(timerMillis()));
  }

  /** All that is left to tell. */
  List<SessionDelta> lastDeltas() {
    view.send();
    return view.deltas();
  }

  private long timerMillis() {
    long timer = view.end() == null ? timeoutMillis() : heardMillis + policy.retainMillis();
    for (ViewerReport report : waiting) {
      timer = Math.min(timer, dueMillis(report));
    }
    return Math.min(timer, view.dueMillis());
  }

  private long timeoutMillis() {
    return heardMillis + policy.timeoutMillis();
  }

  private long dueMillis(ViewerReport report) {
    return report.receivedMillis() + policy.reorderMillis();
  }

  private boolean isFull() {
    return waiting.size() > policy.reorderReports();
  }

  private boolean isOld(ViewerReport report) {
    return latestMillis() - clock.corrected(report) >= policy.reorderMillis();
  }

  private long latestMillis() {
    return waiting.isEmpty() ? view.atMillis() : clock.corrected(waiting.getLast());
  }

  /** Reports without numbers: the same is waiting already. */
  private boolean waits(ViewerReport report) {
    for (ViewerReport other : waiting) {
      if (other.eventMillis() == report.eventMillis()
          && other.sequence() < 0
          && other.channel().equals(report.channel())
          && other.facts().equals(report.facts())) {
        return true;
      }
    }
    return false;
  }

  /** What happened once is counted once, though several channels tell it. */
  private ViewerReport withoutToldElsewhere(ViewerReport report) {
    Facts facts = report.facts();
    if (channels.size() < 2 || (facts.errorCode() == null && !facts.starved())) {
      return report;
    }
    for (ViewerReport other : waiting) {
      if (!other.channel().equals(report.channel())
          && Math.abs(other.eventMillis() - report.eventMillis()) <= SAME_MOMENT_MILLIS
          && Objects.equals(other.facts().errorCode(), facts.errorCode())
          && other.facts().starved() == facts.starved()) {
        return report.with(facts.but().errorCode(null).starved(false).build());
      }
    }
    return report;
  }

  /** Enters the number of a report; false: it has come before. */
  private boolean number(ViewerReport report) {
    int at = channelOf(report);
    if (at < 0) {
      if (channels.size() == MOST_CHANNELS) {
        channels.removeFirst();
      }
      channels.add(Channel.of(cohorts.text(report.channel()), report));
      return true;
    }
    Channel channel = channels.get(at);
    if (report.sequence() > channel.highest() && wentBack(report)) {
      restartClock(report);
      channel = channels.get(at);
    }
    if (channel.countsAnew(report, policy.reorderMillis())) {
      takeAll();
      channels.set(at, Channel.of(channel.name(), report));
      return true;
    }
    if (channel.knows(report.sequence())) {
      return false;
    }
    if (channel.wasLost(report.sequence())) {
      view.found(report.receivedMillis());
    }
    channels.set(at, channel.with(report));
    return true;
  }

  private int channelOf(ViewerReport report) {
    String name = cohorts.text(report.channel());
    for (int i = 0; i < channels.size(); i++) {
      if (channels.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private boolean wentBack(ViewerReport report) {
    return clock.wentBack(report, latestMillis(), policy.clockStepMillis());
  }

  /** The clock of the player was set: what came before it is before it. */
  private void restartClock(ViewerReport report) {
    takeAll();
    clock = ClientClock.of(report);
    channels.replaceAll(channel -> channel.withLatest(report.eventMillis()));
  }

  private void takeAll() {
    while (!waiting.isEmpty()) {
      take(waiting.removeFirst());
    }
  }

  private void await(ViewerReport report) {
    int at = waiting.size();
    while (at > 0 && comesBefore(report, waiting.get(at - 1))) {
      at--;
    }
    waiting.add(at, report);
  }

  private boolean comesBefore(ViewerReport report, ViewerReport other) {
    int order = Long.compare(clock.corrected(report), clock.corrected(other));
    return order < 0 || (order == 0 && report.sequence() < other.sequence());
  }

  private void take(ViewerReport report) {
    ClientClock before = clock;
    clock = clock.taken(report);
    if (before.settled()) {
      view.shift(clock.offsetMillis() - before.offsetMillis());
    }
    ViewerReport mended = correction.mend(report);
    correction = correction.after(report);
    view.take(mended, clock.corrected(report), numberTaken(report));
  }

  /** Enters that a report is taken in; how many before it never came. */
  private long numberTaken(ViewerReport report) {
    int at = report.sequence() < 0 ? -1 : channelOf(report);
    if (at < 0) {
      return 0;
    }
    Channel channel = channels.get(at);
    channels.set(at, channel.take(report.sequence()));
    return channel.lostBefore(report.sequence());
  }
}
