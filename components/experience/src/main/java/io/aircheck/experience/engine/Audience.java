package io.aircheck.experience.engine;

import io.aircheck.experience.cube.Cube;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.RecentCube;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * All viewers: their sessions, and the cube of the latest windows. Has no clock of its own, so the
 * same reports lead to the same state however fast they come: a session's timers run at their
 * times, before its next report, and {@link #advance} runs those of sessions that are silent.
 * Thread-safe; sessions are spread over parts in which threads do not wait for each other.
 */
public final class Audience implements RecentCube {
  private static final int SHARDS = 64;

  private final Shard[] shards = new Shard[SHARDS];
  private final CubeSpec spec;
  private final Cube cube;
  private final NewsInbox inbox;
  private final AudienceListener listener;

  private volatile long advancedMillis = Long.MIN_VALUE;

  /**
   * Nobody yet.
   *
   * @param mostSessions how many are remembered; the longest silent are ended when there are more
   */
  public Audience(SessionFold fold, CubeSpec spec, int mostSessions) {
    this(fold, spec, mostSessions, news -> {});
  }

  /**
   * Nobody yet.
   *
   * @param listener told what is new, before anybody who asks is answered and before {@link
   *     #advance} returns
   */
  public Audience(SessionFold fold, CubeSpec spec, int mostSessions, AudienceListener listener) {
    this.listener = listener;
    this.spec = spec;
    this.cube = new Cube(spec);
    this.inbox = new NewsInbox(cube, listener);
    for (int i = 0; i < SHARDS; i++) {
      shards[i] = new Shard(fold, Math.max(1, mostSessions / SHARDS));
    }
  }

  /** Takes reports, each when it was received. */
  public void take(List<ViewerReport> reports) {
    take(reports, Long.MIN_VALUE);
  }

  /**
   * Takes reports, those of a session in the order in which they came.
   *
   * @param knownMillis when they became known here: those of a request log were received earlier,
   *     and what they tell is news since now
   */
  public void take(List<ViewerReport> reports, long knownMillis) {
    List<Told> news = new ArrayList<>(2 * reports.size());
    int from = 0;
    while (from < reports.size()) {
      String session = reports.get(from).session();
      int to = from + 1;
      while (to < reports.size() && reports.get(to).session().equals(session)) {
        to++;
      }
      shard(session).take(reports.subList(from, to), knownMillis, news);
      from = to;
    }
    add(news);
  }

  /**
   * Everything that came before a time has been taken. Reports that came earlier are taken later
   * too, but may count as late.
   */
  public void advance(long nowMillis) {
    for (Shard shard : shards) {
      List<Told> news = new ArrayList<>();
      shard.advance(nowMillis, news);
      add(news);
    }
    inbox.empty();
    cube.tidy();
    advancedMillis = Math.max(advancedMillis, nowMillis);
    listener.advanced(nowMillis);
  }

  /**
   * Passes on what reports told: to the cube, and to the listener. {@link #advance} and whoever
   * asks do so too; to do it many times a second lets nobody wait for long.
   */
  public void passOn() {
    inbox.empty();
  }

  /** Up to when the timers of silent sessions have run; {@link Long#MIN_VALUE}: none have. */
  public long advancedMillis() {
    return advancedMillis;
  }

  @Override
  public Optional<CubeAnswer> ask(CubeQuery query) {
    inbox.empty();
    return cube.ask(query);
  }

  @Override
  public int windows(long fromMillis, long toMillis) {
    inbox.empty();
    return cube.windows(fromMillis, toMillis);
  }

  /**
   * From when on there are windows that can be asked for, as long as players reported.
   *
   * @param nowMillis the time now
   */
  public long oldestMillis(long nowMillis) {
    return Math.max(nowMillis - spec.spanMillis(), cube.keptSinceMillis());
  }

  /** What can be asked for. */
  public CubeSpec spec() {
    return spec;
  }

  /** What is known of a session; empty: nothing. */
  public Optional<SessionState> session(String id) {
    return shard(id).session(id);
  }

  /**
   * Sessions that are wanted, those that come first in an order. Looks at all that are remembered,
   * part by part.
   *
   * @param most at least 1
   */
  public List<SessionState> sessions(
      Predicate<SessionState> wanted, Comparator<SessionState> order, int most) {
    PriorityQueue<SessionState> first = new PriorityQueue<>(order.reversed());
    for (Shard shard : shards) {
      shard.forEach(
          session -> {
            if (wanted.test(session)) {
              first.add(session);
              if (first.size() > most) {
                first.remove();
              }
            }
          });
    }
    return first.stream().sorted(order).toList();
  }

  /**
   * Forgets a session; whether there was one. Sums that it is in stay. What it told before has been
   * passed on when this returns, so that others can forget it after this.
   */
  public boolean erase(String id) {
    boolean known = shard(id).erase(id);
    inbox.empty();
    return known;
  }

  /** How many sessions are remembered, those that are over included. */
  public long sessions() {
    return sum(Shard::sessions);
  }

  /**
   * Sessions in which somebody watches now. One that is silent counts until its timeout, since
   * nobody says that a page was closed.
   */
  public long open() {
    return sum(Shard::open);
  }

  /** The same by content; those whose players do not tell theirs are at the empty one. */
  public Map<String, Long> openByContent() {
    Map<String, Long> byContent = new HashMap<>();
    for (Shard shard : shards) {
      shard.addOpenTo(byContent);
    }
    return byContent;
  }

  /** Sessions that were ended for want of room. */
  public long evicted() {
    return sum(Shard::evicted);
  }

  /** Sums of what came when its window was no longer kept. */
  public Measures tooLate() {
    inbox.empty();
    return cube.tooLate();
  }

  private void add(List<Told> news) {
    if (!news.isEmpty()) {
      inbox.leave(news);
    }
  }

  @Override
  public void still(Runnable work) {
    inbox.empty(); // most of it while others may ask
    inbox.still(work);
  }

  private long sum(ToLongFunction<Shard> count) {
    long sum = 0;
    for (Shard shard : shards) {
      sum += count.applyAsLong(shard);
    }
    return sum;
  }

  private Shard shard(String session) {
    int hash = session.hashCode() * 0x9E3779B9;
    return shards[hash >>> (32 - Integer.numberOfTrailingZeros(SHARDS))];
  }
}
