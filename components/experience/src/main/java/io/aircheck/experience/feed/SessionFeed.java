package io.aircheck.experience.feed;

import io.aircheck.experience.engine.AudienceListener;
import io.aircheck.experience.engine.Told;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is new of sessions, in the order in which it was told, until it has arrived elsewhere. What
 * waits is bounded: then the oldest goes, and is counted. A process that starts reads reports again
 * from {@link #position} on, and is told the same. Thread-safe; whoever tells it waits for nobody.
 */
public final class SessionFeed implements AudienceListener {
  /**
   * So much before the position reports are to be read again at least: a session that was silent
   * for less may go on, and has to be known then.
   */
  public static final long CONTEXT_MILLIS = 31 * 60_000;

  /**
   * A report may be told so long after it came, if the disk was slow: so much before the position
   * is told twice rather than not at all.
   */
  private static final long MARGIN_MILLIS = 30_000;

  private final boolean endsOnly;
  private final int mostWaiting;
  private final long sinceMillis;
  private final ArrayDeque<SessionNews> waiting = new ArrayDeque<>();
  private List<SessionNews> taken = List.of();
  private long advancedMillis;
  private long dropped;

  /**
   * Goes on at a place.
   *
   * @param endsOnly whether only ends of views are told
   * @param mostWaiting how many wait at most
   * @param sinceMillis what was told before has arrived
   */
  public SessionFeed(boolean endsOnly, int mostWaiting, long sinceMillis) {
    this.endsOnly = endsOnly;
    this.mostWaiting = mostWaiting;
    this.sinceMillis = sinceMillis;
    this.advancedMillis = sinceMillis;
  }

  @Override
  public synchronized void told(List<Told> news) {
    Told before = null;
    int number = 0;
    for (Told told : news) {
      number = before != null && isSameStep(before, told) ? number + 1 : 0;
      before = told;
      if (told.atMillis() >= sinceMillis && (!endsOnly || told.delta().end() != null)) {
        waiting.add(new SessionNews(told, number));
      }
    }
    while (waiting.size() > mostWaiting) {
      waiting.remove();
      dropped++;
    }
  }

  /** Whether they are of one step; what a step tells is told together. */
  private static boolean isSameStep(Told one, Told other) {
    return one.atMillis() == other.atMillis()
        && one.delta().session().equals(other.delta().session());
  }

  @Override
  public synchronized void advanced(long millis) {
    advancedMillis = Math.max(advancedMillis, millis);
  }

  /**
   * Takes what comes next; until it is {@linkplain #passed passed}, that is the same.
   *
   * @param most at least 1
   * @return empty: nothing waits
   */
  public synchronized List<SessionNews> take(int most) {
    if (taken.isEmpty()) {
      List<SessionNews> next = new ArrayList<>();
      while (next.size() < most && !waiting.isEmpty()) {
        next.add(waiting.remove());
      }
      taken = List.copyOf(next);
    }
    return taken;
  }

  /** What was taken has arrived, or never will. */
  public synchronized void passed() {
    taken = List.of();
  }

  /** Forgets what waits of a session; whether there was anything. */
  public synchronized boolean erase(String session) {
    List<SessionNews> kept =
        taken.stream().filter(news -> !news.told().delta().session().equals(session)).toList();
    boolean found = kept.size() < taken.size();
    taken = kept;
    return waiting.removeIf(news -> news.told().delta().session().equals(session)) || found;
  }

  /** From when on reports are to be read again, so that nothing is missing. */
  public synchronized long position() {
    long oldest = oldestMillis();
    return Math.max(sinceMillis, Math.min(oldest, advancedMillis) - MARGIN_MILLIS);
  }

  /** How many wait. */
  public synchronized int waiting() {
    return taken.size() + waiting.size();
  }

  /** How many went because too many waited. */
  public synchronized long dropped() {
    return dropped;
  }

  /** How far it is behind, milliseconds; 0: nothing waits. */
  public synchronized long lagMillis() {
    return Math.max(0, advancedMillis - Math.min(advancedMillis, oldestMillis()));
  }

  private long oldestMillis() {
    return Stream.concat(taken.stream(), waiting.stream())
        .mapToLong(news -> news.told().atMillis())
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
