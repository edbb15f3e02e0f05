package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A time in which nobody is told of some incidents: a maintenance window, or somebody's wish for
 * quiet. Incidents are recorded all the same. Everything that is given must match.
 *
 * @param reason for people
 * @param streams stream ids; empty: all
 * @param labels labels that a stream must have
 * @param kinds kinds of finding, or groups such as {@code video.*}; empty: all
 * @param from its start; empty: at once
 * @param to its end: required, so that nothing stays mute by mistake
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MuteSettings(
    String reason,
    List<String> streams,
    Map<String, String> labels,
    List<String> kinds,
    Optional<Instant> from,
    Optional<Instant> to) {

  public MuteSettings {
    streams = List.copyOf(streams);
    labels = Map.copyOf(labels);
    kinds = List.copyOf(kinds);
  }

  @JsonCreator
  static MuteSettings of(
      @JsonProperty("reason") @Nullable String reason,
      @JsonProperty("streams") @Nullable List<String> streams,
      @JsonProperty("labels") @Nullable Map<String, String> labels,
      @JsonProperty("kinds") @Nullable List<String> kinds,
      @JsonProperty("from") @Nullable Instant from,
      @JsonProperty("to") @Nullable Instant to) {
    return new MuteSettings(
        reason == null ? "" : reason,
        streams == null ? List.of() : streams,
        labels == null ? Map.of() : labels,
        kinds == null ? List.of() : kinds,
        Optional.ofNullable(from),
        Optional.ofNullable(to));
  }

  /** Whether it silences incidents of a kind on a stream at a time. */
  public boolean covers(
      String stream, Map<String, String> streamLabels, String kind, Instant time) {
    return new Schedule(from, to).contains(time)
        && (streams.isEmpty() || streams.contains(stream))
        && streamLabels.entrySet().containsAll(labels.entrySet())
        && KindSelector.anyMatches(kinds, kind);
  }
}
