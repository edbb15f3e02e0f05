package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.task.StreamTask;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.FakeClock;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.FakeSources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A stream cut into segments, converted and looked at by calls that share only a bucket. */
class SegmentsTest {
  private static final List<ConfiguredDetector> DARK =
      new DetectorCatalog(List.of(DarkDetector.FACTORY))
          .configure(List.of(new DetectorChoice(DarkDetector.KIND, Map.of())));

  private final MemoryObjects objects = new MemoryObjects();
  private final FakeSources sources =
      new FakeSources()
          .on(
              "a",
              () -> {
                FakeSource source = FakeSource.of(false);
                for (int i = 0; i < 20; i++) {
                  source.picture(i * 40_000L, i >= 5 && i < 15 ? 16 : 128);
                  source.sound(i * 40_000L, 1_920, 0.25);
                }
                return source;
              });

  private StreamTask.Surroundings surroundings() {
    return new StreamTask.Surroundings(
        sources,
        PictureAnalyzers.installed(),
        SoundAnalyzers.installed(),
        new FakeClock(),
        new Random(1));
  }

  private List<Finding> run(long segmentMicros) throws MediaException, IOException {
    List<Finding> closed = new ArrayList<>();
    boolean ended = false;
    for (int number = 0; !ended; number++) {
      ended =
          new Converter(objects, surroundings())
              .convert(SourceRequest.of("a"), false, "a", number, segmentMicros, 0)
              .ended();
      new Examiner(objects, surroundings())
          .examine(
              "a",
              number,
              DarkDetector.KIND,
              DARK,
              Optional.empty(),
              observation -> {
                if (observation instanceof Observation.Closed over) {
                  closed.add(over.finding());
                }
              });
    }
    return closed;
  }

  @Test
  void segments_findingOverSeveral_isOne() throws Exception {
    List<Finding> cut = run(200_000);

    assertThat(cut)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.startMicros()).isEqualTo(200_000);
              assertThat(finding.endMicros()).isEqualTo(600_000);
              assertThat(finding.measurements()).containsEntry("luma", 16.0);
            });
    objects.objects().clear();
    assertThat(run(10_000_000)).isEqualTo(cut);
  }

  @Test
  void examine_pictureMissing_saysSoAndKeepsNoState() throws Exception {
    new Converter(objects, surroundings())
        .convert(SourceRequest.of("a"), false, "a", 0, 200_000, 0);
    objects.objects().keySet().removeIf(key -> key.endsWith("-000000000040000.png"));

    assertThatThrownBy(
            () ->
                new Examiner(objects, surroundings())
                    .examine("a", 0, "dark", DARK, Optional.empty(), observation -> {}))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("video-0-000000000040000.png is not in the bucket");
    assertThat(objects.objects().keySet()).noneMatch(key -> key.endsWith("dark.state"));
  }
}
