package io.aircheck.benchmarks.soak;

import io.aircheck.benchmarks.soak.UnsteadyStream.Delivery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Many unsteady streams, and the thread that lets them go on. */
final class UnsteadyOrigin implements AutoCloseable {
  private static final long TICK_MILLIS = 100;

  /** Answers that are later than that are not those of a healthy server. */
  private static final long MAX_LAG_MILLIS = 2000;

  /** Two of five by HLS, one a ladder of two renditions, two as a transport stream. */
  private static final List<Delivery> MIX =
      List.of(
          Delivery.HLS, Delivery.TRANSPORT, Delivery.HLS_LADDER, Delivery.TRANSPORT, Delivery.HLS);

  private final List<UnsteadyStream> streams = new ArrayList<>();
  private final Thread ticking;
  private final Thread heart;

  UnsteadyOrigin(List<Loop> loops, int count, long seed) throws IOException {
    Random seeds = new Random(seed);
    for (int i = 0; i < count; i++) {
      streams.add(
          new UnsteadyStream(
              "s%02d".formatted(i),
              MIX.get(i % MIX.size()),
              loops,
              seeds.nextLong(),
              System.currentTimeMillis()));
    }
    this.ticking = Thread.ofPlatform().name("origin").daemon().start(this::tick);
    this.heart = Thread.ofVirtual().name("origin-heart").start(this::beat);
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(TICK_MILLIS);
        long now = System.currentTimeMillis();
        streams.forEach(stream -> stream.tick(now));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Notices when connections, which are threads of the same kind, are not let run in time. */
  private void beat() {
    try {
      while (true) {
        long before = System.currentTimeMillis();
        Thread.sleep(TICK_MILLIS);
        long now = System.currentTimeMillis();
        if (now - before > MAX_LAG_MILLIS) {
          streams.forEach(stream -> stream.lagged(now));
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  List<UnsteadyStream> streams() {
    return List.copyOf(streams);
  }

  /** Sockets held open by all streams. */
  int sockets() {
    return streams.stream().mapToInt(UnsteadyStream::sockets).sum();
  }

  @Override
  public void close() {
    ticking.interrupt();
    heart.interrupt();
    streams.forEach(UnsteadyStream::close);
  }
}
