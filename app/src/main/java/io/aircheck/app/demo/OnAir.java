package io.aircheck.app.demo;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriterFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A programme that is encoded and served on this machine alone, until it is closed. Nothing is
 * wrong with it until its faults are begun.
 */
final class OnAir implements AutoCloseable {
  private final Programme programme;
  private final SegmentServer server;
  private final Thread encoder;
  private final CountDownLatch ready = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile @Nullable FaultSchedule begun;
  private volatile double programmeSeconds;

  /**
   * Begins.
   *
   * @param folder for its segments
   * @param reached told the programme time, seconds, of each picture, on the thread of the encoder
   */
  OnAir(
      Programme programme,
      Path folder,
      MediaWriterFactory writers,
      ObjDoubleConsumer<OnAir> reached)
      throws IOException {
    this.programme = programme;
    LiveLadder ladder = new LiveLadder(folder, programme.seed(), programme.rungs(), this::schedule);
    this.server = new SegmentServer(folder, this::schedule, () -> programmeSeconds);
    this.encoder =
        Thread.ofPlatform()
            .daemon()
            .name("aircheck-demo-" + programme.id())
            .start(() -> encode(ladder, writers, reached));
  }

  private void encode(
      LiveLadder ladder, MediaWriterFactory writers, ObjDoubleConsumer<OnAir> reached) {
    try {
      ladder.run(
          writers,
          seconds -> {
            programmeSeconds = seconds;
            if (seconds >= LiveLadder.HEAD_START_SECONDS) {
              ready.countDown();
            }
            reached.accept(this, seconds);
          });
    } catch (MediaException | RuntimeException e) {
      failure.set(e);
    } finally {
      ready.countDown();
    }
  }

  /** Waits until there is something to play. */
  void awaitReady() throws InterruptedException, MediaException {
    ready.await();
    check();
  }

  /**
   * Tells whether it goes on.
   *
   * @throws MediaException when it could not be encoded
   */
  void check() throws MediaException {
    Throwable cause = failure.get();
    if (cause instanceof MediaException e) {
      throw e;
    } else if (cause != null) {
      throw new IllegalStateException("the demo's stream failed", cause);
    }
  }

  Programme programme() {
    return programme;
  }

  /** Address of its master playlist. */
  String address() {
    return server.master().toString();
  }

  /** Lets the first round of faults begin with the next segment. */
  void beginFaults() {
    begun = programme.schedule().after(programmeSeconds);
  }

  /** Whether its faults have been begun. */
  boolean faultsBegun() {
    return begun != null;
  }

  /** What is wrong with it when; nothing before its faults are begun. */
  FaultSchedule schedule() {
    FaultSchedule schedule = begun;
    return schedule == null ? FaultSchedule.CLEAN : schedule;
  }

  /** Programme time that has been reached. */
  double programmeSeconds() {
    return programmeSeconds;
  }

  @Override
  public void close() {
    encoder.interrupt();
    try {
      encoder.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
  }
}
