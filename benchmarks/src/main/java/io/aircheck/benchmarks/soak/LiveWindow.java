package io.aircheck.benchmarks.soak;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The latest segments of a live stream that plays a loop. Not thread-safe. */
final class LiveWindow {
  private static final int LISTED = 5;

  /** Longer than they are listed: whoever read the playlist may still ask for them. */
  private static final int KEPT = 8;

  private static final int HEAD_START = 3;

  /**
   * A segment on air.
   *
   * @param startMillis wall-clock time at which it began to be on air
   * @param discontinuous whether timestamps or formats do not go on from the one before
   */
  record Segment(long number, Loop loop, int index, long startMillis, boolean discontinuous) {
    byte[] body(boolean large) {
      return (large ? loop.large() : loop.small()).get(index);
    }
  }

  private final Deque<Segment> segments = new ArrayDeque<>();
  private Loop loop;
  private int next;
  private long number;
  private long discontinuities;
  private boolean joined;
  private long dueMillis;

  /**
   * @param first index in the loop of the first segment
   */
  LiveWindow(Loop loop, int first, long nowMillis) {
    this.loop = loop;
    restart(first, nowMillis);
  }

  /** As a new encoder begins: numbers from 0. */
  void restart(int first, long nowMillis) {
    segments.clear();
    next = first;
    number = 0;
    discontinuities = 0;
    joined = false;
    dueMillis = nowMillis - HEAD_START * Loop.SEGMENT_MILLIS;
    advance(nowMillis);
  }

  /** Goes on with another programme. */
  void change(Loop other) {
    joined |= other != loop;
    loop = other;
  }

  /** Nothing came meanwhile; from now on there is more. */
  void resume(long nowMillis) {
    dueMillis = Math.max(dueMillis, nowMillis);
  }

  /** Adds what is on air by now. */
  void advance(long nowMillis) {
    while (dueMillis <= nowMillis) {
      if (next >= loop.small().size()) {
        next = 0;
        joined = true;
      }
      segments.addLast(new Segment(number++, loop, next++, dueMillis, joined));
      joined = false;
      dueMillis += Loop.SEGMENT_MILLIS;
      if (segments.size() > KEPT) {
        segments.removeFirst();
      }
      boolean counts = find(number - 1 - LISTED).filter(Segment::discontinuous).isPresent();
      discontinuities += counts ? 1 : 0; // It has just left the playlist.
    }
  }

  private List<Segment> listed() {
    return segments.stream().skip(Math.max(0, segments.size() - LISTED)).toList();
  }

  Optional<Segment> find(long wanted) {
    return segments.stream().filter(segment -> segment.number() == wanted).findFirst();
  }

  @Nullable Segment newest() {
    return segments.peekLast();
  }

  /** The media playlist now. */
  String playlist() {
    List<Segment> listed = listed();
    StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n");
    text.append("#EXT-X-MEDIA-SEQUENCE:").append(listed.getFirst().number()).append('\n');
    text.append("#EXT-X-DISCONTINUITY-SEQUENCE:").append(discontinuities).append('\n');
    for (Segment segment : listed) {
      text.append(segment.discontinuous() ? "#EXT-X-DISCONTINUITY\n" : "")
          .append("#EXTINF:2.000,\n")
          .append(segment.number())
          .append(".ts\n");
    }
    return text.toString();
  }
}
