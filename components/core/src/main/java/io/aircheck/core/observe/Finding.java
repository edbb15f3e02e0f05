package io.aircheck.core.observe;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A defect: what, where, since when, how bad, how certain, with the numbers behind it.
 *
 * @param id unique within the task that found it and the same in every observation of one
 *     condition, such as {@code video.freeze/video:0/3}
 * @param kind kind of finding from the published vocabulary, such as {@code video.freeze}
 * @param startMicros media time at which the defect began
 * @param endMicros media time at which it ended; while it is open, how far it has been seen to last
 * @param severity how bad
 * @param confidence how certain, 0..1
 * @param track track it was found in, or null for the input as a whole
 * @param rendition rendition of the ladder, or null where there is none
 * @param measurements measured quantities by name, sorted; read-only
 * @param message one sentence for an operator
 * @param expected whether it was to be expected where it is, so that it is worth seeing but no
 *     defect: black where an ad break begins; its severity is then {@link Severity#INFO}
 */
public record Finding(
    String id,
    String kind,
    long startMicros,
    long endMicros,
    Severity severity,
    double confidence,
    @Nullable String track,
    @Nullable String rendition,
    Map<String, Double> measurements,
    String message,
    boolean expected)
    implements Serializable {

  /** A finding that nothing excuses. */
  public Finding(
      String id,
      String kind,
      long startMicros,
      long endMicros,
      Severity severity,
      double confidence,
      @Nullable String track,
      @Nullable String rendition,
      Map<String, Double> measurements,
      String message) {
    this(
        id,
        kind,
        startMicros,
        endMicros,
        severity,
        confidence,
        track,
        rendition,
        measurements,
        message,
        false);
  }

  public Finding {
    Objects.requireNonNull(id);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(severity);
    Objects.requireNonNull(message);
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence of " + kind + " not in 0..1: " + confidence);
    }
    if (endMicros < startMicros) {
      throw new IllegalArgumentException(
          kind + " ends before it starts: " + startMicros + ".." + endMicros);
    }
    measurements = Collections.unmodifiableMap(new TreeMap<>(measurements));
  }

  /** The same finding, seen in a rendition. */
  public Finding inRendition(@Nullable String newRendition) {
    return new Finding(
        id,
        kind,
        startMicros,
        endMicros,
        severity,
        confidence,
        track,
        newRendition,
        measurements,
        message,
        expected);
  }

  /** The same finding under another id. */
  public Finding withId(String newId) {
    return new Finding(
        newId,
        kind,
        startMicros,
        endMicros,
        severity,
        confidence,
        track,
        rendition,
        measurements,
        message,
        expected);
  }

  /**
   * The same finding where it was to be expected.
   *
   * @param why words to be put behind the message
   */
  public Finding asExpected(String why) {
    return new Finding(
        id,
        kind,
        startMicros,
        endMicros,
        Severity.INFO,
        confidence,
        track,
        rendition,
        measurements,
        message + ", " + why,
        true);
  }

  /** The same finding, seen to last until a time. */
  public Finding lastingUntil(long micros) {
    return new Finding(
        id,
        kind,
        startMicros,
        Math.max(endMicros, micros),
        severity,
        confidence,
        track,
        rendition,
        measurements,
        message,
        expected);
  }

  /** Length in microseconds. */
  public long durationMicros() {
    return endMicros - startMicros;
  }
}
