package io.aircheck.deploy.flink;

import io.aircheck.core.media.PacketRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does the errands of a worker, one after the other on a thread of its own: clips are made where
 * the packets are, and only of those that somebody wants to see. Thread-safe.
 */
final class ErrandRunner implements AutoCloseable {
  /** From one question to the next when there is nobody to ask. */
  private static final long PAUSE_MILLIS = 1_000;

  private final Errands errands;
  private final Map<String, RunningStream> streams;
  private final CountDownLatch over = new CountDownLatch(1);

  /**
   * Begins.
   *
   * @param streams those that are running, by their ids; looked at again and again, so safe to be
   *     changed by another thread meanwhile
   */
  ErrandRunner(Errands errands, Map<String, RunningStream> streams) {
    this.errands = errands;
    this.streams = streams;
    Thread.ofPlatform().daemon().name("aircheck-errands").start(this::run);
  }

  private void run() {
    while (over.getCount() > 0) {
      try {
        Optional<Errand> errand = errands.next(spent());
        if (errand.isPresent()) {
          run(errand.get());
        }
      } catch (IOException e) {
        // Whoever wants something asks again when it is back.
        pause();
      }
    }
  }

  private Map<String, Long> spent() {
    Map<String, Long> spent = new HashMap<>();
    streams.forEach((id, stream) -> spent.put(id, stream.processorNanos()));
    return spent;
  }

  private void pause() {
    try {
      over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      over.countDown();
    }
  }

  private void run(Errand errand) throws IOException {
    RunningStream stream = streams.get(errand.stream());
    try {
      switch (errand) {
        case Errand.Clip clip -> clip(clip, stream == null ? null : stream.recording(clip.task()));
        case Errand.Requests requests ->
            errands.answer(
                errand,
                stream == null
                    ? new ErrandAnswer.Nothing()
                    : new ErrandAnswer.Exchanges(stream.requests(requests.task())));
      }
    } catch (RuntimeException e) {
      errands.answer(errand, new ErrandAnswer.Failed(String.valueOf(e.getMessage())));
    }
  }

  private void clip(Errand.Clip clip, @Nullable PacketRecording recording) throws IOException {
    if (recording == null) {
      errands.answer(clip, new ErrandAnswer.Nothing());
      return;
    }
    Path file = Files.createTempFile("aircheck-clip", ".mp4");
    try {
      if (made(clip, recording, file)) {
        errands.answer(clip, file);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Whether there is a clip to be sent; otherwise it was said why there is none. */
  private boolean made(Errand.Clip clip, PacketRecording recording, Path file) throws IOException {
    try {
      if (recording.write(clip.fromMicros(), clip.toMicros(), file)) {
        return true;
      }
      errands.answer(clip, new ErrandAnswer.Nothing());
    } catch (IOException e) {
      errands.answer(clip, new ErrandAnswer.Failed(String.valueOf(e.getMessage())));
    }
    return false;
  }

  /** Stops soon; an errand that is being done may still be answered. */
  @Override
  public void close() {
    over.countDown();
  }
}
