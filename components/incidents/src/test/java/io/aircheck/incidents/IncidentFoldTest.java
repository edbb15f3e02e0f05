package io.aircheck.incidents;

import static io.aircheck.core.incident.IncidentChange.Type.ACKNOWLEDGED;
import static io.aircheck.core.incident.IncidentChange.Type.CLOSED;
import static io.aircheck.core.incident.IncidentChange.Type.NOTED;
import static io.aircheck.core.incident.IncidentChange.Type.OPENED;
import static io.aircheck.core.incident.IncidentChange.Type.RECOVERING;
import static io.aircheck.core.incident.IncidentChange.Type.RECURRED;
import static io.aircheck.core.incident.IncidentChange.Type.REOPENED;
import static io.aircheck.core.incident.IncidentChange.Type.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.fold.Fold.Step;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.Incident.State;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentInput;
import io.aircheck.core.incident.IncidentInput.Commanded.Command;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Media time zero is at wall clock 1,000,000 ms in all of these. */
class IncidentFoldTest {
  private static final long ORIGIN = 1_000_000;
  private static final IncidentPolicy POLICY =
      new IncidentPolicy(Severity.WARNING, Map.of(), 10_000);

  private final IncidentFold fold = new IncidentFold();
  private final List<IncidentChange> changes = new ArrayList<>();
  private IncidentState state = fold.initial("s");
  private OptionalLong timer = OptionalLong.empty();

  private static Finding finding(
      String kind, @Nullable String rendition, double start, double end, Severity severity) {
    return new Finding(
        kind + "/1",
        kind,
        Math.round(start * 1e6),
        Math.round(end * 1e6),
        severity,
        0.9,
        null,
        rendition,
        Map.of("mean", end),
        "it is so");
  }

  /** A finding opens at the time it has lasted to. */
  private void opens(String kind, @Nullable String rendition, double start, double now) {
    observes(now, new Observation.Opened(finding(kind, rendition, start, now, Severity.WARNING)));
  }

  /** A finding closes some time after its end. */
  private void closes(
      String kind, @Nullable String rendition, double start, double end, double now) {
    observes(now, new Observation.Closed(finding(kind, rendition, start, end, Severity.WARNING)));
  }

  private void observes(double now, Observation observation) {
    long atMillis = ORIGIN + Math.round(now * 1000);
    take(
        new IncidentInput.Observed(
            new StreamObservation("s", null, Point.MONITORED, atMillis, observation), POLICY));
  }

  private void take(IncidentInput input) {
    passes(input.atMillis());
    take(fold.apply(state, input));
  }

  private void passes(long millis) {
    while (timer.isPresent() && timer.getAsLong() <= millis) {
      take(fold.onTimer(state, timer.getAsLong()));
    }
  }

  private void take(Step<IncidentState, IncidentChange> step) {
    state = step.state();
    timer = step.timerMillis();
    changes.addAll(step.outputs());
  }

  private List<IncidentChange.Type> types() {
    return changes.stream().map(IncidentChange::type).toList();
  }

  private Incident latest() {
    return changes.getLast().incident();
  }

  @Test
  void apply_expectedFinding_isNoIncidentWhateverThePolicy() {
    IncidentPolicy strict =
        new IncidentPolicy(Severity.INFO, Map.of("video.black", Severity.ERROR), 10_000);
    Finding black = finding("video.black", null, 5, 7, Severity.WARNING);
    Finding expected = black.asExpected("at the border of an ad break");
    for (Observation observation :
        List.of(new Observation.Opened(expected), new Observation.Closed(expected))) {
      take(
          new IncidentInput.Observed(
              new StreamObservation("s", null, Point.MONITORED, ORIGIN, observation), strict));
    }

    assertThat(changes).isEmpty();
    assertThat(state).isEqualTo(IncidentState.NONE);
  }

  @Test
  void apply_findingThatOutlastsItsExcuse_opensWithItsOwnBeginning() {
    Finding black = finding("video.black", null, 5, 7, Severity.WARNING);
    observes(7, new Observation.Opened(black.asExpected("at the border of an ad break")));
    observes(10, new Observation.Updated(black.lastingUntil(9_500_000)));

    assertThat(types()).containsExactly(OPENED);
    assertThat(latest().firstSeenMillis()).isEqualTo(ORIGIN + 5_500);
  }

