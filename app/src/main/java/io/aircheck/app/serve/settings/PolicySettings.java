package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.core.observe.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How streams are watched, as declared: what it does not say, the policy says that it extends.
 *
 * @param extending name of the policy that it builds on; empty: {@code default}
 * @param detectors kinds of finding to look for, or groups such as {@code video.*}; an empty list:
 *     all
 * @param options option values by detector, then by option; merged over those it builds on
 * @param severities severity by kind of finding, instead of the detector's own; merged likewise
 * @param minSeverity findings below it are no incidents
 * @param recovery how long a defect must be gone before its incident closes
 * @param watching how closely streams are watched that say nothing else
 * @param calm how long nothing must have been suspicious before light watching begins again
 * @param whenFull what becomes of a new stream when the machine is full
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PolicySettings(
    @JsonProperty("extends") Optional<String> extending,
    Optional<List<String>> detectors,
    Map<String, Map<String, Double>> options,
    Map<String, Severity> severities,
    Optional<Severity> minSeverity,
    Optional<Duration> recovery,
    Optional<WatchingMode> watching,
    Optional<Duration> calm,
    Optional<WhenFull> whenFull) {

  /** The policy that exists always, and that others build on. */
  public static final String DEFAULT_NAME = "default";

  /** Says nothing: everything as built in. */
  public static final PolicySettings SILENT =
      new PolicySettings(
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public PolicySettings {
    options = Map.copyOf(options);
    severities = Map.copyOf(severities);
  }

  @JsonCreator
  static PolicySettings of(
      @JsonProperty("extends") @Nullable String extending,
      @JsonProperty("detectors") @Nullable List<String> detectors,
      @JsonProperty("options") @Nullable Map<String, Map<String, Double>> options,
      @JsonProperty("severities") @Nullable Map<String, Severity> severities,
      @JsonProperty("minSeverity") @Nullable Severity minSeverity,
      @JsonProperty("recovery") @Nullable Duration recovery,
      @JsonProperty("watching") @Nullable WatchingMode watching,
      @JsonProperty("calm") @Nullable Duration calm,
      @JsonProperty("whenFull") @Nullable WhenFull whenFull) {
    return new PolicySettings(
        Optional.ofNullable(extending),
        Optional.ofNullable(detectors).map(List::copyOf),
        options == null ? Map.of() : options,
        severities == null ? Map.of() : severities,
        Optional.ofNullable(minSeverity),
        Optional.ofNullable(recovery),
        Optional.ofNullable(watching),
        Optional.ofNullable(calm),
        Optional.ofNullable(whenFull));
  }
}
