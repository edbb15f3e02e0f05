package io.aircheck.app.serve.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What pages that nobody looks into tell, again and again, of what they see. Thread-safe. */
final class ToldTruths {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Map<String, JsonNode> latest = new HashMap<>();

  synchronized void told(String viewing, JsonNode truth) {
    // They may overtake each other on their way.
    latest.merge(viewing, truth, (a, b) -> until(a) > until(b) ? a : b);
    notifyAll();
  }

  private static long until(JsonNode truth) {
    return truth.path("until").asLong();
  }

  /**
   * Waits until the page of a viewing has seen this.
   *
   * @throws AssertionError if it has not in half a minute
   */
  synchronized JsonNode await(String viewing, Predicate<JsonNode> wish)
      throws InterruptedException {
    long began = System.nanoTime();
    JsonNode truth = latest.getOrDefault(viewing, MissingNode.getInstance());
    while (!wish.test(truth)) {
      long left = PATIENCE_NANOS - (System.nanoTime() - began);
      if (left <= 0) {
        throw new AssertionError("not seen in time: " + viewing + " " + truth);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
      truth = latest.getOrDefault(viewing, MissingNode.getInstance());
    }
    return truth;
  }
}
