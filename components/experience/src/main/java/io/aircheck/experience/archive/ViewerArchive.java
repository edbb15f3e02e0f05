package io.aircheck.experience.archive;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.fact.FactLayout.Kind;
import io.aircheck.core.fact.FactLine;
import io.aircheck.core.fact.FactQuestion;
import io.aircheck.core.fact.FactTable;
import io.aircheck.core.store.StoreException;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.RecentCube;
import io.aircheck.experience.engine.AudienceListener;
import io.aircheck.experience.engine.Told;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Archives viewers: sums of each view by hours, and those of the cube by minutes. Has no clock of
 * its own. Thread-safe.
 *
 * <p>An hour is committed some minutes after its end, as a whole. Until then it is nowhere but here
 * and in the reports: a process that starts reads them again from {@link #sinceMillis} on, and
 * comes to the same. So every report is in the archive once, whatever ended the process before.
 *
 * <p>When it cannot write for so long that there is no more room for what waits, it stops for good
 * rather than to lose some of it, and says so; the next process makes up for it, as long as the
 * reports are kept.
 */
public final class ViewerArchive implements AudienceListener {
  /** So many times as much as is usual may wait to be written. */
  private static final int PATIENCE = 2;

  /** Late cells are written when a part of the room for them is taken. */
  private static final int LATE_ROOM = 4;

  /** Answers lack at most what was told in so much time. */
  private static final long FRESH_MILLIS = 30_000;

  /**
   * A session that was silent for less may go on, and has to be known then: the longest that the
   * rules of sessions allow, and some more.
   */
  static final long CONTEXT_MILLIS = 31 * ArchivePolicy.MINUTE_MILLIS;

  private final FactTable sessions;
  private final FactTable minutes;
  private final RecentCube cube;
  private final ArchivePolicy policy;
  private final MinuteFacts minuteFacts;
  private final ViewHours views;
  private final LateMinutes late;
  private final long sinceMillis;

  /** Guards what follows, and is held while something is written. */
  private final Object writing = new Object();

  private final Staging waitingViews;
  private final Staging waitingMinutes;
  private volatile long nextMinute;
  private long tendedMillis;
  private long stagedMillis;
  private long committed = FactTable.NOTHING;

  private volatile long rolledMillis;
  private volatile boolean stopped;
  private volatile @Nullable String problem;

  /**
   * An archive that goes on where the tables end.
   *
   * @param sessions of the layout {@link SessionFacts#LAYOUT}
   * @param minutes of the layout {@link MinuteFacts#LAYOUT}
   * @param spec of the cube
   * @param completeMillis since when everything is known at the latest, once reports are read again
   *     as far as there are any
   * @throws StoreException when a table that is new cannot be written to
   */
  public ViewerArchive(
      FactTable sessions,
      FactTable minutes,
      RecentCube cube,
      CubeSpec spec,
      ArchivePolicy policy,
      long completeMillis) {
    this.sessions = sessions;
    this.minutes = minutes;
    this.cube = cube;
    this.policy = policy;
    this.minuteFacts = new MinuteFacts(spec);
    this.waitingViews = new Staging(sessions);
    this.waitingMinutes = new Staging(minutes);
    long firstViews = first(sessions, completeMillis);
    this.nextMinute = first(minutes, completeMillis);
    this.rolledMillis = nextMinute;
    this.views = new ViewHours(policy, firstViews);
    this.late = new LateMinutes(policy, spec, nextMinute);
    this.sinceMillis = Math.min(firstViews, nextMinute) - CONTEXT_MILLIS;
  }

  /** The first hour that is not in a table. One that is new begins with the first whole one. */
  private static long first(FactTable table, long completeMillis) {
    if (table.committed() == FactTable.NOTHING) {
      table.commit(ArchivePolicy.hourOf(completeMillis - 1));
    }
    return table.committed() + ArchivePolicy.HOUR_MILLIS;
  }

  /** From when on reports are to be read again, at the latest. */
  public long sinceMillis() {
    return sinceMillis;
  }

  @Override
  public void told(List<Told> news) {
    if (!stopped) {
      views.add(news);
      long next = nextMinute;
      news.forEach(one -> late.add(one, next));
    }
  }

  /**
   * Writes what is due. To be called every few seconds, and while reports are read again as these
   * go on; may take its time.
   *
   * @param millis everything that reports and timers before it have to tell has been told
   */
  public void tend(long millis) {
    synchronized (writing) {
      if (stopped) {
        return;
      }
      tendedMillis = millis;
      roll(millis);
      try {
        long due = policy.dueHour(millis);
        if (due > committed) {
          stage();
          commit(due);
        } else if (views.size() >= policy.mostViews()
            || late.size() >= policy.mostLate() / LATE_ROOM
            || millis - stagedMillis >= policy.stageMillis()) {
          stage();
        }
        problem = null;
      } catch (StoreException e) {
        String what = "viewers are not archived: " + e.getMessage();
        problem = what;
        if (isFull()) {
          stopped = true;
          views.drain();
          problem = what + "; nothing more is, until a start of the service reads what it has";
        }
      }
    }
  }

  private void commit(long due) {
    sessions.commit(due);
    minutes.commit(due);
    committed = due;
    long end = due + ArchivePolicy.HOUR_MILLIS;
    sessions.removeBefore(end - policy.keepSessionsMillis());
    minutes.removeBefore(end - policy.keepMinutesMillis());
  }

  /** Takes the minutes of the cube that are complete; what comes later is late. */
  private void roll(long millis) {
    while (policy.minuteDue(nextMinute) <= millis) {
      cube.still(this::take);
    }
  }

  private void take() {
    long minute = nextMinute;
    List<Fact> facts = minuteFacts.of(cube, minute);
    if (!facts.isEmpty()) {
      waitingMinutes.add(Map.of(ArchivePolicy.hourOf(minute), facts));
    }
    late.taken(minute, minuteFacts.known(cube, minute));
    nextMinute = minute + ArchivePolicy.MINUTE_MILLIS;
  }

  private void stage() {
    waitingViews.stage(); // what was not taken before is not made more
    waitingViews.add(views.drain());
    waitingViews.stage();
    waitingMinutes.add(late.drain(this::archivedWindows));
    waitingMinutes.stage();
    rolledMillis = nextMinute;
    stagedMillis = tendedMillis;
  }

  /** Of how many windows of some minutes anything is in the table. */
  private Map<Long, Integer> archivedWindows(Set<Long> asked) {
    TreeSet<Long> minutesAsked = new TreeSet<>(asked);
    FactQuestion question =
        new FactQuestion(
            minutesAsked.first(),
            minutesAsked.last() + ArchivePolicy.MINUTE_MILLIS,
            ArchivePolicy.MINUTE_MILLIS,
            Map.of(MinuteFacts.GROUPING, MinuteFacts.WHOLE),
            List.of(),
            List.of(MinuteFacts.WINDOWS),
            List.of());
    Map<Long, Integer> windows = new HashMap<>();
    for (FactLine line : minutes.ask(question)) {
      windows.put(line.stepMillis(), line.sums().getFirst().intValue());
    }
    return windows;
  }

  private boolean isFull() {
    int waiting = views.size() + waitingViews.size() + late.size() + waitingMinutes.size();
    return waiting > PATIENCE * policy.mostViews();
  }

  /** Makes what was told lately part of answers, if it can be written. */
  void settle() {
    synchronized (writing) {
      if (!stopped && tendedMillis - stagedMillis >= FRESH_MILLIS) {
        try {
          stage();
        } catch (StoreException e) {
          // It waits, and whoever tends the archive says so.
        }
      }
    }
  }

  /**
   * Erases a session.
   *
   * @return whether there was anything
   * @throws StoreException when that is not possible; it is to be tried again then
   */
  public boolean erase(String session) {
    long hash = SessionHash.of(session);
    boolean found = views.erase(session);
    synchronized (writing) {
      found |=
          waitingViews.erase(SessionFacts.LAYOUT.indexOf(SessionFacts.SESSION, Kind.NUMBER), hash);
      found |= sessions.erase(SessionFacts.SESSION, hash);
    }
    return found;
  }

  /**
   * Archives nothing more: it would lack something. The next process makes up for it.
   *
   * @param why in a few words
   */
  public void giveUp(String why) {
    stopped = true;
    views.drain();
    problem = "viewers are not archived: " + why;
  }

  /** What was told before this is in the tables; empty: that is not known yet. */
  OptionalLong freshMillis() {
    synchronized (writing) {
      return stagedMillis > 0 ? OptionalLong.of(stagedMillis) : OptionalLong.empty();
    }
  }

  /** Up to when minutes are in their table. */
  long rolledMillis() {
    return rolledMillis;
  }

  /** What is wrong; empty: nothing. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Bytes of all files. */
  public long bytes() {
    return sessions.bytes() + minutes.bytes();
  }
}
