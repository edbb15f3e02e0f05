package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import io.aircheck.experience.session.SessionEnd.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of the present view of a session: takes its reports in, in the order of events, and goes
 * with its player from what it did to what it does. Time is counted when a report confirms it:
 * between two reports the player did what the first of them said.
 */
final class ViewStep {
  /** Places in the media are told with so little precision, and by a clock of their own. */
  private static final long POSITION_SLACK_MILLIS = 1_000;

  private final SessionPolicy policy;
  private final Cohorts cohorts;
  private final SessionTrace trace;
  private final ViewSums sums;
  private final ViewTime time;

  private Playback playback;
  private Progress progress;
  private Told told;
  private @Nullable Reason end;

  ViewStep(
      SessionPolicy policy,
      Cohorts cohorts,
      SessionTrace trace,
      String session,
      View view,
      Told told) {
    this.policy = policy;
    this.cohorts = cohorts;
    this.trace = trace;
    this.told = told;
    sums = new ViewSums(policy, session, view);
    time = new ViewTime(policy, trace, sums, view);
    playback = view.playback();
    progress = view.progress();
    end = view.end();
  }

  View view() {
    return new View(
        sums.number(),
        time.startedMillis(),
        time.startedClientMillis(),
        time.atMillis(),
        playback,
        progress,
        sums.cohort(),
        sums.tally().totals(),
        sums.tally().unsent(),
        sums.unsentWindow(),
        sums.presentWindow(),
        end);
  }

  Told told() {
    return told;
  }

  List<SessionDelta> deltas() {
    return sums.deltas();
  }

  long atMillis() {
    return time.atMillis();
  }

  @Nullable Reason end() {
    return end;
  }

  /** When what is unsent is to be told. */
  long dueMillis() {
    return sums.dueMillis();
  }

  /** Tells what is unsent. */
  void send() {
    sums.send();
  }

  /** Less delay was seen than before: all moments so far were a little earlier. */
  void shift(long millis) {
    time.shift(millis);
    progress = progress.shifted(millis);
    trace.shifted(millis);
  }

  /** Counts something where the view stands, or at a moment if it has not begun. */
  void count(Measure measure, long amount, long millis) {
    sums.enter(time.atOr(millis));
    sums.tally().add(measure, amount);
  }

  /** A report that was taken for lost has come. */
  void found(long millis) {
    count(Measure.LOST, -1, millis);
    sums.tally().add(Measure.EXPECTED_REPORTS, -1);
  }

  /**
   * Takes in the next report.
   *
   * @param millis its moment
   * @param lost how many reports before it never came
   */
  void take(ViewerReport next, long millis, long lost) {
    ToldContent content = toldContent(next);
    Ads ads = playback.ads().after(next.facts(), content);
    ViewerReport report = AdPlayer.ofView(next, ads, content);
    Facts facts = report.facts();
    if (!ads.any() && toldContent(report) == ToldContent.OTHER) {
      advance(millis);
      begin();
    } else {
      noticeMovement(facts, millis);
      advance(millis);
    }
    Playback now = playback.after(facts, ads, progress.shown());
    trace.taken(sums.number(), report, millis);
    time.start(report);
    sums.enter(time.atMillis());
    place(report, now);
    came(report);
    lose(lost);
    if (playback.ad() && !now.ad() && !Ads.marks(facts)) {
      progress = progress.doubted(); // the content may have waited since an end that was not told
    }
    if (end != null && goesOn(facts)) {
      end = null;
    }
    boolean fails = facts.fatal() && playback.state() != PlayerState.FAILED;
    move(now);
    startUp(facts);
    boolean isFirst = once(report, fails);
    stateless(facts, isFirst);
    totals(facts, true);
    settle();
    PlayerState state = playback.state();
    if (end == null && state != null && state.isFinal()) {
      close(Reason.of(state));
    }
  }

  /**
   * Takes of a report that came too late what does not depend on its place.
   *
   * @param millis its moment
   */
  void takeLate(ViewerReport report, long millis) {
    Facts facts = report.facts();
    trace.taken(sums.number(), report, millis);
    sums.enter(time.atOr(report.receivedMillis()));
    came(report);
    sums.tally().add(Measure.LATE, 1);
    startUp(facts);
    once(report, facts.fatal());
    if (facts.fatal() || facts.state() == PlayerState.FAILED) {
      progress = progress.failedLate(!progress.shown());
    }
    totals(facts, false);
    settle();
  }

  /** Nothing more was heard. */
  void timeout() {
    close(Reason.TIMEOUT);
  }

  private ToldContent toldContent(ViewerReport report) {
    return cohorts.told(sums.cohort(), report.facts().content());
  }

