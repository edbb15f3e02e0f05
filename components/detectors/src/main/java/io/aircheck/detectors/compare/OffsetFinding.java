package io.aircheck.detectors.compare;

import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.Severity;
import java.util.Map;
import java.util.Objects;

/** What is told of a monitored rendition against its reference. */
final class OffsetFinding {
  /** No window of 690 was wrong by more than 2 ms where the picture rates are equal. */
  private static final double CONFIDENCE_EXACT = 0.98;

  /** At different rates one in twenty was more than 10 ms off; two must agree. */
  private static final double CONFIDENCE_INTERPOLATED = 0.9;

  private OffsetFinding() {}

  /** Sound and picture have been placed. */
  static Finding measured(
      int serial, Offset offset, long startMicros, Severity severity, String rendition) {
    String words = OffsetTolerance.inWords(offset.offsetMillis());
    return new Finding(
        id(rendition, serial),
        Kinds.SYNC_OFFSET,
        startMicros,
        offset.toMicros(),
        severity,
        offset.exact() ? CONFIDENCE_EXACT : CONFIDENCE_INTERPOLATED,
        null,
        rendition.isEmpty() ? null : rendition,
        Map.of(
            "offsetMillis", offset.offsetMillis(),
            "delayMillis", offset.delayMillis()),
        severity == Severity.INFO
            ? "In step with the reference: " + words
            : "Against the reference, " + words);
  }

  static double offsetMillis(Finding finding) {
    return Objects.requireNonNull(finding.measurements().get("offsetMillis"));
  }

  /** Nothing is certain. */
  static Finding inconclusive(
      int serial,
      ReferenceState.Monitored monitored,
      SignatureHistory reference,
      long startMicros,
      String rendition) {
    return new Finding(
        id(rendition, serial),
        Kinds.SYNC_OFFSET,
        startMicros,
        Math.max(startMicros, endMicros(monitored)),
        Severity.INFO,
        0,
        null,
        rendition.isEmpty() ? null : rendition,
        Map.of(),
        "Inconclusive: " + reason(monitored, reference));
  }

  private static String reason(ReferenceState.Monitored monitored, SignatureHistory reference) {
    SignatureHistory input = monitored.history();
    if (input.pictures().isEmpty() || reference.pictures().isEmpty()) {
      return (input.pictures().isEmpty() ? "the input" : "the reference") + " has no pictures";
    }
    if (input.sounds().isEmpty() || reference.sounds().isEmpty()) {
      return (input.sounds().isEmpty() ? "the input" : "the reference") + " has no sound";
    }
    if (monitored.fromHere().seen() || monitored.fromThere().seen()) {
      return "the pictures were found in the reference, their sound was not (other sound, or hardly"
          + " any)";
    }
    boolean isShort =
        !Offset.measurable(input, input.pictureEndMicros())
            || !Offset.measurable(reference, reference.pictureEndMicros());
    return isShort
        ? "less than six seconds to compare"
        : "the pictures were not found in the reference (another programme, more than a minute"
            + " away, or hardly any motion)";
  }

  /** A finding up to what was last seen and heard. */
  static Finding until(Finding finding, long endMicros) {
    return new Finding(
        finding.id(),
        finding.kind(),
        finding.startMicros(),
        Math.max(endMicros, finding.endMicros()),
        finding.severity(),
        finding.confidence(),
        finding.track(),
        finding.rendition(),
        finding.measurements(),
        finding.message());
  }

  /** Media time that the rendition has reached. */
  static long endMicros(ReferenceState.Monitored monitored) {
    return Math.max(monitored.history().pictureEndMicros(), monitored.history().soundEndMicros());
  }

  private static String id(String rendition, int serial) {
    return Kinds.SYNC_OFFSET
        + "/reference/"
        + (rendition.isEmpty() ? "" : rendition + "/")
        + serial;
  }
}
