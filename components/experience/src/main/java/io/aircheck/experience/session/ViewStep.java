package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import io.aircheck.experience.session.Progress.StartUp;
import io.aircheck.experience.session.SessionEnd.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of the present view of a session: takes its reports in, in the order of events, and
 * collects the deltas. Time is counted when a report confirms it: between two reports the player
 * did what the first of them said.
 */
final class ViewStep {
  private static final long MOST_STARTUP_MILLIS = 600_000;

  /** Places in the media are told with so little precision, and by a clock of their own. */
  private static final long POSITION_SLACK_MILLIS = 1_000;

  private final SessionPolicy policy;
  private final Cohorts cohorts;
  private final SessionTrace trace;
  private final String session;
  private final List<SessionDelta> deltas = new ArrayList<>(2);

  private int number;
  private long startedMillis;
  private long startedClientMillis;
  private long atMillis;
  private Playback playback;
  private Progress progress;
  private Cohort cohort;
  private Tally tally;
  private long unsentWindow;
  private long presentWindow;
  private @Nullable Reason end;
  private Told told;

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
    this.session = session;
    this.told = told;
    number = view.number();
    startedMillis = view.startedMillis();
    startedClientMillis = view.startedClientMillis();
    atMillis = view.atMillis();
    playback = view.playback();
    progress = view.progress();
    cohort = view.cohort();
    tally = new Tally(view.totals(), view.unsent());
    unsentWindow = view.unsentWindow();
    presentWindow = view.presentWindow();
    end = view.end();
  }

  View view() {
    return new View(
        number,
        startedMillis,
        startedClientMillis,
        atMillis,
        playback,
        progress,
        cohort,
        tally.totals(),
        tally.unsent(),
        unsentWindow,
        presentWindow,
        end);
  }

  Told told() {
    return told;
  }

  List<SessionDelta> deltas() {
    return deltas;
  }

  long atMillis() {
    return atMillis;
  }

  @Nullable Reason end() {
    return end;
  }

  /** Less delay was seen than before: all moments so far were a little earlier. */
  void shift(long millis) {
    if (atMillis != View.NEVER) {
      atMillis += millis;
    }
    if (startedMillis != View.NEVER) {
      startedMillis += millis;
    }
    progress = progress.shifted(millis);
    trace.shifted(millis);
  }

  /** Counts something where the view stands, or at a moment if it has not begun. */
  void count(Measure measure, long amount, long millis) {
    enterAt(millis);
    tally.add(measure, amount);
  }

  private void enterAt(long millis) {
    enter(policy.windowOf(atMillis == View.NEVER ? millis : atMillis));
  }

  /** A report that was taken for lost has come. */
  void found(long millis) {
    count(Measure.LOST, -1, millis);
    tally.add(Measure.EXPECTED_REPORTS, -1);
  }

  /**
   * Takes in the next report.
   *
   * @param millis its moment
   * @param lost how many reports before it never came
   */
  void take(ViewerReport told, long millis, long lost) {
    ViewerReport report =
        AdPlayer.ofView(
            told, playback.after(told.facts(), progress.shown()), isOther(told.facts()));
    Facts facts = report.facts();
    if (isOther(facts, playback.after(facts, progress.shown()))) {
      advance(millis);
      begin();
    } else {
      noticeMovement(facts, millis);
      advance(millis);
    }
    Playback next = playback.after(facts, progress.shown());
    trace.taken(number, report, millis);
    if (startedMillis == View.NEVER) {
      startedMillis = atMillis;
      startedClientMillis = report.eventMillis();
    }
    enter(policy.windowOf(atMillis));
    place(report, next);
    came(report);
    lose(lost);
    if (end != null && goesOn(facts)) {
      end = null;
    }
    boolean fails = facts.fatal() && playback.state() != PlayerState.FAILED;
    move(next);
    startup(facts);
    boolean once = once(report);
    errors(facts, fails, once);
    stateless(facts, once);
    totals(facts, true);
    settle();
    PlayerState state = playback.state();
    if (end == null && state != null && state.isFinal()) {
      close(reason(state));
    }
  }

  /**
   * Takes of a report that came too late what does not depend on its place.
   *
   * @param millis its moment
   */
  void takeLate(ViewerReport report, long millis) {
    Facts facts = report.facts();
    trace.taken(number, report, millis);
    enterAt(report.receivedMillis());
    came(report);
    tally.add(Measure.LATE, 1);
    startup(facts);
    errors(facts, facts.fatal(), once(report));
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

  /** When what is unsent is to be told. */
  long dueMillis() {
    return tally.unsent().isZero()
        ? Long.MAX_VALUE
        : unsentWindow + policy.windowMillis() + policy.reorderMillis();
  }

  /** Tells what is unsent. */
  void send() {
    Measures unsent = tally.unsent();
    if (!unsent.isZero()) {
      deltas.add(new SessionDelta(session, number, unsentWindow, cohort, unsent, null));
    }
    tally.sent();
  }

  private void enter(long window) {
    if (window != unsentWindow) {
      send();
      unsentWindow = window;
    }
  }

  /** Counts the time up to a moment as what the player did since the last report. */
  private void advance(long millis) {
    if (atMillis == View.NEVER) {
      atMillis = millis;
    }
    Activity activity = Activity.of(playback, progress);
    if (millis - atMillis > policy.timeoutMillis()) {
      if (activity != Activity.NONE) {
        enter(policy.windowOf(millis));
        tally.add(Measure.GAP_MILLIS, millis - atMillis);
        trace.silent(number, atMillis, millis);
      }
      atMillis = millis;
    }
    spend(activity, atMillis, millis);
    atMillis = Math.max(atMillis, millis);
  }

  /** Counts time in each window that it is in. */
  private void spend(Activity activity, long fromMillis, long toMillis) {
    if (fromMillis < toMillis && activity.measure() != null) {
      trace.spent(number, activity, fromMillis, toMillis);
    }
    long at = fromMillis;
    while (at < toMillis) {
      long window = policy.windowOf(at);
      long until = Math.min(toMillis, window + policy.windowMillis());
      spendIn(window, activity, until - at);
      at = until;
    }
  }

  private void spendIn(long window, Activity activity, long millis) {
    if (activity == Activity.UNTOLD) {
      progress = progress.withHeld(progress.heldMillis() + millis);
    }
    Measure measure = activity.measure();
    if (measure == null) {
      return;
    }
    enter(window);
    tally.add(measure, millis);
    if (activity.isWatched()) {
      tally.add(Measure.WATCHED_MILLIS, millis);
    }
    if (activity == Activity.PLAYING) {
      if (playback.background()) {
        tally.add(Measure.BACKGROUND_MILLIS, millis);
      }
      show(millis);
    }
    present(activity);
  }

  /** So much playing time showed media. */
  private void show(long millis) {
    long played = tally.get(Measure.PLAYING_MILLIS);
    long media = part(played - millis, played, playback.ratePermille(), 1000);
    long shown = tally.get(Measure.MEDIA_MILLIS);
    int bitrate = playback.bitrateKbps();
    int top = playback.topBitrateKbps();
    tally.add(Measure.MEDIA_MILLIS, media);
    if (bitrate > 0) {
      tally.add(Measure.BITRATE_MILLIS, media);
      tally.add(Measure.BITS, media * bitrate);
      if (top > 0) {
        tally.add(Measure.LADDER_MILLIS, media);
        tally.add(Measure.QUALITY_MILLIS, part(shown, shown + media, Math.min(bitrate, top), top));
      }
    }
    if (playback.latencyMillis() >= 0) {
      tally.add(Measure.LATENCY_MILLIS, millis);
      tally.add(Measure.LATENCY_AREA, millis * playback.latencyMillis());
    }
  }

  /**
   * A share of what lies between two places, rounded so that the parts of stretches add up to that
   * of the whole: by window alone, each would lose up to a millisecond.
   */
  private static long part(long from, long to, long over, long under) {
    return Math.floorDiv(to * over, under) - Math.floorDiv(from * over, under);
  }

  private void present(Activity activity) {
    if (activity.hasViewer() && unsentWindow > presentWindow) {
      tally.add(Measure.VIEWERS, 1);
      presentWindow = unsentWindow;
    }
  }

  /**
   * A player that was asked to play, and does not tell when it does, has played for as long as what
   * it has gone through since its last report takes.
   */
  private void noticeMovement(Facts facts, long millis) {
    Long position = facts.positionMillis();
    PlayerState state = facts.state();
    boolean jumps = state == PlayerState.SEEKING || state == PlayerState.ASKED;
    if (playback.state() != PlayerState.ASKED
        || playback.ad()
        || jumps
        || position == null
        || playback.positionMillis() < 0
        || position <= playback.positionMillis()) {
      return;
    }
    long took =
        (position - playback.positionMillis()) * 1000 / Math.max(1, playback.ratePermille());
    if (took > millis - atMillis + POSITION_SLACK_MILLIS) {
      doubtStartUp(); // it jumped, and it is not known when
      return;
    }
    advance(Math.max(atMillis, millis - took));
    enter(policy.windowOf(atMillis));
    move(playback.playing());
    startup(Facts.NONE);
  }

  /** Whether a report is of other content. That of an advertisement is not. */
  private boolean isOther(Facts facts, Playback next) {
    return !next.ad() && isOther(facts);
  }

  private boolean isOther(Facts facts) {
    String content = facts.content();
    return content != null
        && !content.isEmpty()
        && !cohort.content().isEmpty()
        && !cohorts.text(content).equals(cohort.content());
  }

  /** Ends the view and begins the next. */
  private void begin() {
    if (end == null) {
      close(Reason.CONTENT_CHANGED);
    }
    send();
    number++;
    startedMillis = View.NEVER;
    playback = playback.forNextView();
    progress = Progress.NONE;
    tally = new Tally(Measures.ZERO, Measures.ZERO);
    told = told.forNextView();
    end = null;
  }

  private void place(ViewerReport report, Playback next) {
    String content = next.ad() ? null : report.facts().content();
    boolean same =
        next.height() == playback.height() && next.bitrateKbps() == playback.bitrateKbps();
    String rendition = same ? cohort.rendition() : cohorts.rendition(next);
    Cohort now = cohorts.after(cohort, content, rendition, report.attributes());
    if (!now.equals(cohort)) {
      send();
      cohort = now;
    }
  }

  private void came(ViewerReport report) {
    tally.add(Measure.REPORTS, 1);
    tally.add(Measure.EXPECTED_REPORTS, report.sequence() < 0 ? 0 : 1);
  }

  private void lose(long lost) {
    if (lost == 0) {
      return;
    }
    tally.add(Measure.LOST, lost);
    tally.add(Measure.EXPECTED_REPORTS, lost);
    told = told.withLost();
    doubtStartUp();
  }

  private void doubtStartUp() {
    if (progress.startUp() == StartUp.SEEN) {
      progress = progress.withStartUp(StartUp.DOUBTFUL);
    }
  }

  private boolean goesOn(Facts facts) {
    PlayerState state = facts.state();
    if (end == Reason.TIMEOUT) {
      return true;
    }
    return state != null && !facts.fatal() && !state.isFinal() && state != PlayerState.PRELOADING;
  }

  private void move(Playback next) {
    if (progress.shown()) {
      if (next.state() == PlayerState.SEEKING && playback.state() != PlayerState.SEEKING) {
        tally.add(Measure.SEEKS, 1);
      }
      if (playback.bitrateKbps() > 0 && next.bitrateKbps() != playback.bitrateKbps()) {
        boolean up = next.bitrateKbps() > playback.bitrateKbps();
        tally.add(up ? Measure.SWITCHES_UP : Measure.SWITCHES_DOWN, 1);
      }
    }
    if (!next.equals(playback)) {
      progress = progress.after(playback, next, atMillis, policy.seekSettleMillis());
      playback = next;
    }
    Activity activity = Activity.of(playback, progress);
    if (activity == Activity.STALLED && !progress.stallCounted()) {
      tally.add(Measure.STALLS, 1);
      progress = progress.withStallCounted();
    }
    if (end == null) {
      present(activity);
    }
  }

  /** The time to the first picture, by the reports if none is missing, else by the player. */
  private void startup(Facts facts) {
    Long millis = facts.startupMillis();
    if (millis != null && millis >= 0 && millis <= MOST_STARTUP_MILLIS) {
      progress = progress.withStartupTold(millis.intValue());
    }
    if (!progress.shown() || progress.startUp() == StartUp.KNOWN) {
      return;
    }
    long known =
        progress.startUp() == StartUp.SEEN
            ? tally.get(Measure.STARTING_MILLIS)
            : progress.startupToldMillis();
    if (known >= 0) {
      tally.add(Measure.STARTUPS, 1);
      tally.add(Measure.STARTUP_MILLIS, known);
      progress = progress.withStartUp(StartUp.KNOWN);
    }
  }

  /**
   * Whether what happens once in a report is to be counted. Reports without numbers may come twice;
   * then only later ones than before count.
   */
  private boolean once(ViewerReport report) {
    Facts facts = report.facts();
    boolean happened = facts.errorCode() != null || facts.fatal() || facts.starved();
    if (!happened || report.sequence() >= 0) {
      return happened;
    }
    boolean isNew = report.eventMillis() > told.onceMillis();
    if (isNew) {
      told = told.withOnce(report.eventMillis());
    }
    return isNew;
  }

  /** Counts an error when it is told; a player may go on saying that it has failed. */
  private void errors(Facts facts, boolean fails, boolean once) {
    if (once && (facts.errorCode() != null || fails)) {
      tally.add(Measure.ERRORS, 1);
    }
  }

  /** Reads a player that tells no states: it plays whenever it reports. */
  private void stateless(Facts facts, boolean once) {
    if (!progress.stateTold()
        && !progress.stateless()
        && progress.heldMillis() >= policy.statelessMillis()) {
      long held = progress.heldMillis();
      progress = progress.withoutStates();
      spend(Activity.of(playback, progress), atMillis - held, atMillis);
      enter(policy.windowOf(atMillis));
      startup(Facts.NONE);
    }
    if (progress.stateless() && once && facts.starved() && told.stalls() < 0) {
      tally.add(Measure.STALLS, 1);
    }
  }

  private void totals(Facts facts, boolean inOrder) {
    Activity activity = Activity.of(playback, progress);
    told = new TotalsCheck(tally, progress, told, inOrder).read(facts, activity);
  }

  /** Makes the counts of what became of the view agree with how far it got. */
  private void settle() {
    boolean over = end != null && progress.asked();
    boolean failed = progress.failedToStart() || progress.failedToPlay();
    boolean left = over && !progress.pictured() && !progress.failedToStart() && wasSeenWaiting();
    tally.set(Measure.VIEWS, progress.asked() ? 1 : 0);
    tally.set(Measure.PLAYS, progress.shown() ? 1 : 0);
    tally.set(Measure.EXITS_BEFORE_START, left ? 1 : 0);
    tally.set(Measure.START_FAILURES, progress.failedToStart() && !progress.shown() ? 1 : 0);
    tally.set(Measure.PLAYBACK_FAILURES, progress.failedToPlay() ? 1 : 0);
    tally.set(Measure.FAILED_VIEWS, failed ? 1 : 0);
    tally.set(Measure.ENDED, over ? 1 : 0);
  }

  /** Whether anybody saw a view that showed nothing; nobody leaves what he never looked at. */
  private boolean wasSeenWaiting() {
    return tally.get(Measure.STARTING_MILLIS) > 0 || !playback.background();
  }

  private void close(Reason reason) {
    end = reason;
    settle();
    if (progress.asked()) {
      SessionEnd ended =
          new SessionEnd(reason, startedMillis, startedClientMillis, atMillis, tally.totals());
      deltas.add(new SessionDelta(session, number, unsentWindow, cohort, tally.unsent(), ended));
      tally.sent();
      trace.ended(number, reason, atMillis);
    }
  }

  private static Reason reason(PlayerState state) {
    return switch (state) {
      case ENDED -> Reason.ENDED;
      case FAILED -> Reason.FAILED;
      default -> Reason.QUIT;
    };
  }
}
