package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.app.config.SettingsException;
import io.aircheck.core.notify.IncidentSink;
import io.aircheck.notify.kafka.KafkaSink;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a job on a cluster brings incidents that watches without a service. Immutable.
 *
 * @param kafka as a channel of this type is set up; with secrets
 * @param postgresql database with the tables of a service
 */
public record SinkSettings(Map<String, String> kafka, Optional<StoreSettings> postgresql) {
  public SinkSettings {
    kafka = Map.copyOf(kafka);
  }

  @JsonCreator
  static SinkSettings of(
      @JsonProperty("kafka") @Nullable Map<String, String> kafka,
      @JsonProperty("postgresql") @Nullable StoreSettings postgresql) {
    return new SinkSettings(kafka == null ? Map.of() : kafka, Optional.ofNullable(postgresql));
  }

  /**
   * Checks them as far as that goes without connecting.
   *
   * @throws SettingsException with a pointer into these settings
   */
  public void check() throws SettingsException {
    if (!kafka.isEmpty()) {
      try (IncidentSink made = new KafkaSink(kafka)) {
        // That it can be made is all that is asked; it has connected to nothing.
      } catch (IllegalArgumentException e) {
        throw new SettingsException("/kafka", String.valueOf(e.getMessage()));
      }
    }
    if (postgresql.isPresent()) {
      try {
        postgresql.get().check();
      } catch (SettingsException e) {
        throw e.within("/postgresql");
      }
    }
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "SinkSettings[]";
  }
}
