package io.aircheck.app.evaluate;

import io.aircheck.app.evaluate.LabelledClip.Event;
import io.aircheck.app.evaluate.LabelledClip.Interval;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares findings with labels.
 *
 * <p>An event is found when a finding of its kind, in its rendition if it names one, overlaps it
 * extended by the tolerance on both sides. A finding of a kind that overlaps no event of this kind
 * is a false alarm, except below {@code error} in a natural interval of that kind, and when an
 * event it overlaps really causes it. Findings below the smallest severity do not exist for either.
 * Several findings in one event count once; each false alarm counts.
 */
public final class Scorer {
  /** Half a second on both sides: what an operator would call the same moment. */
  public static final double TOLERANCE_SECONDS = 0.5;

  private final LabelMap labels;
  private final Severity smallest;

  public Scorer(LabelMap labels, Severity smallest) {
    this.labels = labels;
    this.smallest = smallest;
  }

  /**
   * Adds a clip to an evaluation.
   *
   * @param evaluated kinds that the running detectors can find; events of others do not count
   * @param toleranceSeconds see {@link #TOLERANCE_SECONDS}; live clips need more
   */
  public void score(
      LabelledClip clip,
      List<Finding> allFindings,
      Set<String> evaluated,
      double toleranceSeconds,
      Evaluation evaluation) {
    evaluation.clips++;
    List<Finding> findings =
        allFindings.stream().filter(finding -> finding.severity().atLeast(smallest)).toList();
    for (Event event : clip.events()) {
      for (String kind : new TreeSet<>(labels.kinds(event.label()))) {
        if (evaluated.contains(kind)) {
          scoreEvent(clip, event, kind, findings, toleranceSeconds, evaluation);
        }
      }
    }
    for (Finding finding : findings) {
      if (!explained(clip, finding, toleranceSeconds)) {
        evaluation.score(finding.kind()).falseAlarms++;
        evaluation.falseAlarms.add(new Evaluation.FalseAlarm(clip.file(), finding));
      }
      if (clip.events().isEmpty() && finding.severity() == Severity.ERROR) {
        evaluation.errorsOnClean.add(new Evaluation.FalseAlarm(clip.file(), finding));
      }
    }
  }

  private void scoreEvent(
      LabelledClip clip,
      Event event,
      String kind,
      List<Finding> findings,
      double tolerance,
      Evaluation evaluation) {
    Evaluation.Score score = evaluation.score(kind);
    List<Finding> matches =
        findings.stream()
            .filter(finding -> finding.kind().equals(kind) && matches(event, finding, tolerance))
            .toList();
    if (!matches.isEmpty()) {
      score.found++;
      event
          .offsetMillis()
          .ifPresent(
              offset ->
                  evaluation.offsets.add(
                      new Evaluation.Offset(
                          clip.file(), offset, matches.getFirst().measurements())));
    } else if (labels.inconclusive().contains(event.label())) {
      score.inconclusive++;
    } else {
      score.missed++;
      evaluation.misses.add(new Evaluation.Miss(clip.file(), kind, event));
    }
  }

  private boolean explained(LabelledClip clip, Finding finding, double tolerance) {
    for (Event event : clip.events()) {
      boolean belongs =
          labels.kinds(event.label()).contains(finding.kind())
              || labels.causes(event.label(), finding.kind());
      if (belongs && matches(event, finding, tolerance)) {
        return true;
      }
    }
    if (finding.severity() == Severity.ERROR) {
      return false;
    }
    for (Map.Entry<String, List<Interval>> natural : clip.natural().entrySet()) {
      if (labels.natural().getOrDefault(natural.getKey(), Set.of()).contains(finding.kind())
          && natural.getValue().stream()
              .anyMatch(i -> overlaps(finding, i.startSeconds(), i.endSeconds(), tolerance))) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(Event event, Finding finding, double tolerance) {
    boolean sameRendition =
        event.rendition().isEmpty()
            || finding.rendition() == null
            || event.rendition().get().equals(finding.rendition());
    return sameRendition && overlaps(finding, event.startSeconds(), event.endSeconds(), tolerance);
  }

  private static boolean overlaps(
      Finding finding, double startSeconds, double endSeconds, double tolerance) {
    return finding.startMicros() / 1e6 <= endSeconds + tolerance
        && finding.endMicros() / 1e6 >= startSeconds - tolerance;
  }
}