  @Test
  void apply_oneFinding_opensRecoversAndClosesWithItsOwnTimes() {
    opens("video.black", null, 5, 7);
    closes("video.black", null, 5, 9.5, 10);
    passes(ORIGIN + 20_000);

    assertThat(types()).containsExactly(OPENED, RECOVERING, CLOSED);
    assertThat(latest().firstSeenMillis()).isEqualTo(ORIGIN + 5_000);
    assertThat(latest().detectionDelayMillis()).isEqualTo(2_000);
    assertThat(latest().lastSeenMillis()).isEqualTo(ORIGIN + 9_500);
    assertThat(latest().revision()).isEqualTo(3);
    assertThat(state).isEqualTo(IncidentState.NONE);
  }

  @Test
  void apply_sameDefectInAllRenditions_isOneIncidentThatNamesThem() {
    opens("video.black", "high", 5, 7);
    opens("video.black", "low", 4.9, 7.1);
    closes("video.black", "high", 5, 9, 9);

    assertThat(types()).containsExactly(OPENED, UPDATED);
    assertThat(latest().renditions()).containsExactly("high", "low");
    assertThat(latest().firstSeenMillis()).isEqualTo(ORIGIN + 4_900);
    assertThat(state.active().getFirst().incident().state()).isEqualTo(State.OPEN);
  }

  @Test
  void apply_flappingWithinTheRecoveryTime_isOneIncidentWithACount() {
    opens("audio.silence", null, 1, 2);
    closes("audio.silence", null, 1, 3, 4);
    opens("audio.silence", null, 8, 9);
    closes("audio.silence", null, 8, 9, 10);
    opens("audio.silence", null, 15, 16);

    assertThat(types()).containsExactly(OPENED, RECOVERING, RECURRED, RECOVERING, RECURRED);
    assertThat(latest().occurrences()).isEqualTo(3);
    assertThat(latest().id()).isEqualTo(changes.getFirst().incident().id());
    assertThat(latest().firstSeenMillis()).isEqualTo(ORIGIN + 1_000);
  }

  @Test
  void apply_defectThatComesBackAfterTheRecoveryTime_isAnotherIncident() {
    opens("audio.silence", null, 1, 2);
    closes("audio.silence", null, 1, 3, 4);
    opens("audio.silence", null, 20, 21);

    assertThat(types()).containsExactly(OPENED, RECOVERING, CLOSED, OPENED);
    assertThat(latest().id()).isNotEqualTo(changes.getFirst().incident().id());
  }

  @Test
  void apply_consequenceOfAnOpenIncident_belongsToIt() {
    opens("stream.unavailable", null, 1, 2);
    opens("video.freeze", null, 1, 3);

    assertThat(types()).containsExactly(OPENED, UPDATED);
    assertThat(latest().kinds()).containsExactly("stream.unavailable", "video.freeze");
    assertThat(latest().cause()).isEqualTo("stream.unavailable");
  }

  @Test
  void apply_causeFoundAfterItsConsequence_explainsIt() {
    opens("video.freeze", null, 1, 2);
    opens("stream.unavailable", null, 1, 3);

    assertThat(types()).containsExactly(OPENED, OPENED, UPDATED);
    assertThat(latest().cause()).isEqualTo("video.freeze");
    assertThat(latest().explainedBy()).contains(changes.get(1).incident().id());
  }

  @Test
  void apply_worseFinding_raisesTheSeverityForGood() {
    opens("video.freeze", null, 1, 2);
    observes(5, new Observation.Updated(finding("video.freeze", null, 1, 5, Severity.ERROR)));
    closes("video.freeze", null, 1, 6, 7);

    assertThat(types()).containsExactly(OPENED, UPDATED, RECOVERING);
    assertThat(latest().severity()).isEqualTo(Severity.ERROR);
  }

  @Test
  void apply_findingBelowThePolicy_isAnIncidentOnlyOnceItIsWorse() {
    observes(2, new Observation.Opened(finding("video.blur", null, 1, 2, Severity.INFO)));
    assertThat(changes).isEmpty();

    observes(3, new Observation.Updated(finding("video.blur", null, 1, 3, Severity.WARNING)));
    assertThat(types()).containsExactly(OPENED);
    assertThat(latest().firstSeenMillis()).isEqualTo(ORIGIN + 1_000);
  }

  @Test
  void apply_watchedAnewWhileTheDefectGoesOn_saysNothing() {
    opens("video.black", "high", 1, 2);
    take(new IncidentInput.Rewatched("s", POLICY, ORIGIN + 5_000));
    opens("video.black", "high", 6, 8);
    passes(ORIGIN + 60_000);

    assertThat(types()).containsExactly(OPENED);
    assertThat(state.active()).hasSize(1);
  }

