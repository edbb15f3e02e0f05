package io.aircheck.deploy.isolated;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a child has to say. Blocks while the parent does not keep up, which is what holds its tasks
 * back; a parent that is gone is not told any more. Thread-safe.
 */
final class ChildOutput {
  private final MessageChannel channel;
  private final AtomicInteger numbers = new AtomicInteger();

  /** Number of each curve, by track and metric. */
  private final Map<Curve, Integer> curves = new ConcurrentHashMap<>();

  private volatile boolean gone;

  private record Curve(String track, String metric) {}

  ChildOutput(MessageChannel channel) {
    this.channel = channel;
  }

  /** Says something that may wait for a moment. */
  void write(Message.ToParent message) {
    try {
      if (!gone) {
        channel.write(message);
      }
    } catch (IOException e) {
      // Whoever reads the other direction sees that the parent is gone, and ends the child.
      gone = true;
    }
  }

  /** Says something at once, with what waits. */
  void send(Message.ToParent message) {
    write(message);
    flush();
  }

  /** Sends what waits. */
  void flush() {
    try {
      if (!gone) {
        channel.flush();
      }
    } catch (IOException e) {
      gone = true;
    }
  }

  /** The number of a curve; the parent knows it from then on. */
  int curve(String track, String metric) {
    return curves.computeIfAbsent(
        new Curve(track, metric),
        curve -> {
          int number = numbers.incrementAndGet();
          write(new Message.Curve(number, track, metric));
          return number;
        });
  }
}
