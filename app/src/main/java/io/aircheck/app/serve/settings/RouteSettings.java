package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.observe.Severity;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of incidents go to which channels. Everything that is given must match.
 *
 * @param channels names of channels
 * @param labels labels that a stream must have
 * @param kinds kinds of finding, or groups such as {@code video.*}; empty: all
 * @param minSeverity incidents below it are left out
 * @param events what is told
 * @param hours times of day; empty: always
 * @param goOn whether routes after it are looked at too
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RouteSettings(
    List<String> channels,
    Map<String, String> labels,
    List<String> kinds,
    Severity minSeverity,
    Set<IncidentChange.Type> events,
    Optional<Hours> hours,
    @JsonProperty("continue") boolean goOn) {

  /** What is told where a route does not say. */
  public static final Set<IncidentChange.Type> DEFAULT_EVENTS =
      Set.of(IncidentChange.Type.OPENED, IncidentChange.Type.CLOSED, IncidentChange.Type.REOPENED);

  public RouteSettings {
    channels = List.copyOf(channels);
    labels = Map.copyOf(labels);
    kinds = List.copyOf(kinds);
    events = Set.copyOf(events);
  }

  @JsonCreator
  static RouteSettings of(
      @JsonProperty("channels") @Nullable List<String> channels,
      @JsonProperty("labels") @Nullable Map<String, String> labels,
      @JsonProperty("kinds") @Nullable List<String> kinds,
      @JsonProperty("minSeverity") @Nullable Severity minSeverity,
      @JsonProperty("events") @Nullable Set<IncidentChange.Type> events,
      @JsonProperty("hours") @Nullable Hours hours,
      @JsonProperty("continue") @Nullable Boolean goOn) {
    return new RouteSettings(
        channels == null ? List.of() : channels,
        labels == null ? Map.of() : labels,
        kinds == null ? List.of() : kinds,
        minSeverity == null ? Severity.INFO : minSeverity,
        events == null || events.isEmpty() ? DEFAULT_EVENTS : events,
        Optional.ofNullable(hours),
        goOn != null && goOn);
  }

  /**
   * A stretch of every day; one that ends before it begins goes over midnight.
   *
   * @param zone time zone that the times are in
   */
  public record Hours(ZoneId zone, LocalTime from, LocalTime to) {

    boolean contains(Instant time) {
      LocalTime local = time.atZone(zone).toLocalTime();
      boolean begun = !local.isBefore(from);
      boolean over = !local.isBefore(to);
      return from.isBefore(to) ? begun && !over : begun || !over;
    }
  }

  /** Whether a change belongs on this route. */
  public boolean takes(IncidentChange change, Map<String, String> streamLabels) {
    return events.contains(change.type())
        && change.incident().severity().atLeast(minSeverity)
        && streamLabels.entrySet().containsAll(labels.entrySet())
        && KindSelector.anyMatches(kinds, change.incident().cause())
        && hours.map(h -> h.contains(Instant.ofEpochMilli(change.atMillis()))).orElse(true);
  }
}
