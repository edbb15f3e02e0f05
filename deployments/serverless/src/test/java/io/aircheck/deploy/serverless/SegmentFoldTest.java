package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.testkit.DarkDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SegmentFoldTest {

  /** What it was told, in order, and what its timer said. */
  record Seen(List<String> ids) {}

  /** A fold that only remembers, and wants to be called at 5 s. */
  private static final class Remembering implements ObservationFold<Seen> {
    @Override
    public String id() {
      return "remembering";
    }

    @Override
    public Class<Seen> stateType() {
      return Seen.class;
    }

    @Override
    public Seen initial(String stream) {
      return new Seen(List.of());
    }

    @Override
    public Step<Seen, StreamObservation> apply(Seen state, StreamObservation input) {
      String next =
          switch (input.observation()) {
            case Observation.Opened opened -> opened.finding().id();
            case Observation.Closed closed -> "end of " + closed.finding().id();
            default -> "?";
          };
      OptionalLong timer =
          state.ids().contains("timer") ? OptionalLong.empty() : OptionalLong.of(5_000);
      return new Step<>(with(state, next), List.of(), timer);
    }

    @Override
    public Step<Seen, StreamObservation> onTimer(Seen state, long timeMillis) {
      return Step.of(with(state, "timer"), List.of());
    }

    @Override
    public Step<Seen, StreamObservation> finish(Seen state) {
      return Step.of(with(state, "end"), List.of());
    }

    private static Seen with(Seen state, String next) {
      List<String> ids = new ArrayList<>(state.ids());
      ids.add(next);
      return new Seen(ids);
    }
  }

  private static final Remembering FOLD = new Remembering();
  private Optional<FoldState> state = Optional.empty();

  private static Timed opened(String id, long atMicros, int lane, int step, int look) {
    Finding finding =
        new Finding(
            id,
            DarkDetector.KIND,
            atMicros,
            atMicros,
            Severity.ERROR,
            1,
            null,
            null,
            Map.of(),
            "Dark.");
    StreamObservation observation =
        TestParts.where(lane).observed(atMicros / 1_000, new Observation.Opened(finding));
    return new Timed(atMicros, lane, step, look, observation);
  }

  private static Calls.Watched lane(int index, long toMicros, boolean ended) {
    Calls.Lane lane =
        new Calls.Lane(
            TestParts.where(index),
            TestParts.input("a", true, 10_000_000),
            List.of(TestParts.LOOK, new Calls.Look(1, TestParts.DARK, List.of())));
    return new Calls.Watched(
        lane,
        Optional.of(new Calls.Converted(0, 0, toMicros, toMicros / 1_000, ended, false)),
        List.of(),
        Optional.empty());
  }

  /** Folds a segment, with the state written and read back between two. */
  private SegmentFold fold(List<Calls.Watched> lanes, Timed... observed) throws Exception {
    Calls.Fold call = new Calls.Fold(TestParts.job(true, "remembering"), 0, lanes);
    SegmentFold fold = new SegmentFold(call, List.of(FOLD), Parts.installedRules(), state);
    fold.fold(List.of(observed));
    state = Optional.of(SegmentJson.read(SegmentJson.write(fold.state(state)), FoldState.class));
    return fold;
  }

  private List<String> seen() throws Exception {
    return ((Seen) state.orElseThrow().snapshots(List.of(FOLD)).getFirst().state()).ids();
  }

  @Test
  void fold_observationsOfSeveralCalls_comeAsOneProcessWouldHaveMadeThem() throws Exception {
    fold(
        List.of(lane(0, 10_000_000, false)),
        opened("step 2", 1_000_000, 0, 2, 0),
        opened("later", 2_000_000, 0, 3, 0),
        opened("step 1, second detector", 1_000_000, 0, 1, 1),
        opened("step 1, first detector", 1_000_000, 0, 1, 0));

    assertThat(seen())
        .containsExactly(
            "step 1, first detector", "step 1, second detector", "step 2", "later", "timer");
  }

  @Test
  void fold_oneInputIsAhead_waitsForTheOther() throws Exception {
    SegmentFold first =
        fold(
            List.of(lane(0, 10_000_000, false), lane(1, 4_000_000, false)),
            opened("ahead", 9_000_000, 0, 9, 0),
            opened("behind", 3_000_000, 1, 3, 0));
    assertThat(seen()).containsExactly("behind");
    assertThat(first.folded().observations()).hasSize(2);

    SegmentFold second =
        fold(
            List.of(lane(0, 20_000_000, false), lane(1, 14_000_000, false)),
            opened("caught up", 6_000_000, 1, 2, 0));

    assertThat(seen()).containsExactly("behind", "timer", "caught up", "ahead");
    assertThat(second.folded().observations()).hasSize(1);
  }

  @Test
  void fold_allInputsEnded_letsTheRestThroughAndFinishes() throws Exception {
    fold(
        List.of(lane(0, 10_000_000, true), lane(1, 4_000_000, true)),
        opened("ahead", 9_000_000, 0, 9, 0),
        opened("behind", 3_000_000, 1, 3, 0));

    assertThat(seen())
        .containsExactly("behind", "end of behind", "timer", "ahead", "end of ahead", "end");
  }

  @Test
  void fold_oneOfTwoInputsEnded_isNotWaitedFor() throws Exception {
    fold(
        List.of(lane(0, 4_500_000, false), lane(1, 1_000_000, true)),
        opened("other", 4_000_000, 0, 9, 0));

    assertThat(seen()).containsExactly("other");
  }

  @Test
  void fold_executionHasLastedLongEnough_goesOnElsewhere() throws Exception {
    assertThat(nextAfter(9_999_000)).isEqualTo(Calls.Next.SEGMENT);
    assertThat(nextAfter(10_000_000)).isEqualTo(Calls.Next.ELSEWHERE);
  }

  private static Calls.Next nextAfter(long toMicros) throws Exception {
    Calls.Fold call =
        new Calls.Fold(
            TestParts.jobUntil(10_000, true, "remembering"), 0, List.of(lane(0, toMicros, false)));
    SegmentFold fold =
        new SegmentFold(call, List.of(FOLD), Parts.installedRules(), Optional.empty());
    fold.fold(List.of());
    return fold.state(Optional.empty()).at().next();
  }
}