  @Test
  void apply_watchedAnewAfterTheDefectWentAway_closesAfterTheRecoveryTime() {
    opens("video.black", null, 1, 2);
    take(new IncidentInput.Rewatched("s", POLICY, ORIGIN + 5_000));
    passes(ORIGIN + 15_000);

    assertThat(types()).containsExactly(OPENED, CLOSED);
    assertThat(changes.getLast().atMillis()).isEqualTo(ORIGIN + 15_000);
  }

  @Test
  void apply_watchedAnewInPart_keepsWhatOthersHaveFound() {
    opens("video.black", null, 1, 2);
    take(new IncidentInput.Rewatched("s", POLICY, ORIGIN + 5_000, Set.of("video.black")));
    passes(ORIGIN + 3_600_000);
    assertThat(types()).containsExactly(OPENED);

    take(new IncidentInput.Rewatched("s", POLICY, ORIGIN + 3_600_000, Set.of("video.freeze")));
    passes(ORIGIN + 3_610_000);
    assertThat(types()).containsExactly(OPENED, CLOSED);
  }

  @Test
  void apply_pausedWithTheDefectOpen_staysOpenUntilItHasBeenWatchedAnew() {
    opens("video.black", null, 1, 2);
    take(new IncidentInput.Paused("s", ORIGIN + 5_000));
    closes("video.black", null, 1, 5, 5);
    passes(ORIGIN + 3_600_000);
    assertThat(types()).containsExactly(OPENED);

    take(new IncidentInput.Rewatched("s", POLICY, ORIGIN + 3_600_000));
    passes(ORIGIN + 3_610_000);
    assertThat(types()).containsExactly(OPENED, CLOSED);
  }

  @Test
  void apply_closedByHandWhileTheDefectGoesOn_staysClosedUntilItIsOver() {
    opens("video.black", "high", 1, 2);
    command(Command.CLOSE, "known, encoder test");
    opens("video.black", "low", 1, 4);
    closes("video.black", "high", 1, 5, 5);
    closes("video.black", "low", 1, 5, 5);
    assertThat(types()).containsExactly(OPENED, CLOSED);
    assertThat(latest().notes()).extracting(Incident.Note::text).contains("known, encoder test");

    opens("video.black", "high", 30, 31);
    assertThat(types()).containsExactly(OPENED, CLOSED, OPENED);
  }

  @Test
  void apply_reopenedByHand_recoversAgainUnlessTheDefectComesBack() {
    opens("video.black", null, 1, 2);
    closes("video.black", null, 1, 3, 3);
    passes(ORIGIN + 13_000);
    take(new IncidentInput.Reopened(latest(), POLICY, "ada", ORIGIN + 20_000));
    assertThat(types()).containsExactly(OPENED, RECOVERING, CLOSED, REOPENED);

    opens("video.black", null, 25, 26);
    assertThat(changes.getLast().type()).isEqualTo(RECURRED);
    assertThat(latest().id()).isEqualTo(changes.getFirst().incident().id());
  }

  @Test
  void apply_acknowledgedAndNoted_keepsWhoWhenAndWhat() {
    opens("video.black", null, 1, 2);
    command(Command.ACKNOWLEDGE, "");
    command(Command.NOTE, "calling the playout centre");

    assertThat(types()).containsExactly(OPENED, ACKNOWLEDGED, NOTED);
    assertThat(latest().acknowledgement())
        .contains(new Incident.Acknowledgement("ada", ORIGIN + 3_000));
    assertThat(latest().notes())
        .containsExactly(new Incident.Note("ada", ORIGIN + 3_000, "calling the playout centre"));
  }

  @Test
  void apply_streamNotWatchedAnyMore_closesEverything() {
    opens("video.black", null, 1, 2);
    opens("audio.silence", null, 1, 2);
    take(new IncidentInput.Unwatched("s", ORIGIN + 4_000));

    assertThat(types()).containsExactly(OPENED, OPENED, CLOSED, CLOSED);
    assertThat(state).isEqualTo(IncidentState.NONE);
  }

  @Test
  void apply_closingOfSomethingNeverOpened_changesNothing() {
    closes("video.black", null, 1, 2, 3);

    assertThat(changes).isEmpty();
  }

  private void command(Command command, String text) {
    String incident = changes.getFirst().incident().id();
    take(new IncidentInput.Commanded("s", incident, command, "ada", ORIGIN + 3_000, text));
  }
}
