package io.aircheck.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriterFactory;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.inprocess.TaskId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ladder that is on air and watched lightly, on which something goes wrong for a while. */
@Tag("slow")
class LightLadderTest {
  private static final DemoFault BLACK = new DemoFault(DemoFault.Type.BLACK, 20, 8);

  @TempDir Path folder;

  private final BlockingQueue<Turn> turns = new LinkedBlockingQueue<>();
  private final TreeSet<String> blackIn = new TreeSet<>();

  /** What is decoded of the higher rendition from a moment on, and why. */
  private record Turn(Decoding decoding, String why) {}

  private TaskProbe probe(TaskId id) {
    return new TaskProbe() {
      @Override
      public void decoding(Decoding decoding, String why) {
        if (Rung.HIGH.name().equals(id.rendition())) {
          turns.add(new Turn(decoding, why));
        }
      }
    };
  }

  private void note(StreamObservation observed) {
    if (observed.observation() instanceof Observation.Opened opened
        && opened.finding().kind().equals(Kinds.VIDEO_BLACK)) {
      synchronized (blackIn) {
        blackIn.add(String.valueOf(observed.rendition()));
      }
    }
  }

  private Turn nextOf(Decoding decoding) throws InterruptedException {
    while (true) {
      Turn turn = turns.poll(60, TimeUnit.SECONDS);
      assertThat(turn).as("turn to " + decoding).isNotNull();
      if (turn.decoding() == decoding) {
        return turn;
      }
    }
  }

  @Test
  void watch_blackForAWhile_isWatchedInFullMeanwhileAndFoundInAllRenditions() throws Exception {
    LiveLadder ladder =
        new LiveLadder(folder, 3, Rung.BOTH, () -> FaultSchedule.once(List.of(BLACK)));
    MediaWriterFactory writers =
        ServiceLoader.load(MediaWriterFactory.class).findFirst().orElseThrow();
    CountDownLatch begun = new CountDownLatch(1);
    Thread encoder =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    ladder.run(
                        writers,
                        seconds -> {
                          if (seconds >= LiveLadder.HEAD_START_SECONDS) {
                            begun.countDown();
                          }
                        });
                  } catch (MediaException e) {
                    throw new IllegalStateException(e);
                  }
                });
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    DetectorCatalog catalog = DetectorCatalog.installed();
    StreamSpec spec =
        new StreamSpec(
            "ladder",
            SourceRequest.of(folder.resolve("master.m3u8").toString()),
            Optional.empty(),
            List.of(),
            catalog.choose(List.of(), Map.of()),
            true,
            new Watching(true, Duration.ofSeconds(4)));
    InProcessDeployment deployment =
        InProcessDeployment.installed(InProcessDeployment.Settings.DEFAULT, this::probe);

    try (Deployment.Handle handle =
        deployment.deploy(new Topology(List.of(spec), List.of("ladder")), this::note)) {
      nextOf(Decoding.KEY_PICTURES);
      Turn promoted = nextOf(Decoding.FULL);
      nextOf(Decoding.KEY_PICTURES);

      assertThat(promoted.why()).isNotEmpty();
      synchronized (blackIn) {
        assertThat(blackIn).containsExactlyInAnyOrder(Rung.HIGH.name(), Rung.LOW.name());
      }
    } finally {
      encoder.interrupt();
      encoder.join();
    }
  }
}
