package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stream to watch, as declared in the configuration file or over the API. Immutable.
 *
 * @param id unique among the streams of the service
 * @param url address; may contain secrets, never show it without {@link
 *     io.aircheck.core.media.SafeUri}
 * @param name for people
 * @param policy name of the policy that it is watched by
 * @param priority 0 to 100; higher is more important
 * @param labels what it shares with other streams, such as {@code cdn=north}
 * @param renditions renditions of the ladder to watch; empty: all
 * @param reference a second point of the same programme to compare with
 * @param headers HTTP request headers; may contain secrets
 * @param keys decryption keys by key id: secrets
 * @param schedule when it is watched; empty: always
 * @param watching how closely it is watched; empty: as its policy says
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StreamSettings(
    String id,
    String url,
    Optional<String> name,
    String policy,
    int priority,
    Map<String, String> labels,
    List<String> renditions,
    Optional<String> reference,
    Map<String, String> headers,
    Map<String, String> keys,
    Optional<Schedule> schedule,
    Optional<WatchingMode> watching) {

  /** Priority where none is set. */
  public static final int DEFAULT_PRIORITY = 50;

  public StreamSettings {
    labels = new TreeMap<>(labels);
    renditions = List.copyOf(renditions);
    headers = Map.copyOf(headers);
    keys = Map.copyOf(keys);
  }

  @JsonCreator
  static StreamSettings of(
      @JsonProperty("id") @Nullable String id,
      @JsonProperty("url") @Nullable String url,
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("policy") @Nullable String policy,
      @JsonProperty("priority") @Nullable Integer priority,
      @JsonProperty("labels") @Nullable Map<String, String> labels,
      @JsonProperty("renditions") @Nullable List<String> renditions,
      @JsonProperty("reference") @Nullable String reference,
      @JsonProperty("headers") @Nullable Map<String, String> headers,
      @JsonProperty("keys") @Nullable Map<String, String> keys,
      @JsonProperty("schedule") @Nullable Schedule schedule,
      @JsonProperty("watching") @Nullable WatchingMode watching) {
    return new StreamSettings(
        id == null ? "" : id,
        url == null ? "" : url,
        Optional.ofNullable(name),
        policy == null ? PolicySettings.DEFAULT_NAME : policy,
        priority == null ? DEFAULT_PRIORITY : priority,
        labels == null ? Map.of() : labels,
        renditions == null ? List.of() : renditions,
        Optional.ofNullable(reference),
        headers == null ? Map.of() : headers,
        keys == null ? Map.of() : keys,
        Optional.ofNullable(schedule),
        Optional.ofNullable(watching));
  }

  /** The same settings under an id. */
  public StreamSettings withId(String newId) {
    return new StreamSettings(
        newId,
        url,
        name,
        policy,
        priority,
        labels,
        renditions,
        reference,
        headers,
        keys,
        schedule,
        watching);
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "StreamSettings[" + id + "]";
  }
}
