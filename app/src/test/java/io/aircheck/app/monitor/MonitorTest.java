package io.aircheck.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.task.StreamTask;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.FakeClock;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.FakeSources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MonitorTest {
  private static final int PICTURES = 140;

  private final FakeClock clock = new FakeClock();
  private final FakeSources sources = new FakeSources();
  private final List<String> notices = new CopyOnWriteArrayList<>();

  /** Plays pictures of 40 ms of which each takes a time to decode. */
  private String statusAfter(Duration perPicture) throws Exception {
    sources.on(
        "a",
        () -> {
          FakeSource source = FakeSource.of(false).working(clock, perPicture);
          for (int i = 0; i < PICTURES; i++) {
            source.picture(i * 40_000L, 128);
          }
          return source;
        });
    try (Monitor monitor =
        new Monitor(
            new DetectorCatalog(List.of(DarkDetector.FACTORY)),
            List.of(),
            new StreamTask.Surroundings(
                sources,
                PictureAnalyzers.installed(),
                SoundAnalyzers.installed(),
                clock,
                new Random(7)),
            List.of(new Monitor.Input(SourceRequest.of("a"), Optional.empty())),
            List.of(),
            List.of(new DetectorChoice(DarkDetector.KIND, Map.of())),
            (input, opened, wallClockMillis, finding) -> {},
            notices::add)) {
      monitor.done().toCompletableFuture().get(30, TimeUnit.SECONDS);
      return monitor.status();
    }
  }

  @Test
  void status_machineTooSlow_tellsHowManyPicturesWereNotLookedAt() throws Exception {
    // Five seconds behind after 100 pictures, six after 120: half of the pictures are left out,
    // then three of four.
    String status = statusAfter(Duration.ofMillis(90));

    assertThat(notices)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith("a: this machine is too slow (5.1 s behind)")
                    .endsWith("looking at one of 2 pictures"),
            second -> assertThat(second).endsWith("looking at one of 4 pictures"));
    assertThat(status).matches("1 input, 0 incidents open, 2[0-9] pictures not looked at");
  }

  @Test
  void status_machineFastEnough_saysNothingOfIt() throws Exception {
    String status = statusAfter(Duration.ofMillis(30));

    assertThat(notices).isEmpty();
    assertThat(status).isEqualTo("1 input, 0 incidents open");
  }
}
