package io.aircheck.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.testkit.CapturingSink;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.FakeClock;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.FakeSources;
import io.aircheck.testkit.TestDetector;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamTaskTest {
  private final FakeSources sources = new FakeSources();
  private final FakeClock clock = new FakeClock();
  private final CapturingSink sink = new CapturingSink();

  private StreamTask task(TaskSpec spec, CapturingSink out) {
    return new StreamTask(
        spec,
        new StreamTask.Surroundings(
            sources,
            PictureAnalyzers.installed(),
            SoundAnalyzers.installed(),
            clock,
            new Random(7)),
        out,
        TaskProbe.NONE);
  }

  private static List<ConfiguredDetector> dark() {
    return new DetectorCatalog(List.of(DarkDetector.FACTORY))
        .configure(List.of(new DetectorChoice(DarkDetector.KIND, Map.of())));
  }

  private static TaskSpec finite() {
    return TaskSpec.finite(SourceRequest.of("a"), dark()).strictly();
  }

  private static TaskSpec live() {
    TaskSpec spec = finite();
    return new TaskSpec(
        spec.source(),
        spec.rendition(),
        spec.detectors(),
        true,
        true,
        new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(8)));
  }

  private static FakeSource pictures(boolean live, int... lumas) {
    FakeSource source = FakeSource.of(live);
    for (int i = 0; i < lumas.length; i++) {
      source.picture(i * 40_000L, lumas[i]);
    }
    return source;
  }

  @Test
  void run_darkPictures_reportsThemAndCounts() throws MediaException {
    sources.on("a", () -> pictures(false, 128, 16, 16, 16, 128).sound(0, 9600, 0.1));

    TaskStatistics statistics = task(finite(), sink).run();

    assertThat(sink.closed())
        .extracting(Finding::startMicros, Finding::endMicros)
        .containsExactly(tuple(40_000L, 160_000L));
    assertThat(statistics.videoFrames()).isEqualTo(5);
    assertThat(statistics.audioMicros()).isEqualTo(200_000);
    assertThat(sources.opened()).allMatch(FakeSource::isClosed);
  }

  @Test
  void run_snapshotAtEveryStep_doesNotChangeTheResult() throws MediaException, IOException {
    sources.on("a", () -> pictures(false, 128, 16, 16, 16, 128, 16, 16, 16, 16, 128));
    task(finite(), sink).run();

    for (int steps = 1; steps <= 11; steps++) {
      CapturingSink out = new CapturingSink();
      StreamTask first = task(finite(), out);
      for (int i = 0; i < steps; i++) {
        first.step();
      }
      byte[] state = first.snapshot();
      StreamTask second = task(finite(), out);
      second.restore(state);
      TaskStatistics statistics = second.run();

      assertThat(out.closed()).as("restored after %d steps", steps).isEqualTo(sink.closed());
      assertThat(statistics.videoFrames()).isEqualTo(10);
    }
  }

  @Test
  void run_cannotOpen_throwsAndTellsNothing() {
    sources.on(
        "a",
        () -> {
          throw new MediaException(Reason.NOT_FOUND, "a: no such file");
        });

    assertThatThrownBy(() -> task(finite(), sink).run())
        .isInstanceOf(MediaException.class)
        .hasMessage("a: no such file");
    assertThat(sink.observations()).isEmpty();
  }

  @Test
  void run_failsBeforeAnyPicture_throws() {
    sources.on("a", () -> FakeSource.of(false).failure(Reason.INVALID_DATA, "not media"));

    assertThatThrownBy(() -> task(finite(), sink).run()).hasMessage("not media");
  }

  @Test
  void run_liveInputBreaks_comesBackAndMediaTimeGoesOn() throws MediaException {
    sources.on(
        "a",
        () -> pictures(true, 128, 128).failure(Reason.DISCONNECTED, "cut off"),
        () -> {
          throw new MediaException(Reason.TIMEOUT, "no answer");
        },
        () -> pictures(true, 16, 16, 16));
    StreamTask task = task(live(), sink);

    while (sink.metric("test.luma").size() < 5) {
      task.step();
    }
    task.close();

    assertThat(clock.sleeps()).hasSize(2);
    assertThat(clock.sleeps().get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(clock.sleeps().get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    long backMicros = 80_000 + clock.nanoTime() / 1000;
    assertThat(sink.metric("test.luma").get(2).ptsMicros()).isEqualTo(backMicros);
    assertThat(sink.closed(DarkDetector.LOST))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.startMicros()).isEqualTo(80_000);
              assertThat(finding.endMicros()).isEqualTo(backMicros);
            });
    assertThat(sink.open()).isEmpty();
    assertThat(task.statistics().reconnects()).isEqualTo(1);
  }

  @Test
  void run_liveInputLeavesARecording_waitsUntilItIsLiveAgain() throws MediaException {
    sources.on(
        "a",
        () -> pictures(true, 128, 128),
        () -> pictures(false, 128, 128),
        () -> pictures(false, 128, 128),
        () -> pictures(true, 16, 16, 16));
    StreamTask task = task(live(), sink);

    while (sink.metric("test.luma").size() < 5) {
      assertThat(task.step()).isTrue();
    }
    task.close();

    assertThat(sources.opened()).hasSize(4).allMatch(FakeSource::isClosed);
    assertThat(sink.metric("test.luma"))
        .extracting(CapturingSink.Sample::value)
        .containsExactly(128.0, 128.0, 16.0, 16.0, 16.0);
    assertThat(sink.closed(DarkDetector.LOST)).hasSize(1);
    assertThat(task.statistics().reconnects()).isEqualTo(1);
  }

  @Test
  void run_sourceHasABug_isTriedAgain() throws MediaException {
    sources.on(
        "a",
        () -> pictures(true, 128, 128),
        () -> {
          throw new IllegalStateException("a bug");
        },
        () -> pictures(true, 128, 16, 16, 16, 128).waits());
    TaskSpec strict = live();
    TaskSpec spec =
        new TaskSpec(
            strict.source(), strict.rendition(), strict.detectors(), true, false, strict.retry());
    StreamTask task = task(spec, sink);

    while (sink.closed().isEmpty()) {
      task.step();
    }

    assertThat(sources.requests()).hasSize(3);
    assertThat(sink.closed()).hasSize(1);
    task.close();
  }

  @Test
  void stop_whileAPictureIsLookedAt_leavesItReadable() throws MediaException {
    sources.on("a", () -> pictures(true, 128, 128).waits());
    List<Boolean> closedBelowIt = new ArrayList<>();
    List<StreamTask> tasks = new ArrayList<>();
    TaskSpec strict = live();
    StreamTask task =
        new StreamTask(
            new TaskSpec(
                strict.source(),
                strict.rendition(),
                strict.detectors(),
                true,
                false,
                strict.retry()),
            new StreamTask.Surroundings(
                sources,
                PictureAnalyzers.installed(),
                SoundAnalyzers.installed(),
                clock,
                new Random(7)),
            sink,
            new TaskProbe() {
              @Override
              public void picture(FrameView frame) {
                tasks.getFirst().stop();
                closedBelowIt.add(sources.opened().getFirst().isClosed());
              }
            });
    tasks.add(task);

    TaskStatistics statistics = task.run();

    assertThat(statistics.videoFrames()).isEqualTo(1);
    assertThat(closedBelowIt).containsExactly(false);
    assertThat(sink.open()).isEmpty();
    assertThat(sources.opened()).allMatch(FakeSource::isClosed);
  }

  @Test
  void run_strictTaskWithABug_fails() {
    sources.on(
        "a",
        () -> {
          throw new IllegalStateException("a bug");
        });

    assertThatThrownBy(() -> task(live(), sink).run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a bug");
  }

  @Test
  void run_renditionMissingAtFirst_isWatchedOnceItIsThere() throws MediaException {
    sources.on(
        "a",
        FakeSource::withoutTracks,
        FakeSource::withoutTracks,
        () -> pictures(true, 128, 128, 128));
    StreamTask task = task(live(), sink);

    while (sink.metric("test.luma").size() < 3) {
      assertThat(task.step()).isTrue();
    }
    task.close();

    assertThat(sink.closed(DarkDetector.LOST)).hasSize(1);
    assertThat(task.statistics().reconnects()).isEqualTo(1);
  }

  @Test
  void run_recordingWatchedFromTheStart_endsWithIt() throws MediaException {
    sources.on("a", () -> pictures(false, 128, 128));

    task(live(), sink).run();

    assertThat(sources.opened()).hasSize(1);
    assertThat(sink.closed(DarkDetector.LOST)).isEmpty();
  }

  @Test
  void run_liveInputNeverThere_triesForEverWithBoundedDelay() throws MediaException {
    StreamTask task = task(live(), sink);

    for (int i = 0; i < 20; i++) {
      assertThat(task.step()).isTrue();
    }
    task.close();

    assertThat(clock.sleeps()).hasSize(19).allMatch(d -> d.compareTo(Duration.ofSeconds(8)) <= 0);
    assertThat(sink.closed(DarkDetector.LOST)).hasSize(1);
  }

  @Test
  void stop_fromOutside_closesWhatIsOpen() throws MediaException {
    sources.on("a", () -> pictures(true, 16, 16, 16, 16, 16, 16));
    StreamTask task = task(live(), sink);
    while (sink.open().isEmpty()) {
      task.step();
    }

    task.stop();
    task.run();

    assertThat(sink.open()).isEmpty();
    assertThat(sink.closed()).hasSize(1);
  }

  @Test
  void stop_whileItWaitsForTheNextTry_endsAtOnceAndLeavesTheThreadAlone() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    TaskClock patient =
        new TaskClock() {
          @Override
          public long nanoTime() {
            return 0;
          }

          @Override
          public void sleep(Duration duration) throws InterruptedException {
            waiting.countDown();
            new CountDownLatch(1).await();
          }
        };
    StreamTask task =
        new StreamTask(
            live(),
            new StreamTask.Surroundings(
                sources,
                PictureAnalyzers.installed(),
                SoundAnalyzers.installed(),
                patient,
                new Random(7)),
            sink,
            TaskProbe.NONE);
    FutureTask<Boolean> run =
        new FutureTask<>(
            () -> {
              task.run();
              return Thread.currentThread().isInterrupted();
            });
    Thread.ofPlatform().daemon().start(run);
    waiting.await();

    task.stop();

    assertThat(run.get(20, TimeUnit.SECONDS)).isFalse();
    assertThat(sink.open()).isEmpty();
  }

  @Test
  void strict_pictureKeptAfterTheCall_throwsOnAccess() {
    sources.on("a", () -> pictures(false, 128, 128));
    Hoarder hoarder = new Hoarder();
    TaskSpec spec =
        TaskSpec.finite(SourceRequest.of("a"), List.of(hoarder.configured("test.hoarder")));

    assertThatThrownBy(() -> task(spec.strictly(), sink).run())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void strict_soundKeptAfterTheCall_isNoNumber() throws MediaException {
    sources.on("a", () -> FakeSource.of(false).sound(0, 480, 0.25));
    Hoarder hoarder = new Hoarder();

    task(
            TaskSpec.finite(SourceRequest.of("a"), List.of(hoarder.configured("test.hoarder")))
                .strictly(),
            sink)
        .run();

    assertThat(hoarder.samples).hasSize(1);
    assertThat(hoarder.samples.getFirst()).containsOnly(Float.NaN);
  }

  @Test
  void run_detectorThrows_isLeftOutAndTheOthersGoOn() throws MediaException {
    sources.on("a", () -> pictures(false, 128, 16, 16, 16, 128));
    Hoarder broken = new Hoarder();
    broken.failing = true;
    List<ConfiguredDetector> both = new ArrayList<>(dark());
    both.add(broken.configured("test.hoarder"));

    TaskStatistics statistics = task(TaskSpec.finite(SourceRequest.of("a"), both), sink).run();

    assertThat(sink.closed(DarkDetector.KIND)).hasSize(1);
    assertThat(statistics.detectorFailures())
        .containsExactly(Map.entry("test.hoarder", "IllegalStateException: broken"));
  }

  /** A detector that breaks the rule about borrowed views. */
  private static final class Hoarder extends TestDetector {
    private final List<float[]> samples = new ArrayList<>();
    private @Nullable FrameView kept;
    private boolean failing;

    @Override
    public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
      if (failing) {
        throw new IllegalStateException("broken");
      }
      FrameView before = kept;
      if (before != null) {
        byte stale = before.plane(0).get(ValueLayout.JAVA_BYTE, 0);
        out.metric("", "test.stale", 0, stale);
      }
      kept = frame;
    }

    @Override
    public void onAudio(AudioView audio, ObservationSink out) {
      samples.add(audio.channel(0));
    }
  }
}
