package io.aircheck.app.serve.streams;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.config.Secrets;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.config.YamlDocument;
import io.aircheck.app.serve.settings.SinkSettings;
import io.aircheck.app.serve.settings.StoreSettings;
import io.aircheck.core.notify.IncidentSink;
import io.aircheck.deploy.flink.SinkSetup;
import io.aircheck.notify.kafka.KafkaSink;
import io.aircheck.storage.sql.PostgresIncidentSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A sink of a configuration file, for a job that watches without a service. Only its place travels
 * with the job: what the file says, and what it refers to, is read by the task manager that
 * delivers.
 *
 * @param file absolute, where task managers run
 * @param id name of the sink under {@code isolation.sinks}
 */
public record FileSink(String file, String id) implements SinkSetup {
  private static final String KAFKA = "kafka";
  private static final String POSTGRESQL = "postgresql";

  /** All sinks of a file whose settings have been read. */
  public static List<FileSink> of(FileStreams streams, SinkSettings settings) {
    List<FileSink> sinks = new ArrayList<>();
    if (!settings.kafka().isEmpty()) {
      sinks.add(new FileSink(streams.file(), KAFKA));
    }
    if (settings.postgresql().isPresent()) {
      sinks.add(new FileSink(streams.file(), POSTGRESQL));
    }
    return sinks;
  }

  @Override
  public IncidentSink create() {
    SinkSettings settings = settings();
    if (id.equals(KAFKA) && !settings.kafka().isEmpty()) {
      return new KafkaSink(settings.kafka());
    }
    if (id.equals(POSTGRESQL) && settings.postgresql().isPresent()) {
      StoreSettings store = settings.postgresql().get();
      return new PostgresIncidentSink(store.url(), store.user(), store.password());
    }
    throw new IllegalArgumentException(file + " has no sink " + id + " any more");
  }

  private SinkSettings settings() {
    YamlDocument document = YamlDocument.read(Path.of(file));
    JsonNode sinks = document.tree().path("isolation").path("sinks");
    try {
      SinkSettings settings =
          SettingsReader.read(Secrets.ofFile(System.getenv()).expand(sinks), SinkSettings.class);
      settings.check();
      return settings;
    } catch (SettingsException e) {
      throw document.usage(e.within("/isolation/sinks"));
    }
  }
}
