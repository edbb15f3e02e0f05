package io.aircheck.experience.engine;

import io.aircheck.core.fold.Fold.Step;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionDelta;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionState;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A part of all sessions. Thread-safe: one thread works in it at a time. */
final class Shard {
  private final SessionFold fold;
  private final int mostSessions;
  private final Timers timers = new Timers();
  private long evicted;
  private final OpenViews open = new OpenViews();

  /** The longest silent first. */
  private final LinkedHashMap<String, Viewing> sessions = new LinkedHashMap<>();

  Shard(SessionFold fold, int mostSessions) {
    this.fold = fold;
    this.mostSessions = mostSessions;
  }

  /**
   * Takes reports of one session, each after the timers of the session that were due before it
   * came.
   *
   * @param reports at least one
   * @param knownMillis what they tell is told no earlier
   */
  synchronized void take(List<ViewerReport> reports, long knownMillis, List<Told> news) {
    String session = reports.getFirst().session();
    Viewing viewing = sessions.get(session);
    if (viewing == null) {
      viewing = new Viewing(fold.slot(session));
    }
    sessions.putLast(session, viewing);
    SessionState state = viewing.slot.state();
    for (ViewerReport report : reports) {
      long receivedMillis = report.receivedMillis();
      long toldMillis = Math.max(receivedMillis, knownMillis);
      state = run(viewing, state, receivedMillis, toldMillis, news);
      viewing.late(knownMillis == Long.MIN_VALUE ? 0 : knownMillis - receivedMillis);
      state = step(viewing, state, fold.apply(state, report), toldMillis, news);
    }
    viewing.slot.keep(state);
    timers.queue(viewing);
    if (sessions.size() > mostSessions) {
      evict(news);
    }
  }

  /** Time has passed. */
  synchronized void advance(long nowMillis, List<Told> news) {
    for (Viewing viewing : timers.over(nowMillis)) {
      long dueMillis = nowMillis - viewing.patienceMillis();
      SessionState state = run(viewing, viewing.slot.state(), dueMillis, nowMillis, news);
      viewing.slot.keep(state);
      if (state.isEmpty()) {
        sessions.remove(state.session(), viewing);
      } else {
        timers.queue(viewing);
      }
    }
  }

  synchronized Optional<SessionState> session(String id) {
    Viewing viewing = sessions.get(id);
    return viewing == null ? Optional.empty() : Optional.of(viewing.slot.state());
  }

  /** Tells all sessions that are remembered; whoever is told must not wait. */
  synchronized void forEach(Consumer<SessionState> listener) {
    sessions.values().forEach(viewing -> listener.accept(viewing.slot.state()));
  }

  /** Forgets a session; whether there was one. */
  synchronized boolean erase(String id) {
    Viewing viewing = sessions.remove(id);
    if (viewing == null) {
      return false;
    }
    drop(viewing);
    return true;
  }

  synchronized int sessions() {
    return sessions.size();
  }

  /** Sessions in which somebody watches, or is about to, as far as is known. */
  synchronized int open() {
    return open.count();
  }

  /** Adds how many of them each content has. */
  synchronized void addOpenTo(Map<String, Long> byContent) {
    open.addTo(byContent);
  }

  /** Sessions that were forgotten for want of room before they were over. */
  synchronized long evicted() {
    return evicted;
  }

  /** Ends the session that was silent the longest, as if nothing more came of it. */
  private void evict(List<Told> news) {
    Iterator<Viewing> all = sessions.values().iterator();
    Viewing eldest = all.next();
    all.remove();
    SessionState state = eldest.slot.state();
    evicted += state.isOpen() ? 1 : 0;
    eldest.slot.keep(run(eldest, state, Viewing.NEVER - 1, Long.MIN_VALUE, news));
    drop(eldest);
  }

  /**
   * Runs the timers of a session that are due, each at its time, however late it is. What they tell
   * is told when they would have run had nobody asked, or now if that is earlier.
   *
   * @param dueMillis timers up to then
   * @param nowMillis so late is it
   * @return the state after them
   */
  private SessionState run(
      Viewing viewing, SessionState before, long dueMillis, long nowMillis, List<Told> news) {
    SessionState state = before;
    while (viewing.timerMillis <= dueMillis) {
      long due = viewing.timerMillis;
      long told = Math.max(due, Math.min(viewing.runsMillis(), nowMillis));
      state = step(viewing, state, fold.onTimer(state, due), told, news);
    }
    return state;
  }

  private SessionState step(
      Viewing viewing,
      SessionState before,
      Step<SessionState, SessionDelta> step,
      long atMillis,
      List<Told> news) {
    open.changed(before, step.state());
    viewing.timerMillis = step.timerMillis().orElse(Viewing.NEVER);
    List<SessionDelta> outputs = step.outputs();
    // A report that is late sets a timer for a time that is over. It tells nothing before it ran,
    // and no two steps of a session tell at one time: so what they tell can be told apart.
    long toldMillis = Math.max(atMillis, viewing.steppedMillis + (outputs.isEmpty() ? 0 : 1));
    viewing.steppedMillis = toldMillis;
    outputs.forEach(delta -> news.add(new Told(toldMillis, delta)));
    return step.state();
  }

  /** It waits for nothing any more, also where it is queued. */
  private void drop(Viewing viewing) {
    open.gone(viewing.slot.state());
    viewing.timerMillis = Viewing.NEVER;
    viewing.queuedSecond = Viewing.NEVER;
  }
}
