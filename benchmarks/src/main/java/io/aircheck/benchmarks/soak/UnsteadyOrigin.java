package io.aircheck.benchmarks.soak;

import io.aircheck.benchmarks.soak.UnsteadyStream.Delivery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Many unsteady streams, and the thread that lets them go on. */
final class UnsteadyOrigin implements AutoCloseable {
  private static final long TICK_MILLIS = 100;

  /** Two of five by HLS, one a ladder of two renditions, two as a transport stream. */
  private static final List<Delivery> MIX =
      List.of(
          Delivery.HLS,
          Delivery.TRANSPORT,
          Delivery.HLS_LADDER,
          Delivery.TRANSPORT,
          Delivery.HLS);

  private final List<UnsteadyStream> streams = new ArrayList<>();
  private final Thread ticking;

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
    streams.forEach(UnsteadyStream::close);
  }
}
