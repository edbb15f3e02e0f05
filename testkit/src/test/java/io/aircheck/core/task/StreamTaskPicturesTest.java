package io.aircheck.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.detect.DetectorFactory.WithKeyPictures;
import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.testkit.CapturingSink;
import io.aircheck.testkit.FakeClock;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.FakeSources;
import io.aircheck.testkit.TestDetector;
import io.aircheck.testkit.TestFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which pictures detectors are shown: on a slow machine, and when only key pictures are decoded.
 */
class StreamTaskPicturesTest {
  private final FakeSources sources = new FakeSources();
  private final FakeClock clock = new FakeClock();

  private StreamTask task(TaskSpec spec, TaskProbe probe) {
    return new StreamTask(
        spec,
        new StreamTask.Surroundings(
            sources,
            PictureAnalyzers.installed(),
            SoundAnalyzers.installed(),
            clock,
            new Random(7)),
        new CapturingSink(),
        probe);
  }

  private static TaskSpec finite() {
    return TaskSpec.finite(SourceRequest.of("a"), List.of()).strictly();
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

  /** Writes down what it is shown, and when it is told of a discontinuity. */
  private static final class Witness extends TestDetector {
    private final List<String> seen = new ArrayList<>();

    @Override
    public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
      seen.add(frame.ptsMicros() / 1000 + "+" + frame.durationMicros() / 1000);
    }

    @Override
    public void onEvent(MediaEvent event, ObservationSink out) {
      if (event instanceof MediaEvent.Discontinuity discontinuity) {
        seen.add(discontinuity.cause() + " " + discontinuity.ptsMicros() / 1000);
      }
    }
  }

  @Test
  void decode_keyPictures_othersAreStoodForAndDetectorsThatNeedThemAreLeftOut()
      throws MediaException {
    // Pictures of 40 ms; of those from 80 ms on, every third is a key picture.
    FakeSource source = FakeSource.of(true).picture(0, 128).picture(40_000, 128);
    for (int i = 2; i < 11; i++) {
      if (i % 3 == 2) {
        source.picture(i * 40_000L, 128);
      } else {
        source.event(new MediaEvent.Undecoded("video:0", i * 40_000L, 40_000));
      }
    }
    sources.on("a", () -> source.picture(440_000, 128).picture(480_000, 128).waits());
    Witness working = new Witness();
    Witness needy = new Witness();
    TaskSpec spec = live();
    StreamTask task =
        task(
            new TaskSpec(
                spec.source(),
                spec.rendition(),
                List.of(
                    working.configured("stream.sign", WithKeyPictures.WORKS),
                    needy.configured("video.motion", WithKeyPictures.LEFT_OUT)),
                true,
                true,
                spec.retry()),
            TaskProbe.NONE);

    for (int steps = 0; steps < 4; steps++) {
      task.step();
    }
    task.decode(Decoding.KEY_PICTURES, "calm");
    for (int steps = 0; steps < 9; steps++) {
      task.step();
    }
    task.decode(Decoding.FULL, "a suspicion");
    task.step();
    task.step();
    task.close();

    assertThat(working.seen)
        .containsExactly("0+40", "40+40", "80+40", "200+40", "320+40", "440+40", "480+40");
    assertThat(needy.seen)
        .containsExactly("0+40", "40+40", "NOT_DECODED 80", "NOT_DECODED 440", "440+40", "480+40");
    assertThat(sources.opened()).hasSize(1);
    assertThat(task.statistics().videoFrames()).isEqualTo(7);
  }

  @Test
  void step_latePictures_areShownToThoseThatWereLeftOut() throws MediaException {
    FakeSource source = FakeSource.of(true).picture(0, 128).picture(40_000, 128);
    source.event(new MediaEvent.Undecoded("video:0", 80_000, 40_000));
    TestFrame key = TestFrame.grey(16, 16, 128).at(40_000, 40_000);
    source.event(new MediaEvent.Late(key));
    source.event(new MediaEvent.Late(TestFrame.grey(16, 16, 128).at(80_000, 40_000).after(key)));
    sources.on("a", () -> source.picture(120_000, 128).waits());
    Witness working = new Witness();
    Witness suspecting = new Witness();
    Witness needy = new Witness();
    TaskSpec spec = live();
    StreamTask task =
        task(
            new TaskSpec(
                spec.source(),
                spec.rendition(),
                List.of(
                    working.configured("stream.sign", WithKeyPictures.WORKS),
                    suspecting.configured("video.level", WithKeyPictures.SUSPECTS),
                    needy.configured("video.motion", WithKeyPictures.LEFT_OUT)),
                true,
                true,
                spec.retry()),
            TaskProbe.NONE);

    task.step();
    task.step();
    task.step();
    task.decode(Decoding.KEY_PICTURES, "calm");
    task.step();
    task.step();
    task.decode(Decoding.FULL, "a suspicion");
    task.step();
    task.step();
    task.step();
    long reached = task.mediaMicros();
    task.close();

    assertThat(working.seen).containsExactly("0+40", "40+40", "120+40");
    assertThat(needy.seen)
        .containsExactly("0+40", "NOT_DECODED 40", "NOT_DECODED 120", "40+40", "80+40", "120+40");
    // The instance that looks at key pictures is the same one here.
    assertThat(suspecting.seen)
        .containsExactly(
            "0+40", "NOT_DECODED 40", "40+40", "NOT_DECODED 120", "40+40", "80+40", "120+40");
    assertThat(reached).isEqualTo(160_000);
    // The key picture was counted when it came.
    assertThat(task.statistics().videoFrames()).isEqualTo(4);
  }

