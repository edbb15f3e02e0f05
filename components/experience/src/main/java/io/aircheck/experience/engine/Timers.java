package io.aircheck.experience.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which sessions have a timer, by seconds. A session waits for its earliest second alone; when that
 * comes it is asked what it waits for now, since most timers are put off again and again. Not
 * thread-safe.
 */
final class Timers {
  private final TreeMap<Long, List<Viewing>> seconds = new TreeMap<>();

  /** The timer of a session was set. */
  void queue(Viewing viewing) {
    if (viewing.timerMillis == Viewing.NEVER) {
      return;
    }
    long second = Math.floorDiv(viewing.runsMillis(), 1000L);
    if (second < viewing.queuedSecond) {
      viewing.queuedSecond = second;
      seconds.computeIfAbsent(second, added -> new ArrayList<>(4)).add(viewing);
    }
  }

  /** Takes out the sessions whose second is over at a time. Their timers may be later. */
  List<Viewing> over(long nowMillis) {
    List<Viewing> over = new ArrayList<>();
    long now = Math.floorDiv(nowMillis, 1000L);
    Map.Entry<Long, List<Viewing>> first = seconds.firstEntry();
    while (first != null && first.getKey() < now) {
      seconds.remove(first.getKey());
      for (Viewing viewing : first.getValue()) {
        if (viewing.queuedSecond == first.getKey()) {
          viewing.queuedSecond = Viewing.NEVER;
          over.add(viewing);
        }
      }
      first = seconds.firstEntry();
    }
    return over;
  }
}
