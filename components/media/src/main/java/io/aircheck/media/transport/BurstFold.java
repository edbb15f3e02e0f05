package io.aircheck.media.transport;

import io.aircheck.core.media.TransportSignal.Indicator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Folds violations of one indicator on one PID that come within a second into one, so that a burst
 * of lost packets is one signal with a count.
 */
final class BurstFold {

  /** How the values of folded violations become one. */
  enum Total {
    SUM,
    LARGEST
  }

  private static final long WINDOW = 1_000 * ProgramClock.TICKS_PER_MILLI;

  /** Ends a window where no clock runs: a second at 6 Mbit/s. */
  private static final long WINDOW_BYTES = 4096L * TsPacket.SIZE;

  private record Key(Indicator indicator, int pid) {}

  private static final class Burst {
    private final long startTime;
    private final StreamPoint start;
    private final String detail;
    private StreamPoint end;
    private int count;
    private double value;

    private Burst(long startTime, StreamPoint start, String detail) {
      this.startTime = startTime;
      this.start = start;
      this.end = start;
      this.detail = detail;
    }
  }

  private final Map<Key, Burst> bursts = new LinkedHashMap<>();

  /**
   * One violation.
   *
   * @param time time of the clock, for the window
   * @param detail asked for the first of a burst
   */
  void add(
      Indicator indicator,
      int pid,
      long time,
      StreamPoint start,
      StreamPoint end,
      double value,
      Total total,
      Supplier<String> detail) {
    Burst burst =
        bursts.computeIfAbsent(
            new Key(indicator, pid), key -> new Burst(time, start, detail.get()));
    burst.end = end;
    burst.value =
        total == Total.SUM || burst.count == 0 ? burst.value + value : Math.max(burst.value, value);
    burst.count++;
  }

  /** Hands on the bursts whose window is over. */
  void sweep(long time, long position, Consumer<TransportViolation> out) {
    if (bursts.isEmpty()) {
      return;
    }
    Iterator<Map.Entry<Key, Burst>> entries = bursts.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Key, Burst> entry = entries.next();
      Burst burst = entry.getValue();
      if (time - burst.startTime >= WINDOW || position - burst.start.position() >= WINDOW_BYTES) {
        entries.remove();
        out.accept(violation(entry.getKey(), burst));
      }
    }
  }

  /** Hands on everything. */
  void finish(Consumer<TransportViolation> out) {
    bursts.forEach((key, burst) -> out.accept(violation(key, burst)));
    bursts.clear();
  }

  private static TransportViolation violation(Key key, Burst burst) {
    return new TransportViolation(
        key.indicator(), key.pid(), burst.start, burst.end, burst.count, burst.value, burst.detail);
  }
}
