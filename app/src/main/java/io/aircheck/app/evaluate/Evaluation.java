package io.aircheck.app.evaluate;

import io.aircheck.core.observe.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Scores of all clips evaluated so far; not thread-safe. */
public final class Evaluation {

  /** Counts of one kind. */
  public static final class Score {
    int found;
    int missed;
    int inconclusive;
    int falseAlarms;

    public int found() {
      return found;
    }

    public int missed() {
      return missed;
    }

    /** Events that need a reference, had none, and were not claimed to be found. */
    public int inconclusive() {
      return inconclusive;
    }

    public int falseAlarms() {
      return falseAlarms;
    }

    public int events() {
      return found + missed + inconclusive;
    }

    /** Share of what was reported that is right; NaN when nothing was reported. */
    public double precision() {
      return (double) found / (found + falseAlarms);
    }

    /** Share of the events that was found; NaN without events. */
    public double recall() {
      return (double) found / (found + missed);
    }

    /** Harmonic mean of precision and recall; NaN when neither is defined. */
    public double f1() {
      return 2.0 * found / (2.0 * found + missed + falseAlarms);
    }
  }

  /** An event that was not found. */
  public record Miss(String clip, String kind, LabelledClip.Event event) {}

  /** A finding that belongs to no event. */
  public record FalseAlarm(String clip, Finding finding) {}

  /** A measured offset between sound and picture beside the true one. */
  public record Offset(String clip, double trueMillis, Map<String, Double> measurements) {}

  /** A clip that could not be analysed, or not to its end. */
  public record Failure(String clip, String reason) {}

  final Map<String, Score> scores = new TreeMap<>();
  final List<Miss> misses = new ArrayList<>();
  final List<FalseAlarm> falseAlarms = new ArrayList<>();
  final List<FalseAlarm> errorsOnClean = new ArrayList<>();
  final List<Offset> offsets = new ArrayList<>();
  final List<Failure> failures = new ArrayList<>();
  int clips;

  Score score(String kind) {
    return scores.computeIfAbsent(kind, k -> new Score());
  }

  /** Counts by kind of finding, sorted. */
  public Map<String, Score> scores() {
    return scores;
  }

  public List<Miss> misses() {
    return misses;
  }

  public List<FalseAlarm> falseAlarms() {
    return falseAlarms;
  }

  /** Findings of severity error in clips without any event. */
  public List<FalseAlarm> errorsOnClean() {
    return errorsOnClean;
  }

  public List<Offset> offsets() {
    return offsets;
  }

  public List<Failure> failures() {
    return failures;
  }

  /** Clips evaluated. */
  public int clips() {
    return clips;
  }
}
