package io.aircheck.experience.intake;

import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ViewerReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Takes reports of any number of sessions. Remembers a bounded number of them: those that were
 * silent the longest are forgotten first. Thread-safe; reports of a session that come at the same
 * time on several threads are taken one body after the other.
 */
public final class Intake {
  private static final int SHARDS = 64;

  private final Shard[] shards = new Shard[SHARDS];
  private final IntakeCounters counters;
  private final Supplier<SessionCorrection> corrections;
  private final int mostPerShard;
  private final long idleMillis;

  /**
   * An intake.
   *
   * @param corrections makes one for every session
   * @param counters of what was taken and what was not
   * @param mostSessions how many sessions are remembered
   * @param idleMillis after which silence a session is forgotten; it must be longer than any player
   *     retries
   */
  public Intake(
      Supplier<SessionCorrection> corrections,
      IntakeCounters counters,
      int mostSessions,
      long idleMillis) {
    this.corrections = corrections;
    this.counters = counters;
    this.mostPerShard = Math.max(1, mostSessions / SHARDS);
    this.idleMillis = idleMillis;
    for (int i = 0; i < SHARDS; i++) {
      shards[i] = new Shard();
    }
  }

  /** Takes the reports of a body; those that are new come back, mended. */
  public List<ViewerReport> take(List<ViewerReport> reports) {
    if (reports.isEmpty()) {
      return reports;
    }
    String session = reports.getFirst().session();
    for (ViewerReport report : reports) {
      if (!report.session().equals(session)) {
        return takeSeveral(reports);
      }
    }
    return takeOne(session, reports);
  }

  /** How many sessions are remembered. */
  public int sessions() {
    int sessions = 0;
    for (Shard shard : shards) {
      synchronized (shard) {
        sessions += shard.sessions.size();
      }
    }
    return sessions;
  }

  /** Forgets a session, as its viewer may demand; whether there was one. */
  public boolean forget(String session) {
    Shard shard = shard(session);
    synchronized (shard) {
      return shard.sessions.remove(session) != null;
    }
  }

  private List<ViewerReport> takeSeveral(List<ViewerReport> reports) {
    Map<String, List<ViewerReport>> bySession = new LinkedHashMap<>();
    for (ViewerReport report : reports) {
      bySession.computeIfAbsent(report.session(), name -> new ArrayList<>()).add(report);
    }
    List<ViewerReport> taken = new ArrayList<>(reports.size());
    bySession.forEach((session, own) -> taken.addAll(takeOne(session, own)));
    return taken;
  }

  private List<ViewerReport> takeOne(String session, List<ViewerReport> reports) {
    Shard shard = shard(session);
    List<ViewerReport> taken;
    synchronized (shard) {
      shard.forgetIdle(reports.getLast().receivedMillis() - idleMillis, mostPerShard - 1);
      SessionIntake intake = shard.sessions.get(session);
      if (intake == null) {
        intake = new SessionIntake(corrections.get());
        shard.sessions.put(session, intake);
      }
      long lostBefore = intake.lost();
      taken = intake.take(reports);
      counters.lost(intake.lost() - lostBefore);
    }
    counters.taken(taken.size());
    counters.rejected(Rejection.DUPLICATE, reports.size() - taken.size());
    return taken;
  }

  private Shard shard(String session) {
    int hash = session.hashCode() * 0x9E3779B9;
    return shards[hash >>> 32 - Integer.numberOfTrailingZeros(SHARDS)];
  }

  /** Sessions in the order of their last report. */
  private static final class Shard {
    private final LinkedHashMap<String, SessionIntake> sessions =
        new LinkedHashMap<>(16, 0.75f, true);

    /** Forgets what was silent since a time, and more until at most so many are left. */
    void forgetIdle(long sinceMillis, int most) {
      var eldest = sessions.entrySet().iterator();
      while (eldest.hasNext()) {
        SessionIntake session = eldest.next().getValue();
        if (session.lastReceivedMillis() >= sinceMillis && sessions.size() <= most) {
          return;
        }
        eldest.remove();
      }
    }
  }
}
