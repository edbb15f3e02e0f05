package io.aircheck.experience.engine;

import io.aircheck.experience.cube.Cube;
import io.aircheck.experience.session.SessionDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is new of views on its way into the cube and to who is told. Whoever takes reports leaves it
 * here: all sessions tell what a window held in the same two seconds, and to add it to a dozen
 * groupings and to the archive takes several times as long as the report itself. Thread-safe.
 */
final class NewsInbox {
  /** When so many wait, who leaves more passes them on himself. */
  private static final int MOST = 100_000;

  /** So many are added to the cube without a pause in which others may ask. */
  private static final int BATCH = 128;

  private final Cube cube;
  private final AudienceListener listener;
  private final Queue<List<Told>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  /** Guarded by this: somebody works while nothing is passed on. */
  private boolean still;

  /**
   * @param listener told of everything that is left here, on the threads of those who empty it, one
   *     at a time
   */
  NewsInbox(Cube cube, AudienceListener listener) {
    this.cube = cube;
    this.listener = listener;
  }

  void leave(List<Told> news) {
    waiting.add(news);
    if (count.addAndGet(news.size()) > MOST) {
      empty();
    }
  }

  /** Passes on what was left before; when it returns, all of that has arrived. */
  synchronized void empty() {
    if (still) {
      return;
    }
    List<SessionDelta> batch = new ArrayList<>(BATCH);
    try {
      for (List<Told> news = waiting.poll(); news != null; news = waiting.poll()) {
        count.addAndGet(-news.size());
        news.forEach(told -> batch.add(told.delta()));
        listener.told(news);
        if (batch.size() >= BATCH) {
          cube.add(batch);
          batch.clear();
        }
      }
    } finally {
      cube.add(batch);
    }
  }

  /** Does something while nothing arrives; both have been told the same then. */
  synchronized void still(Runnable work) {
    empty();
    still = true;
    try {
      work.run();
    } finally {
      still = false;
    }
  }
}
