package io.aircheck.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FoldChainTest {
  private final List<String> heard = new ArrayList<>();

  private record Count(int of) {}

  /**
   * Opens a finding, which bears its name, for everything it is told; speaks again at one second of
   * media time; and fails at the word "bug".
   */
  private record Namer(String id) implements ObservationFold<Count> {
    @Override
    public Class<Count> stateType() {
      return Count.class;
    }

    @Override
    public Count initial(String key) {
      return new Count(0);
    }

    @Override
    public Step<Count, StreamObservation> apply(Count state, StreamObservation input) {
      String word = ((Observation.Opened) input.observation()).finding().id();
      if (word.equals("bug")) {
        throw new IllegalStateException("a bug");
      }
      Count next = new Count(state.of() + 1);
      String name = id + next.of() + "(" + word + ")";
      return new Step<>(next, List.of(opened(name)), OptionalLong.of(1000));
    }

    @Override
    public Step<Count, StreamObservation> onTimer(Count state, long timeMillis) {
      return Step.of(state, List.of(opened(id + " at " + timeMillis)));
    }

    @Override
    public Step<Count, StreamObservation> finish(Count state) {
      return Step.of(state, List.of(opened("all " + state.of() + " of " + id)));
    }
  }

  private static StreamObservation opened(String id) {
    Finding finding =
        new Finding(id, "test.kind", 0, 0, Severity.INFO, 1, null, null, Map.of(), "m");
    return new StreamObservation("s", null, Point.MONITORED, 0, new Observation.Opened(finding));
  }

  private FoldChain chain(boolean strict, String... ids) {
    List<ObservationFold<?>> folds = new ArrayList<>();
    for (String id : ids) {
      folds.add(new Namer(id));
    }
    return new FoldChain("s", folds, strict, observation -> heard.add(word(observation)));
  }

  private static String word(StreamObservation observation) {
    return switch (observation.observation()) {
      case Observation.Opened opened -> opened.finding().id();
      case Observation.Closed closed -> "closed " + closed.finding().id();
      default -> "something else";
    };
  }

  @Test
  void accept_twoFolds_laterOneHearsTheEarlier() {
    chain(true, "a", "b").accept(opened("x"));

    assertThat(heard).containsExactly("a1(x)", "b1(a1(x))", "b2(x)");
  }

  @Test
  void advance_beforeAndAfterTheTimer_callsOnce() {
    FoldChain chain = chain(true, "a");
    chain.accept(opened("x"));

    chain.advance(999_999);
    assertThat(heard).containsExactly("a1(x)");
    chain.advance(1_000_000);
    chain.advance(2_000_000);

    assertThat(heard).containsExactly("a1(x)", "a at 1000");
  }

  @Test
  void accept_foldFails_closesWhatItHeldOpenAndBeginsAnew() {
    FoldChain chain = chain(false, "a");

    chain.accept(opened("x"));
    chain.accept(opened("bug"));
    chain.accept(opened("y"));

    assertThat(heard).containsExactly("a1(x)", "closed a1(x)", "a1(y)");
  }

  @Test
  void accept_strictAndFoldFails_throws() {
    FoldChain chain = chain(true, "a");

    assertThatThrownBy(() -> chain.accept(opened("bug"))).hasMessage("a bug");
  }

  @Test
  void restore_atEveryPoint_changesNothingOfWhatIsSaid() {
    List<String> words = List.of("x", "y", "bug", "z");
    List<String> whole = said(words, words.size());

    for (int cut = 0; cut < words.size(); cut++) {
      assertThat(said(words, cut)).as("cut before %d", cut).isEqualTo(whole);
    }
  }

  /** What two folds say to words when another chain goes on from before one of them. */
  private List<String> said(List<String> words, int cut) {
    heard.clear();
    FoldChain chain = chain(false, "a", "b");
    for (int i = 0; i < words.size(); i++) {
      if (i == cut) {
        List<FoldChain.Snapshot> known = chain.snapshot();
        chain = chain(false, "a", "b");
        chain.restore(known);
      }
      chain.advance(i * 600_000L);
      chain.accept(opened(words.get(i)));
    }
    chain.finish();
    return List.copyOf(heard);
  }

  @Test
  void restore_stateOfAnotherFold_isRefused() {
    FoldChain chain = chain(true, "a");
    FoldChain.Snapshot foreign =
        new FoldChain.Snapshot("a", opened("x"), OptionalLong.empty(), Map.of());

    assertThatThrownBy(() -> chain.restore(List.of(foreign)))
        .isInstanceOf(ClassCastException.class);
  }
}
