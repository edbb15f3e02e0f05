package io.aircheck.detectors.compare;

import io.aircheck.core.observe.Severity;
import java.util.Optional;

/**
 * When an offset between sound and picture is a finding. Positive: sound late.
 *
 * <p>EBU R 37 (2007) allows sound to be at most 40 ms early and 60 ms late where a programme leaves
 * the broadcaster; ITU-R BT.1359-1 puts the limit of what viewers accept at 90 ms early and 185 ms
 * late.
 */
final class OffsetTolerance {
  static final double MOST_EARLY_MILLIS = 40;
  static final double MOST_LATE_MILLIS = 60;
  static final double UNACCEPTABLE_EARLY_MILLIS = 90;
  static final double UNACCEPTABLE_LATE_MILLIS = 185;

  private OffsetTolerance() {}

  /** How bad an offset is; empty when it is none to speak of. */
  static Optional<Severity> severity(double offsetMillis) {
    if (offsetMillis > UNACCEPTABLE_LATE_MILLIS || offsetMillis < -UNACCEPTABLE_EARLY_MILLIS) {
      return Optional.of(Severity.ERROR);
    }
    return offsetMillis > MOST_LATE_MILLIS || offsetMillis < -MOST_EARLY_MILLIS
        ? Optional.of(Severity.WARNING)
        : Optional.empty();
  }

  /** "sound 80 ms late", "sound 12 ms early", "sound and picture together". */
  static String inWords(double offsetMillis) {
    long millis = Math.round(offsetMillis);
    if (millis == 0) {
      return "sound and picture together";
    }
    return "sound " + Math.abs(millis) + " ms " + (millis < 0 ? "early" : "late");
  }
}
