package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.media.timeline.Jump;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Events that were found while reading and belong between pictures and sound that are decoded
 * later: each waits until everything before its continuous time has been handed out. One thread.
 */
final class EventSchedule {

  /** Makes the event once it is known which continuous time is media time 0. */
  private record Scheduled(long micros, long serial, LongFunction<@Nullable MediaEvent> atOrigin) {}

  private final PriorityQueue<Scheduled> waiting =
      new PriorityQueue<>(
          Comparator.comparingLong(Scheduled::micros).thenComparingLong(Scheduled::serial));
  private final List<Jump> openJumps = new ArrayList<>();
  private long serial;

  /**
   * Puts an event at its place; those of one time come out as they went in.
   *
   * @param micros continuous time
   * @param event makes the event from the origin; null when there is nothing to tell after all
   */
  void at(long micros, LongFunction<@Nullable MediaEvent> event) {
    waiting.add(new Scheduled(micros, serial++, event));
  }

  /** Puts a jump at its place; it is open until it has been sent. */
  void jump(Jump jump, LongFunction<@Nullable MediaEvent> event) {
    openJumps.add(jump);
    at(
        jump.atMicros(),
        origin -> {
          openJumps.remove(jump);
          return event.apply(origin);
        });
  }

  /** Jumps that have not been sent. */
  List<Jump> openJumps() {
    return Collections.unmodifiableList(openJumps);
  }

  /** Sends what belongs before or at a continuous time. */
  void sendUntil(long micros, long originMicros, Queue<MediaEvent> target) {
    Scheduled first = waiting.peek();
    while (first != null && first.micros() <= micros) {
      waiting.remove();
      MediaEvent event = first.atOrigin().apply(originMicros);
      if (event != null) {
        target.add(event);
      }
      first = waiting.peek();
    }
  }
}
