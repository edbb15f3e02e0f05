package io.aircheck.app.serve.streams;

import io.aircheck.app.UsageException;
import io.aircheck.app.config.Secrets;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.settings.SettingsCheck;
import io.aircheck.app.serve.settings.SettingsFile;
import io.aircheck.app.serve.settings.StreamSettings;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.deploy.flink.SinkSetup;
import io.aircheck.deploy.flink.StreamList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The streams of a configuration file, for a job that watches without a service: those that are due
 * by their schedules, in full, by their policies.
 *
 * @param file absolute, where the job manager runs; what it refers to has to be known there
 */
public record FileStreams(String file) implements StreamList {

  /** Those of a file that is there on this machine. */
  public static FileStreams of(Path file) {
    return new FileStreams(file.toAbsolutePath().normalize().toString());
  }

  /**
   * Everything that the file says.
   *
   * @throws UsageException naming file, line, setting and what to do
   */
  public ServiceSettings settings() {
    return SettingsFile.read(
        Path.of(file),
        Secrets.ofFile(System.getenv()),
        new SettingsCheck(DetectorCatalog.installed(), NotifierCatalog.installed()).ofAJob());
  }

  /**
   * Where incidents go: sinks, and channels that routes name.
   *
   * @throws UsageException naming file, line, setting and what to do
   */
  public List<SinkSetup> sinks() {
    ServiceSettings settings = settings();
    List<SinkSetup> sinks = new ArrayList<>(FileSink.of(this, settings.isolation().sinks()));
    sinks.addAll(FileChannel.of(this, settings));
    return sinks;
  }

  @Override
  public List<Entry> read() throws IOException {
    try {
      ServiceSettings settings = settings();
      PolicyBook policies = PolicyBook.of(settings.policies(), DetectorCatalog.installed());
      List<WatchedStream> declared =
          settings.streams().stream()
              .map(stream -> new WatchedStream(stream, WatchedStream.Origin.FILE, 1))
              .toList();
      return WatchPlan.at(Instant.now(), declared).due().stream()
          .map(stream -> entry(stream.settings(), policies))
          .toList();
    } catch (UsageException e) {
      throw new IOException(e.getMessage(), e);
    } catch (SettingsException e) {
      throw new IOException(file + ": " + e.pointer() + " " + e.getMessage(), e);
    }
  }

  private static Entry entry(StreamSettings stream, PolicyBook policies) {
    PolicyBook.Policy policy = policies.find(stream.policy()).orElseThrow();
    StreamSpec spec =
        new StreamSpec(
            stream.id(),
            StreamWatch.request(stream, stream.url()),
            stream.reference().map(reference -> StreamWatch.request(stream, reference)),
            stream.renditions(),
            policy.detectors(),
            true);
    return new Entry(spec, policy.incidents(), stream.labels());
  }
}
