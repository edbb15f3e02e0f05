package io.aircheck.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.evaluate.LabelledClip.Event;
import io.aircheck.app.evaluate.LabelledClip.Interval;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScorerTest {
  private static final Set<String> KINDS =
      Set.of("video.black", "video.freeze", "sync.offset", "stream.gap");

  private final Scorer scorer = new Scorer(LabelMap.shipped(), Severity.WARNING);
  private final Evaluation evaluation = new Evaluation();

  private static Finding finding(
      String kind, double start, double end, Severity severity, @Nullable String rendition) {
    return new Finding(
        kind + start,
        kind,
        Math.round(start * 1e6),
        Math.round(end * 1e6),
        severity,
        1,
        null,
        rendition,
        Map.of(),
        "m");
  }

  private static LabelledClip clip(Event... events) {
    return new LabelledClip(
        "c.mp4",
        "",
        20,
        List.of(events),
        Map.of("static", List.of(new Interval(15, 18)), "black", List.of()));
  }

  private static Event event(String label, double start, double end) {
    return new Event(label, start, end, Optional.empty(), Optional.empty());
  }

  private void score(LabelledClip clip, Finding... findings) {
    scorer.score(clip, List.of(findings), KINDS, Scorer.TOLERANCE_SECONDS, evaluation);
  }

  @Test
  void score_findingOverlapsEvent_isFoundOnceHoweverOften() {
    score(
        clip(event("black", 5, 8)),
        finding("video.black", 5.1, 6, Severity.ERROR, null),
        finding("video.black", 7, 8.2, Severity.ERROR, null));

    Evaluation.Score score = evaluation.score("video.black");
    assertThat(score.found()).isEqualTo(1);
    assertThat(score.falseAlarms()).isZero();
    assertThat(score.f1()).isEqualTo(1.0);
  }

  @Test
  void score_findingJustOutsideTheTolerance_isMissAndFalseAlarm() {
    score(clip(event("black", 5, 8)), finding("video.black", 8.51, 9, Severity.ERROR, null));

    Evaluation.Score score = evaluation.score("video.black");
    assertThat(score.missed()).isEqualTo(1);
    assertThat(score.falseAlarms()).isEqualTo(1);
    assertThat(score.f1()).isZero();
    assertThat(evaluation.misses()).hasSize(1);
    assertThat(evaluation.falseAlarms()).hasSize(1);
  }

  @Test
  void score_findingOfAnotherKindInTheEvent_isFalseAlarm() {
    score(clip(event("black", 5, 8)), finding("video.freeze", 5, 8, Severity.WARNING, null));

    assertThat(evaluation.score("video.freeze").falseAlarms()).isEqualTo(1);
  }

  @Test
  void score_consequenceOfTheEvent_isNoFalseAlarm() {
    score(clip(event("ts_loss", 5, 8)), finding("stream.gap", 6, 6.1, Severity.ERROR, null));

    assertThat(evaluation.falseAlarms()).isEmpty();
  }

  @Test
  void score_inNaturalInterval_countsOnlyAsError() {
    score(
        clip(),
        finding("video.freeze", 15.5, 17, Severity.WARNING, null),
        finding("video.freeze", 15.6, 17, Severity.ERROR, null));

    assertThat(evaluation.score("video.freeze").falseAlarms()).isEqualTo(1);
    assertThat(evaluation.errorsOnClean()).hasSize(1);
  }

  @Test
  void score_belowSmallestSeverity_doesNotExist() {
    score(
        clip(event("black", 5, 8)),
        finding("video.black", 5, 8, Severity.INFO, null),
        finding("video.freeze", 1, 2, Severity.INFO, null));

    assertThat(evaluation.score("video.black").missed()).isEqualTo(1);
    assertThat(evaluation.falseAlarms()).isEmpty();
  }

  @Test
  void score_wrongRendition_isMissAndFalseAlarm() {
    LabelledClip clip =
        clip(new Event("hls_rendition_black", 5, 8, Optional.of("v1"), Optional.empty()));

    score(clip, finding("video.black", 5, 8, Severity.ERROR, "v0"));

    assertThat(evaluation.score("video.black").missed()).isEqualTo(1);
    assertThat(evaluation.falseAlarms()).hasSize(1);
  }

  @Test
  void score_shiftWithoutReference_isInconclusive() {
    score(clip(new Event("av_shift", 0, 20, Optional.empty(), Optional.of(80.0))));

    Evaluation.Score score = evaluation.score("sync.offset");
    assertThat(score.inconclusive()).isEqualTo(1);
    assertThat(score.missed()).isZero();
    assertThat(score.recall()).isNaN();
  }

  @Test
  void score_kindThatDoesNotRun_isNotEvaluated() {
    score(clip(event("hum", 1, 5)));

    assertThat(evaluation.scores()).isEmpty();
  }
}
