package io.aircheck.detectors.manifest;

import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.media.ManifestSignal.Fault;
import io.aircheck.core.observe.Severity;
import java.util.List;
import java.util.Map;

/**
 * How signals of one manifest fault become findings.
 *
 * @param summary what goes wrong for a viewer, one sentence
 * @param options what can be tuned
 */
record ManifestRule(Fault fault, String summary, Severity severity, List<OptionSpec> options) {

  static final String FOLD = "foldSeconds";
  static final String ERROR_AFTER = "errorAfterTargetDurations";

  private static final OptionSpec FOLD_OPTION =
      new OptionSpec(
          FOLD,
          "s",
          1,
          0,
          3600,
          "Faults that begin this soon after the one before ended are one finding.");

  static ManifestRule of(Fault fault) {
    return switch (fault) {
      case STALE ->
          new ManifestRule(
              fault,
              "The live stream stops growing: players run out of media and wait.",
              Severity.ERROR,
              List.of(
                  FOLD_OPTION,
                  // RFC 8216, 6.3.3: players start three target durations from the end, so that
                  // is what they have in hand.
                  new OptionSpec(
                      ERROR_AFTER,
                      "target durations",
                      3,
                      0,
                      1000,
                      "How long the playlist must be unchanged to be an error rather than a"
                          + " warning.")));
      case MEDIA_SEQUENCE ->
          rule(fault, "Players lose their place: they skip, repeat or stop.", Severity.ERROR);
      case DISCONTINUITY_SEQUENCE ->
          rule(fault, "Players may line renditions up wrongly when they switch.", Severity.WARNING);
      case SEGMENT_UNAVAILABLE ->
          rule(fault, "A piece of the programme cannot be loaded.", Severity.ERROR);
      case SEGMENT_SLOW ->
          rule(fault, "Segments load slower than they play: players wait.", Severity.WARNING);
      case SEGMENT_DURATION ->
          rule(
              fault,
              "A segment is not as long as the playlist says: seeking and switching go wrong.",
              Severity.WARNING);
      case INVALID -> rule(fault, "Players may refuse the stream.", Severity.ERROR);
      case RENDITION_MISSING ->
          rule(fault, "A quality level cannot be loaded: its viewers stop.", Severity.ERROR);
      case GAP_DECLARED ->
          rule(fault, "The playlist says that a piece is missing.", Severity.WARNING);
    };
  }

  /** Severity by what was measured. */
  Severity severity(Map<String, Double> values, double errorAfterTargetDurations) {
    Double unchanged = values.get("unchangedSeconds");
    Double target = values.get("targetDurationSeconds");
    boolean early =
        fault == Fault.STALE
            && unchanged != null
            && target != null
            && unchanged < errorAfterTargetDurations * target;
    // Against the rules, but players take the newest value and go on.
    boolean played = fault == Fault.INVALID && values.containsKey("targetDurationBeforeSeconds");
    return early || played ? Severity.WARNING : severity;
  }

  private static ManifestRule rule(Fault fault, String summary, Severity severity) {
    return new ManifestRule(fault, summary, severity, List.of(FOLD_OPTION));
  }
}
