package io.aircheck.detectors.transport;

import io.aircheck.core.detect.Condition.Aggregate;
import io.aircheck.core.detect.Condition.Measurement;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.media.TransportSignal.Indicator;
import io.aircheck.core.observe.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * How violations of one indicator become findings.
 *
 * @param indicator indicator of ETSI TR 101 290
 * @param summary what goes wrong for a viewer, one sentence
 * @param measurement name of the measured quantity
 * @param total how measured quantities become one
 * @param severity of a finding; of one that has lasted, where there is {@link #ERROR_AFTER}
 * @param options what can be tuned
 */
record TransportRule(
    Indicator indicator,
    String summary,
    String measurement,
    Aggregate total,
    Severity severity,
    List<OptionSpec> options) {

  static final String MAX_INTERVAL = "maxIntervalMillis";
  static final String ERROR_AFTER = "errorAfterSeconds";
  static final String RECOVERY = "recoverySeconds";

  private static final String LONGEST_INTERVAL = "longestIntervalMillis";
  private static final String VIOLATIONS = "violations";

  static TransportRule of(Indicator indicator) {
    return switch (indicator) {
      case SYNC_LOSS ->
          event(
              indicator,
              "The stream cannot be followed: pictures and sound break off.",
              "bytesSkipped",
              Aggregate.SUM,
              Severity.ERROR);
      case SYNC_BYTE ->
          event(
              indicator,
              "Damage on the way: blocks in the picture, clicks in the sound.",
              VIOLATIONS,
              Aggregate.SUM,
              Severity.WARNING);
      case CONTINUITY_COUNT ->
          event(
              indicator,
              "Packets were lost: blocks in the picture, gaps in the sound.",
              "packetsLost",
              Aggregate.SUM,
              Severity.ERROR);
      case PAT -> table(indicator, "Receivers that tune in find no programme.");
      case PMT -> table(indicator, "Receivers that tune in find no pictures and no sound.");
      case PID ->
          interval(
              indicator,
              "Pictures or sound that the tables announce are not there.",
              5000,
              Severity.ERROR);
      case TRANSPORT_ERROR ->
          event(
              indicator,
              "Packets arrived damaged: blocks in the picture, gaps in the sound.",
              VIOLATIONS,
              Aggregate.SUM,
              Severity.WARNING);
      case CRC ->
          event(
              indicator,
              "Tables arrived damaged: receivers that tune in may wait.",
              VIOLATIONS,
              Aggregate.SUM,
              Severity.WARNING);
      case PCR_REPETITION ->
          interval(
              indicator,
              "Receivers lose the clock: sound drifts from the picture, pictures stutter.",
              100,
              Severity.WARNING);
      case PCR_DISCONTINUITY ->
          event(
              indicator,
              "The clock steps: receivers may freeze for a moment or drop sound.",
              "largestStepMillis",
              Aggregate.LAST,
              Severity.WARNING);
      case PTS ->
          interval(
              indicator,
              "Receivers do not know when to show pictures or play sound.",
              700,
              Severity.WARNING);
      case CAT ->
          event(
              indicator,
              "Receivers cannot find the keys of a scrambled programme.",
              LONGEST_INTERVAL,
              Aggregate.MAX,
              Severity.WARNING);
    };
  }

  Measurement[] measurements() {
    return new Measurement[] {new Measurement(measurement, total)};
  }

  boolean has(String option) {
    return options.stream().anyMatch(spec -> spec.name().equals(option));
  }

  private static TransportRule event(
      Indicator indicator, String summary, String measurement, Aggregate total, Severity severity) {
    return new TransportRule(
        indicator, summary, measurement, total, severity, List.of(recovery(5)));
  }

  private static TransportRule interval(
      Indicator indicator, String summary, int maxMillis, Severity severity) {
    return new TransportRule(
        indicator,
        summary,
        LONGEST_INTERVAL,
        Aggregate.MAX,
        severity,
        List.of(maxInterval(maxMillis), recovery(2)));
  }

  private static TransportRule table(Indicator indicator, String summary) {
    TransportRule rule = interval(indicator, summary, 500, Severity.ERROR);
    List<OptionSpec> options = new ArrayList<>(rule.options);
    options.add(
        new OptionSpec(
            ERROR_AFTER,
            "s",
            1,
            0,
            3600,
            "How long an outage must last to be an error rather than a warning."));
    return new TransportRule(
        indicator, summary, LONGEST_INTERVAL, Aggregate.MAX, Severity.ERROR, options);
  }

  private static OptionSpec maxInterval(int millis) {
    return new OptionSpec(
        MAX_INTERVAL, "ms", millis, 40, 3_600_000, "Longest interval that is not a finding.");
  }

  private static OptionSpec recovery(int seconds) {
    return new OptionSpec(
        RECOVERY,
        "s",
        seconds,
        0,
        3600,
        "How long there must be no violation for the finding to be over.");
  }
}
