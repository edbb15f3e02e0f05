package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.RequestLog;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.flink.RunningStream.Deed;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.FakeClock;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.FakeSources;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the worker has is asked for over the desk, and comes back over it. */
class ErrandsTest {
  private static final String TASK = "MONITORED";
  private static final RequestLog.Exchange EXCHANGE =
      new RequestLog.Exchange(
          1_000,
          "https://example.org/live.m3u8",
          200,
          12,
          Map.of("age", "3"),
          Optional.empty(),
          Optional.of("#EXTM3U"));

  @TempDir Path folder;

  private final BlockingQueue<Deed> deeds = new LinkedBlockingQueue<>();
  private final Map<String, RunningStream> streams = new ConcurrentHashMap<>();
  private Desk desk;
  private @Nullable ErrandRunner runner;

  @BeforeEach
  void open() throws IOException {
    desk =
        new Desk(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "secret", outcome -> {});
  }

  @AfterEach
  void close() {
    streams.values().forEach(RunningStream::stop);
    if (runner != null) {
      runner.close();
    }
    desk.close();
  }

  /** Runs a stream until it has been opened, and does its errands. */
  private JobFootage footage(PacketRecording recording) throws InterruptedException {
    FakeSources sources =
        new FakeSources()
            .on(
                "a",
                () ->
                    FakeSource.of(true)
                        .picture(0, 16)
                        .picture(40_000, 16)
                        .keeping(recording, () -> List.of(EXCHANGE))
                        .waits());
    StreamOrder order =
        new StreamOrder(
            "s/1",
            new StreamSpec(
                "s",
                SourceRequest.of("a"),
                Optional.empty(),
                List.of(),
                List.of(new DetectorChoice(DarkDetector.KIND, Map.of())),
                true),
            List.of(),
            IncidentPolicy.DEFAULT,
            Map.of());
    RunningStream stream =
        new RunningStream(
            new StreamSplit(order, Map.of(), false),
            SharedSetup.of(
                new DetectorCatalog(List.of(DarkDetector.FACTORY)),
                new StreamTask.Surroundings(
                    sources,
                    PictureAnalyzers.installed(),
                    SoundAnalyzers.installed(),
                    new FakeClock(),
                    new Random(1))),
            deeds::add);
    streams.put("s", stream);
    stream.start();
    assertThat(deeds.poll(20, TimeUnit.SECONDS)).isInstanceOf(Deed.Advanced.class);
    runner = new ErrandRunner(new DeskLink(desk.address()), streams);
    return new JobFootage(desk.errands(), "s", TASK);
  }

  @Test
  void write_workerKeepsPackets_clipArrivesAsItIs() throws Exception {
    byte[] clip = new byte[300_000];
    new Random(3).nextBytes(clip);
    JobFootage footage =
        footage(
            (from, to, file) -> {
              Files.write(file, clip);
              return from == 5_000_000 && to == 9_000_000;
            });
    Path file = folder.resolve("clip.mp4");

    assertThat(footage.write(5_000_000, 9_000_000, file)).isTrue();

    assertThat(file).hasBinaryContent(clip);
  }

  @Test
  void write_workerHasNothingOfThatTime_saysSo() throws Exception {
    JobFootage footage = footage((from, to, file) -> false);

    assertThat(footage.write(0, 1, folder.resolve("clip.mp4"))).isFalse();
  }

  @Test
  void write_failsAtTheWorker_saysWhy() throws Exception {
    JobFootage footage =
        footage(
            (from, to, file) -> {
              throw new IOException("the codec does not fit");
            });

    assertThatThrownBy(() -> footage.write(0, 1, folder.resolve("clip.mp4")))
        .isInstanceOf(IOException.class)
        .hasMessage("the codec does not fit");
  }

  @Test
  void latest_workerMadeRequests_theyArrive() throws Exception {
    JobFootage footage = footage((from, to, file) -> false);

    assertThat(footage.latest()).containsExactly(EXCHANGE);
    assertThat(new JobFootage(desk.errands(), "s", "REFERENCE").latest()).isEmpty();
  }

  @Test
  void clip_ofAStreamThatNoWorkerHas_isNothingAfterAWhile() throws Exception {
    footage((from, to, file) -> true);
    ErrandBoard board = new ErrandBoard(Duration.ofMillis(50));

    assertThat(board.clip("other", TASK, 0, 1, folder.resolve("clip.mp4"))).isFalse();
    assertThat(board.take(Set.of("other"), 0)).as("what nobody waits for any more").isEmpty();
  }

  @Test
  void clip_workerTakesItAndIsGone_saysSo() throws Exception {
    footage((from, to, file) -> true);
    ErrandBoard board = new ErrandBoard(Duration.ofSeconds(2));
    Thread worker =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    board.take(Set.of("s"), 20_000);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    while (worker.isAlive() && worker.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    assertThatThrownBy(() -> board.clip("s", TASK, 0, 1, folder.resolve("clip.mp4")))
        .isInstanceOf(IOException.class)
        .hasMessage("the worker does not answer in time");
    worker.join();
  }

  @Test
  void clip_arrivesWhenNobodyWaitsAnyMore_leavesTheFileAlone() throws Exception {
    ErrandBoard board = new ErrandBoard(Duration.ofMinutes(1));
    Path file = Files.writeString(folder.resolve("clip.mp4"), "something else by now");
    FutureTask<Boolean> asked = new FutureTask<>(() -> board.clip("s", TASK, 0, 1, file));
    Thread asking = Thread.ofPlatform().start(asked);
    Errand errand = board.take(Set.of("s"), 20_000).orElseThrow();
    InputStream late =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] part, int from, int count) throws IOException {
            asking.interrupt();
            assertThatThrownBy(asked::get).hasCauseInstanceOf(IOException.class);
            return super.read(part, from, count);
          }
        };

    board.clip(errand.id(), late);

    assertThat(file).hasContent("something else by now");
    assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
  }
}