  @Test
  void decode_keyPictures_whatIsFoundInThemIsASuspicion() throws MediaException {
    FakeSource source = FakeSource.of(true).picture(0, 16);
    for (int i = 1; i < 10; i++) {
      source.event(new MediaEvent.Undecoded("video:0", i * 40_000L, 40_000));
    }
    sources.on("a", () -> source.picture(400_000, 16).picture(440_000, 16).waits());
    List<String> heard = new ArrayList<>();
    TaskSpec spec = live();
    StreamTask task =
        new StreamTask(
            new TaskSpec(
                spec.source(),
                spec.rendition(),
                List.of(new Finder().configured("video.level", WithKeyPictures.SUSPECTS)),
                true,
                true,
                spec.retry()),
            new StreamTask.Surroundings(
                sources,
                PictureAnalyzers.installed(),
                SoundAnalyzers.installed(),
                clock,
                new Random(7)),
            new ObservationSink() {
              @Override
              public void observe(Observation observation) {
                heard.add("found");
              }

              @Override
              public void suspected(String kind, long ptsMicros) {
                heard.add(kind + " " + ptsMicros / 1000);
              }
            },
            TaskProbe.NONE);

    task.step();
    task.decode(Decoding.KEY_PICTURES, "calm");
    for (int steps = 0; steps < 12; steps++) {
      task.step();
    }
    assertThat(heard).containsExactly("video.level 0", "video.level 400");
    task.decode(Decoding.FULL, "a suspicion");
    task.step();
    task.close();

    assertThat(heard).endsWith("found");
  }

  /** Finds something in every picture. */
  private static final class Finder extends TestDetector {
    @Override
    public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
      long at = frame.ptsMicros();
      out.observe(
          new Observation.Opened(
              new Finding(
                  "f/" + at, "video.level", at, at, Severity.ERROR, 1, null, null, Map.of(), "")));
    }
  }

  @Test
  void run_liveInputOnTooSlowAMachine_sparesPicturesCountsAndTells() throws MediaException {
    List<Integer> strides = new ArrayList<>();
    Counter defects = new Counter("video.test", strides);
    Counter timing = new Counter("stream.test", strides);
    // Pictures of 40 ms that take 80 ms: a second is lost with each 25 of them.
    sources.on("a", () -> pictures(true, new int[400]).working(clock, Duration.ofMillis(80)));
    StreamTask task = counting(live(), defects, timing);

    for (int i = 0; i < 402; i++) {
      task.step();
    }
    TaskStatistics statistics = task.statistics();
    task.close();

    assertThat(strides).containsExactly(2, 4, 8);
    assertThat(statistics.videoFrames()).isEqualTo(400);
    assertThat(timing.pictures).isEqualTo(400);
    assertThat(statistics.skippedFrames()).isBetween(220L, 235L);
    assertThat(defects.pictures).isEqualTo(400 - (int) statistics.skippedFrames());
    // From the first picture to the last: each lasts until the next one that is shown.
    assertThat(defects.gaps).isZero();
    assertThat(defects.endMicros).isBetween(400 * 40_000L, 407 * 40_000L);
  }

  @Test
  void run_finiteInputOnTooSlowAMachine_sparesNothing() throws MediaException {
    List<Integer> strides = new ArrayList<>();
    Counter defects = new Counter("video.test", strides);
    sources.on("a", () -> pictures(false, new int[400]).working(clock, Duration.ofMillis(60)));

    TaskStatistics statistics = counting(finite(), defects).run();

    assertThat(strides).isEmpty();
    assertThat(statistics.skippedFrames()).isZero();
    assertThat(defects.pictures).isEqualTo(400);
  }

  private StreamTask counting(TaskSpec spec, Counter... counters) {
    return task(
        new TaskSpec(
            spec.source(),
            spec.rendition(),
            Stream.of(counters).map(counter -> counter.configured(counter.kind)).toList(),
            spec.live(),
            spec.strict(),
            spec.retry()),
        counters[0]);
  }

  /** Counts the pictures that it is shown, and notes what is told of shedding. */
  private static final class Counter extends TestDetector implements TaskProbe {
    private final String kind;
    private final List<Integer> strides;
    private int pictures;
    private int gaps;
    private long endMicros;

    Counter(String kind, List<Integer> strides) {
      this.kind = kind;
      this.strides = strides;
    }

    @Override
    public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
      pictures++;
      gaps += frame.ptsMicros() == endMicros ? 0 : 1;
      endMicros = frame.ptsMicros() + frame.durationMicros();
    }

    @Override
    public void shedding(int stride, double behindSeconds, long skippedFrames) {
      strides.add(stride);
    }
  }
}
