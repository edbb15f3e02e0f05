package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.testkit.DarkDetector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunFoldingTest {
  private static final Run RUN =
      new Run("s/1", "s", true, List.of("both"), IncidentPolicy.DEFAULT, Map.of());

  private FoldedRun known = FoldedRun.NEW;
  private long sinceMillis;

  private static StreamReport.Seen dark(String rendition, long atMicros, boolean opens) {
    Finding finding =
        new Finding(
            "dark-1",
            DarkDetector.KIND,
            atMicros,
            atMicros,
            Severity.ERROR,
            1,
            null,
            rendition,
            Map.of(),
            "dark");
    return new StreamReport.Seen(
        atMicros,
        new StreamObservation(
            "s",
            rendition,
            Point.MONITORED,
            0,
            opens ? new Observation.Opened(finding) : new Observation.Closed(finding)));
  }

  /** Reports of two tasks of a live ladder, which know of each other. */
  private static StreamReport.Advanced report(
      String task, long reachedMicros, StreamReport.Seen... seen) {
    return new StreamReport.Advanced(
        RUN,
        task,
        List.of("high", "low"),
        List.of(seen),
        reachedMicros,
        true,
        false,
        0,
        Glimpse.NOTHING);
  }

  /** Folds a report in; what is known before goes through bytes, as in a checkpoint. */
  private List<String> fold(StreamReport report, long nowMillis) throws IOException {
    RecordBytes<FoldedRun> bytes = new RecordBytes<>(FoldedRun.class);
    FoldedRun before = bytes.deserialize(1, bytes.serialize(known));
    RunFolding folding =
        new RunFolding(RUN, List.of(new BothDarkFold()), true, before, sinceMillis);
    List<StreamObservation> said =
        switch (report) {
          case StreamReport.Advanced advanced ->
              folding.advanced(advanced, nowMillis).observations();
          case StreamReport.Ended ended -> folding.ended(ended).observations();
          case StreamReport.Retold retold -> folding.retold().open();
        };
    known = folding.snapshot();
    List<String> words = new ArrayList<>();
    for (StreamObservation observation : said) {
      words.add(
          switch (observation.observation()) {
            case Observation.Opened opened -> "opened " + opened.finding().kind();
            case Observation.Updated updated -> updated.finding().message();
            case Observation.Closed closed -> "closed " + closed.finding().kind();
            case Observation.Fingerprinted fingerprinted -> "fingerprint";
          });
    }
    return words;
  }

  @Test
  void advanced_fasterTask_isToldAtOnceAndFoldedWhenTheOtherHasComeAsFar() throws IOException {
    assertThat(fold(report("high", 5_000_000, dark("high", 3_000_000, true)), 0))
        .containsExactly("opened test.dark");
    assertThat(fold(report("low", 2_000_000, dark("low", 1_000_000, true)), 0))
        .containsExactly("opened test.dark");

    assertThat(fold(report("low", 3_500_000), 0)).containsExactly("opened test.both");
  }

  @Test
  void advanced_pastTheTimerOfAFold_callsItOnce() throws IOException {
    fold(report("high", 500_000, dark("high", 0, true)), 0);
    fold(report("low", 500_000, dark("low", 0, true)), 0);

    assertThat(fold(report("high", 3_000_000), 0)).isEmpty();
    assertThat(fold(report("low", 3_000_000), 0)).containsExactly("both are still dark");
    assertThat(fold(report("low", 4_000_000), 0)).isEmpty();
  }

  @Test
  void advanced_taskThatHangs_isNotWaitedFor() throws IOException {
    fold(report("low", 1_000_000, dark("low", 500_000, true)), 0);

    assertThat(fold(report("high", 2_100_000, dark("high", 2_000_000, true)), 1_000))
        .containsExactly("opened test.dark");
    assertThat(fold(report("high", 2_200_000), 7_000)).containsExactly("opened test.both");
  }

  @Test
  void advanced_justAfterARestart_waitsForTasksThatCouldNotMoveMeanwhile() throws IOException {
    fold(report("low", 1_000_000, dark("low", 500_000, true)), 0);
    sinceMillis = 60_000;

    assertThat(fold(report("high", 3_000_000, dark("high", 2_000_000, true)), 61_000))
        .containsExactly("opened test.dark");
  }

  @Test
  void retold_someAreOpenAndSomeAreNot_tellsBeginningsOfThoseThatAre() throws IOException {
    fold(report("high", 5_000_000, dark("high", 3_000_000, true)), 0);
    fold(report("low", 5_000_000, dark("low", 3_500_000, true)), 0);
    fold(report("high", 7_000_000, dark("high", 6_000_000, false)), 0);
    assertThat(fold(report("low", 7_500_000), 0)).containsExactly("closed test.both");

    assertThat(fold(new StreamReport.Retold(RUN), 0)).containsExactly("opened test.dark");
  }

  @Test
  void ended_whatWaits_isFoldedAndWhatIsOpenClosed() throws IOException {
    fold(report("high", 5_000_000, dark("high", 3_000_000, true)), 0);
    fold(report("low", 2_000_000, dark("low", 1_000_000, true)), 0);

    assertThat(fold(new StreamReport.Ended(RUN, Optional.empty(), false, 0), 0))
        .containsExactly("opened test.both", "closed test.both");
  }
}
