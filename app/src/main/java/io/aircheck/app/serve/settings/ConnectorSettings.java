package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.config.SettingsException;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.CubeSpec.Grouping;
import io.aircheck.notify.export.ExportEvent;
import io.aircheck.notify.export.ExportTarget;
import io.aircheck.notify.kafka.KafkaEvents;
import io.aircheck.notify.otlp.MetricPoint;
import io.aircheck.notify.otlp.OtlpMetrics;
import io.aircheck.notify.webhook.WebhookEvents;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Another system that is told of viewers. Immutable.
 *
 * @param name of the connector
 * @param type what the other system takes: {@code kafka}, {@code webhook} or {@code otlp}
 * @param send what it is told
 * @param by sets of dimensions that sums are by
 * @param window length of the windows of sums
 * @param settleFor windows are told so long after their end
 * @param mostWaiting news of sessions that wait for it at most
 * @param sessionIds whether sessions are told by the ids of players, not by what the archive has
 * @param values what that type wants to know, by setting; some are secrets
 */
public record ConnectorSettings(
    String name,
    String type,
    Set<Sort> send,
    List<List<String>> by,
    Duration window,
    Duration settleFor,
    int mostWaiting,
    boolean sessionIds,
    Map<String, String> values) {

  /** What can be told. */
  public enum Sort {
    /** Rows of the cube. */
    SUMS,
    /** Views when they end. */
    SESSIONS,
    /** What is new of views every ten seconds. */
    DELTAS;

    /** As settings and topics have it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Sort parse(String word) {
      for (Sort sort : values()) {
        if (sort.word().equals(word)) {
          return sort;
        }
      }
      throw new IllegalArgumentException("must be one of sums, sessions, deltas");
    }
  }

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final Set<String> TYPES = Set.of("kafka", "webhook", "otlp");
  private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(10);
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(1);
  private static final Duration LONGEST_SETTLING = Duration.ofMinutes(30);
  private static final int FEWEST_WAITING = 1_000;
  private static final int MOST_WAITING = 10_000_000;
  private static final int MOST_SETS = 16;

  public ConnectorSettings {
    send = Set.copyOf(send);
    by = by.stream().map(List::copyOf).toList();
    values = Map.copyOf(values);
  }

  @JsonCreator
  static ConnectorSettings of(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("type") @Nullable String type,
      @JsonProperty("send") @Nullable Set<Sort> send,
      @JsonProperty("by") @Nullable List<List<String>> by,
      @JsonProperty("window") @Nullable Duration window,
      @JsonProperty("settleFor") @Nullable Duration settleFor,
      @JsonProperty("mostWaiting") @Nullable Integer mostWaiting,
      @JsonProperty("sessionIds") @Nullable Boolean sessionIds,
      @JsonAnySetter @Nullable Map<String, JsonNode> values) {
    return new ConnectorSettings(
        name == null ? "" : name,
        type == null ? "" : type,
        send == null ? Set.of(Sort.SUMS) : send,
        by == null ? List.of(List.of(), List.of("content")) : by,
        window == null ? LONGEST_WINDOW : window,
        settleFor == null ? Duration.ofMinutes(2) : settleFor,
        mostWaiting == null ? 100_000 : mostWaiting,
        sessionIds != null && sessionIds,
        values == null ? Map.of() : NestedValues.flat(values));
  }

  /** Whether it is told of single sessions. */
  public boolean sendsSessions() {
    return send.contains(Sort.SESSIONS) || send.contains(Sort.DELTAS);
  }

  /** Whether it takes metrics, and not events. */
  public boolean takesMetrics() {
    return type.equals("otlp");
  }

  /** Where it sends to: hosts, since the rest of an address may be a secret. */
  public String to() {
    String url = values.get("url");
    return url == null
        ? values.getOrDefault("bootstrapServers", "")
        : Objects.requireNonNullElse(URI.create(url).getHost(), "");
  }

  /** What is metered of what it has taken. */
  public Quantity countsAs() {
    return type.equals("kafka") ? Quantity.LOG_RECORDS : Quantity.WEB_CALLS;
  }

  /** Opens what takes events. Does not connect. */
  public ExportTarget<ExportEvent> events(OutboundPolicy outbound) {
    return type.equals("kafka")
        ? new KafkaEvents(values, outbound)
        : new WebhookEvents(values, outbound);
  }

  /** Opens what takes metrics. Does not connect. */
  public ExportTarget<MetricPoint> metrics(OutboundPolicy outbound) {
    return new OtlpMetrics(values, outbound);
  }

  /**
   * Checks them as far as that goes without connecting.
   *
   * @param spec of the cube that sums are of
   * @param nowhere lets nobody connect
   * @throws SettingsException with a pointer into these settings
   */
  void check(CubeSpec spec, OutboundPolicy nowhere) throws SettingsException {
    if (!NAME.matcher(name).matches()) {
      throw new SettingsException(
          "/name", "must be a name of letters, digits, - and _, such as lake");
    }
    if (!TYPES.contains(type)) {
      throw new SettingsException("/type", "must be one of kafka, webhook, otlp");
    }
    if (send.isEmpty()) {
      throw new SettingsException("/send", "needs one of sums, sessions, deltas at least");
    }
    if (takesMetrics() && sendsSessions()) {
      throw new SettingsException(
          "/send", "must be [sums] for otlp: single sessions are no metrics");
    }
    if (!window.equals(SHORTEST_WINDOW) && !window.equals(LONGEST_WINDOW)) {
      throw new SettingsException("/window", "must be 10s or 1m");
    }
    if (settleFor.compareTo(SHORTEST_WINDOW) < 0 || settleFor.compareTo(LONGEST_SETTLING) > 0) {
      throw new SettingsException("/settleFor", "must be from 10s to 30m");
    }
    if (mostWaiting < FEWEST_WAITING || mostWaiting > MOST_WAITING) {
      throw new SettingsException(
          "/mostWaiting",
          "is %d, must be from %d to %d".formatted(mostWaiting, FEWEST_WAITING, MOST_WAITING));
    }
    checkSets(spec);
    try (ExportTarget<?> made = takesMetrics() ? metrics(nowhere) : events(nowhere)) {
      // That it can be made is all that is asked; it has connected to nothing.
    } catch (IllegalArgumentException e) {
      throw new SettingsException("", String.valueOf(e.getMessage()));
    }
  }

  private void checkSets(CubeSpec spec) throws SettingsException {
    if (by.isEmpty() || by.size() > MOST_SETS) {
      throw new SettingsException("/by", "must be from 1 to 16 lists of dimensions");
    }
    Set<Set<String>> seen = new HashSet<>();
    for (int i = 0; i < by.size(); i++) {
      checkSet("/by/" + i, by.get(i), spec);
      if (!seen.add(Set.copyOf(by.get(i)))) {
        throw new SettingsException("/by/" + i, "is there twice");
      }
    }
  }

  /** Whether the cube can be asked for some dimensions. */
  static void checkSet(String pointer, List<String> dimensions, CubeSpec spec)
      throws SettingsException {
    boolean known =
        spec.groupings().stream()
            .anyMatch(grouping -> grouping.dimensions().containsAll(dimensions));
    if (!known || new HashSet<>(dimensions).size() < dimensions.size()) {
      throw new SettingsException(
          pointer,
          "must be dimensions that are kept together, each once: some of "
              + spec.groupings().stream()
                  .map(Grouping::dimensions)
                  .filter(together -> together.size() > 1)
                  .map(together -> String.join(" + ", together))
                  .collect(Collectors.joining(", or of ")));
    }
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "ConnectorSettings[" + name + ", " + type + "]";
  }
}
