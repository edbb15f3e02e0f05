package io.aircheck.app.serve.streams;

import io.aircheck.app.UsageException;
import io.aircheck.app.serve.settings.S3Settings;
import io.aircheck.app.serve.settings.StoreSettings;
import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.viewer.FactOutlet;
import io.aircheck.core.viewer.RollupSink;
import io.aircheck.core.viewer.ViewerRules;
import io.aircheck.deploy.flink.viewers.ReportTopic;
import io.aircheck.deploy.flink.viewers.ViewerSetup;
import io.aircheck.experience.archive.SessionFacts;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.scale.ScaledViewers;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionPolicy;
import io.aircheck.notify.kafka.KafkaReportLog;
import io.aircheck.storage.parquet.DiskFactFiles;
import io.aircheck.storage.parquet.FactLimits;
import io.aircheck.storage.parquet.FactTarget;
import io.aircheck.storage.parquet.ParquetOutlet;
import io.aircheck.storage.s3.S3FactTarget;
import io.aircheck.storage.sql.PostgresRollups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Viewers by a configuration file, for a job that reads what collectors hand over. Only its place
 * travels with the job: what the file says, and what it refers to, is read by the task managers.
 *
 * @param file absolute, where task managers run
 */
public record FileViewers(String file) implements ViewerSetup {
  private static final String JAAS = "sasl.jaas.config";
  private static final FactLimits LIMITS = new FactLimits(256_000_000, 1, Duration.ofMinutes(1));

  /** Those of a file that is there on this machine. */
  public static FileViewers of(Path file) {
    return new FileViewers(file.toAbsolutePath().normalize().toString());
  }

  private ViewerSettings settings() {
    return new FileStreams(file).settings().viewers();
  }

  /**
   * Checks that the file says everything that a job needs, and that brokers do not refuse it. Those
   * that cannot be reached now are waited for by the job.
   *
   * @throws UsageException naming the file, what is missing or refused, and what to do
   */
  public void check() {
    ViewerSettings settings = settings();
    if (settings.kafka().isEmpty()) {
      throw new UsageException(
          file + ": viewers.kafka is missing: the topic that collectors hand reports over to");
    }
    if (settings.job().postgresql().isEmpty()) {
      throw new UsageException(file + ": viewers.job.postgresql is missing: where sums go");
    }
    if (settings.job().folder().isEmpty() && settings.job().s3().isEmpty()) {
      throw new UsageException(
          file + ": viewers.job.folder or viewers.job.s3 is missing: where sessions go");
    }
    try (KafkaReportLog log = new KafkaReportLog(settings.kafka())) {
      Optional<String> refusal = log.refusal();
      if (refusal.isPresent()) {
        throw new UsageException(file + ": viewers.kafka: " + refusal.get());
      }
    }
  }

  /** The topic; a secret in it is a reference to the file. */
  public ReportTopic topic() {
    try (KafkaReportLog log = new KafkaReportLog(settings().kafka())) {
      Map<String, String> client = new HashMap<>();
      log.client().forEach((name, value) -> client.put(name, String.valueOf(value)));
      client.remove("client.id");
      if (client.containsKey(JAAS)) {
        client.put("config.providers", "aircheck");
        client.put("config.providers.aircheck.class", FileSecrets.class.getName());
        client.put(JAAS, "${aircheck:" + file + ":" + JAAS + "}");
      }
      return new ReportTopic(log.topic(), "aircheck-viewers", client);
    }
  }

  /** What clients of the brokers are set up by; with secrets. */
  Map<String, Object> client() {
    try (KafkaReportLog log = new KafkaReportLog(settings().kafka())) {
      return log.client();
    }
  }

  @Override
  public ViewerRules<?, ?, ?> rules() {
    return ScaledViewers.of(
        new SessionFold(SessionPolicy.DEFAULT, Quirk.ofSession()), settings().minutes());
  }

  @Override
  public RollupSink rollups() {
    StoreSettings store =
        settings()
            .job()
            .postgresql()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(file + " has no viewers.job.postgresql any more"));
    return new PostgresRollups(store.url(), store.user(), store.password());
  }

  @Override
  public FactOutlet facts(Meter meter) {
    try {
      ViewerSettings settings = settings();
      if (settings.job().folder().isPresent()) {
        Path folder = settings.job().folder().get();
        return outlet(new DiskFactFiles(folder)::put, folder.resolve("work/" + UUID.randomUUID()));
      }
      S3Settings s3 =
          settings
              .job()
              .s3()
              .orElseThrow(
                  () -> new IllegalArgumentException(file + " has no viewers.job.s3 any more"));
      return outlet(
          new S3FactTarget(s3.location(), s3.key(), meter),
          Files.createTempDirectory("aircheck-viewers"));
    } catch (IOException e) {
      throw new IllegalArgumentException("no folder to work in: " + e.getMessage(), e);
    }
  }

  private static FactOutlet outlet(FactTarget target, Path work) {
    return new ParquetOutlet(SessionFacts.LAYOUT, target, work, LIMITS);
  }
}