  /** Ends the view and begins the next. */
  private void begin() {
    if (end == null) {
      close(Reason.CONTENT_CHANGED);
    }
    sums.next();
    time.next();
    playback = playback.forNextView();
    progress = Progress.NONE;
    told = told.forNextView();
    end = null;
  }

  /** Goes on to a moment, up to which the player did what it did. */
  private void advance(long millis) {
    Activity activity = Activity.of(playback, progress);
    long spent = time.advance(activity, playback, millis);
    if (activity == Activity.UNTOLD && spent > 0) {
      progress = progress.withHeld(progress.heldMillis() + spent);
    }
  }

  /** A player that does not tell when it plays has done so since its media began to move. */
  private void noticeMovement(Facts facts, long millis) {
    long played = playback.playedMillis(facts);
    if (played < 0) {
      return;
    }
    if (played > millis - time.atMillis() + POSITION_SLACK_MILLIS) {
      progress = progress.doubted(); // it jumped, and it is not known when
      return;
    }
    advance(Math.max(time.atMillis(), millis - played));
    sums.enter(time.atMillis());
    move(playback.playing());
    startUp(Facts.NONE);
  }

  private void place(ViewerReport report, Playback now) {
    Cohort cohort = sums.cohort();
    String content = now.ad() ? null : report.facts().content();
    boolean same = now.height() == playback.height() && now.bitrateKbps() == playback.bitrateKbps();
    String rendition = same ? cohort.rendition() : cohorts.rendition(now);
    sums.place(cohorts.after(cohort, content, rendition, report.attributes()));
  }

  private void came(ViewerReport report) {
    sums.tally().add(Measure.REPORTS, 1);
    sums.tally().add(Measure.EXPECTED_REPORTS, report.sequence() < 0 ? 0 : 1);
  }

  private void lose(long lost) {
    if (lost == 0) {
      return;
    }
    sums.tally().add(Measure.LOST, lost);
    sums.tally().add(Measure.EXPECTED_REPORTS, lost);
    told = told.withLost();
    progress = progress.doubted();
  }

  private boolean goesOn(Facts facts) {
    PlayerState state = facts.state();
    if (end == Reason.TIMEOUT) {
      return true;
    }
    return state != null && !facts.fatal() && !state.isFinal() && state != PlayerState.PRELOADING;
  }

  /** Goes from one playback to another. */
  private void move(Playback now) {
    new Transition(playback, now).count(progress, sums.tally());
    if (!now.equals(playback)) {
      progress = progress.after(playback, now, time.atMillis(), policy.seekSettleMillis());
      playback = now;
    }
    Activity activity = Activity.of(playback, progress);
    if (activity == Activity.STALLED && !progress.stallCounted()) {
      sums.tally().add(Measure.STALLS, 1);
      progress = progress.withStallCounted();
    }
    if (end == null && activity.hasViewer()) {
      sums.present();
    }
  }

  private void startUp(Facts facts) {
    progress = new StartUpTime(sums.tally()).read(facts, progress);
  }

  /**
   * Counts an error when it is told; a player may go on saying that it has failed.
   *
   * @return whether the report is the first to tell what happened once
   */
  private boolean once(ViewerReport report, boolean fails) {
    boolean isFirst = told.isFirst(report);
    if (isFirst) {
      told = told.counted(report);
      sums.tally().add(Measure.ERRORS, report.facts().errorCode() != null || fails ? 1 : 0);
    }
    return isFirst;
  }

  /** Reads a player that tells no states: it plays whenever it reports. */
  private void stateless(Facts facts, boolean isFirst) {
    if (!progress.stateTold()
        && !progress.stateless()
        && progress.heldMillis() >= policy.statelessMillis()) {
      long held = progress.heldMillis();
      progress = progress.withoutStates();
      time.know(Activity.of(playback, progress), playback, held);
      startUp(Facts.NONE);
    }
    if (progress.stateless() && isFirst && facts.starved() && told.stalls() < 0) {
      sums.tally().add(Measure.STALLS, 1);
    }
  }

  private void totals(Facts facts, boolean inOrder) {
    Activity activity = Activity.of(playback, progress);
    told = new TotalsCheck(sums.tally(), progress, told, inOrder).read(facts, activity);
  }

  private void settle() {
    new Outcome(progress, end != null, playback.background()).settle(sums.tally());
  }

  private void close(Reason reason) {
    end = reason;
    settle();
    if (progress.asked()) {
      sums.send(time.end(reason));
      trace.ended(sums.number(), reason, time.atMillis());
    }
  }
}
