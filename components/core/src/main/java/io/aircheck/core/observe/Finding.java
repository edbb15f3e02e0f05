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
    String message)
    implements Serializable {

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
        message);
  }

  /** Length in microseconds. */
  public long durationMicros() {
    return endMicros - startMicros;
  }
}
