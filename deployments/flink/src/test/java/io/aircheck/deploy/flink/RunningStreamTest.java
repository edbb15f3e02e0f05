package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.AddressTerms;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.flink.RunningStream.Deed;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.FakeClock;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.FakeSources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunningStreamTest {
  private static final StreamOrder ORDER =
      new StreamOrder(
          "s/1",
          new StreamSpec(
              "s",
              SourceRequest.of("a"),
              Optional.empty(),
              List.of(),
              List.of(new DetectorChoice(DarkDetector.KIND, Map.of())),
              false),
          List.of(),
          IncidentPolicy.DEFAULT,
          Map.of());

  /** Dark twice: from 0.2 s to 0.4 s and from 0.6 s to 0.8 s. */
  private static FakeSource twiceDark() {
    FakeSource source = FakeSource.of(false);
    for (int i = 0; i < 30; i++) {
      source.picture(i * 40_000L, (i >= 5 && i < 10) || (i >= 15 && i < 20) ? 16 : 128);
    }
    return source;
  }

  private final BlockingQueue<Deed> told = new LinkedBlockingQueue<>();

  private static SharedSetup setup(FakeSources sources) {
    return SharedSetup.of(
        new DetectorCatalog(List.of(DarkDetector.FACTORY)),
        new StreamTask.Surroundings(
            sources,
            PictureAnalyzers.installed(),
            SoundAnalyzers.installed(),
            new FakeClock(),
            new Random(1)));
  }

  private List<Deed> run(StreamSplit split) throws InterruptedException {
    new RunningStream(
            split, setup(new FakeSources().on("a", RunningStreamTest::twiceDark)), told::add)
        .start();
    List<Deed> deeds = new ArrayList<>();
    while (deeds.isEmpty() || !(deeds.getLast() instanceof Deed.Ended)) {
      Deed next = told.poll(20, TimeUnit.SECONDS);
      assertThat(next).as("after %s", deeds).isNotNull();
      deeds.add(next);
    }
    return deeds;
  }

  private static List<Observation> observed(List<Deed> deeds) {
    List<Observation> observed = new ArrayList<>();
    for (Deed deed : deeds) {
      if (deed instanceof Deed.Advanced advanced) {
        advanced.report().seen().forEach(seen -> observed.add(seen.observation().observation()));
      }
    }
    return observed;
  }

  /** What a checkpoint after so many deeds holds, written and read back. */
  private static StreamSplit checkpoint(List<Deed> deeds) throws IOException {
    Map<String, SavedTask> tasks = new HashMap<>();
    for (Deed deed : deeds) {
      if (deed instanceof Deed.Advanced advanced) {
        tasks.put(advanced.report().task(), advanced.saved());
      }
    }
    RecordBytes<StreamSplit> bytes = new RecordBytes<>(StreamSplit.class);
    return bytes.deserialize(1, bytes.serialize(new StreamSplit(ORDER, tasks, false)));
  }

  @Test
  void watch_withOtherTerms_holdInputsToThemWithoutBeginningAnew() throws Exception {
    FakeSources sources =
        new FakeSources()
            .on("a", () -> FakeSource.of(true).picture(0, 16).picture(40_000, 16).waits());
    RunningStream running = new RunningStream(StreamSplit.begin(ORDER), setup(sources), told::add);
    running.start();
    assertThat(told.poll(20, TimeUnit.SECONDS)).isInstanceOf(Deed.Advanced.class);
    AddressRule rule = sources.requests().getFirst().addresses();
    assertThat(rule.refusal("http://192.0.2.1/live")).isEmpty();

    running.watch(Watching.FULL, new AddressTerms(List.of("https"), false, List.of()));

    assertThat(rule.refusal("http://192.0.2.1/live")).isPresent();
    assertThat(sources.opened()).singleElement().matches(source -> !source.isClosed());
    running.stop();
  }

  @Test
  void start_fromAnyCheckpoint_observesWhatIsLeftAndNothingTwice() throws Exception {
    List<Deed> undisturbed = run(StreamSplit.begin(ORDER));
    assertThat(observed(undisturbed)).hasSize(4);

    for (int after = 0; after < undisturbed.size(); after++) {
      List<Deed> before = undisturbed.subList(0, after);
      List<Observation> all = new ArrayList<>(observed(before));
      all.addAll(observed(run(checkpoint(before))));

      assertThat(all).as("checkpoint after %d deeds", after).isEqualTo(observed(undisturbed));
    }
  }
}
