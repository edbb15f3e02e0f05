package io.aircheck.app.serve.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.deploy.inprocess.TaskId;
import io.aircheck.testkit.TestFrame;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskWatchTest {
  private final AtomicLong clock = new AtomicLong(1_000_000);
  private final MetricRecorder metrics =
      new MetricRecorder(
          new MemoryStore().metrics(), Duration.ofDays(1), Duration.ofDays(1), clock::get);
  private final TaskId task = new TaskId("a", null, Point.MONITORED);
  private final TaskWatch watch = new TaskWatch(task, metrics.lane(task), clock::get, () -> {});

  @AfterEach
  void close() {
    metrics.close();
  }

  private void picture(long ptsMicros) {
    watch.picture(TestFrame.grey(16, 16, 100).at(ptsMicros, 40_000));
  }

  @Test
  void stills_manyPictures_oneASecond() {
    for (int i = 0; i < 100; i++) {
      picture(i * 40_000L);
      clock.addAndGet(40);
    }

    assertThat(watch.stills()).hasSize(4);
  }

  @Test
  void startMillis_findingInABurst_fitsThePictures() {
    // Six seconds of media within one: the defect began in their third.
    for (int i = 0; i <= 6; i++) {
      picture(i * 1_000_000L);
      clock.addAndGet(150);
    }
    watch.observed(
        new Observation.Opened(
            new Finding(
                "1",
                "video.black",
                3_000_000,
                5_000_000,
                Severity.ERROR,
                1,
                null,
                null,
                Map.of(),
                "black")));

    long start = watch.startMillis("video.black").orElseThrow();
    picture(7_000_000);
    long shown = watch.stills().getLast().wallClockMillis() - 4_000;
    assertThat(start).isBetween(shown - 1_000, shown + 1_000);
    assertThat(watch.startMillis("video.freeze")).isEmpty();
  }
}
