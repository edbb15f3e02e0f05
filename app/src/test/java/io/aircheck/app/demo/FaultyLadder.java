package io.aircheck.app.demo;

import io.aircheck.app.demo.DemoFault.Type;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriterFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The demo's live ladder for tests: its picture goes black again and again. */
public final class FaultyLadder implements AutoCloseable {
  private static final int PERIOD_SECONDS = 30;
  private static final int BLACK_SECONDS = 6;
  private static final int BLACK_AT_SECONDS = 24;

  private final SegmentServer server;
  private final Thread encoder;
  private final CountDownLatch ready = new CountDownLatch(1);
  private volatile double programmeSeconds;

  /**
   * Starts it, and waits until there is something to play.
   *
   * @param folder for its segments
   */
  public FaultyLadder(Path folder) throws IOException, InterruptedException {
    FaultSchedule schedule =
        FaultSchedule.every(
            PERIOD_SECONDS, List.of(new DemoFault(Type.BLACK, BLACK_AT_SECONDS, BLACK_SECONDS)));
    LiveLadder ladder = new LiveLadder(folder, 1, Rung.BOTH, () -> schedule);
    MediaWriterFactory writers =
        ServiceLoader.load(MediaWriterFactory.class).findFirst().orElseThrow();
    server = new SegmentServer(folder, () -> schedule, () -> programmeSeconds);
    encoder = Thread.ofPlatform().daemon().start(() -> encode(ladder, writers));
    if (!ready.await(60, TimeUnit.SECONDS)) {
      close();
      throw new IOException("the ladder was not encoded in time");
    }
  }

  private void encode(LiveLadder ladder, MediaWriterFactory writers) {
    try {
      ladder.run(writers, this::reached);
    } catch (MediaException e) {
      throw new IllegalStateException(e);
    }
  }

  private void reached(double seconds) {
    programmeSeconds = seconds;
    if (seconds >= LiveLadder.HEAD_START_SECONDS) {
      ready.countDown();
    }
  }

  /** Address of its master playlist. */
  public String address() {
    return server.master().toString();
  }

  @Override
  public void close() {
    encoder.interrupt();
    server.close();
  }
}
