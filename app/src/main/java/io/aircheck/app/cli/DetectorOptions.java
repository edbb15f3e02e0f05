package io.aircheck.app.cli;

import io.aircheck.app.UsageException;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.SourceRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of all commands that open inputs and run detectors. */
final class DetectorOptions {
  @Option(
      names = "--detectors",
      split = ",",
      paramLabel = "KIND",
      description = "What to look for, such as video.black or audio.*; all kinds if not given.")
  private List<String> selectors = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KIND.option=value",
      description = "Sets an option of a detector, such as video.black.minDurationSeconds=2.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in YAML or JSON; what the command line says wins.")
  private @Nullable Path configFile;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "Decryption keys, one KID:KEY or KEY a line. Also from the environment variable "
              + DecryptionKeys.ENVIRONMENT
              + ", separated by commas.")
  private @Nullable Path keyFile;

  @Option(
      names = "--read-timeout",
      paramLabel = "SECONDS",
      description = "Longest wait for data; default: 10.")
  private @Nullable Double readTimeoutSeconds;

  private @Nullable ConfigFile config;

  /** The configuration file, empty without one; read once. */
  ConfigFile config() {
    ConfigFile known = config;
    if (known == null) {
      Path file = configFile;
      known = file == null ? ConfigFile.EMPTY : ConfigFile.read(file, System.getenv());
      config = known;
    }
    return known;
  }

  /**
   * What to look for.
   *
   * @throws UsageException for an unknown kind or option or a value out of range
   */
  List<DetectorChoice> choose(DetectorCatalog catalog) {
    Map<String, Double> values = new LinkedHashMap<>(config().overrides());
    // The file alone first, so that what is wrong with it is said to be there.
    choose(catalog, configFile + ": ", config().detectors(), values);
    settings.forEach(setting -> set(setting, values));
    return choose(catalog, "", selectors.isEmpty() ? config().detectors() : selectors, values);
  }

  private static List<DetectorChoice> choose(
      DetectorCatalog catalog, String place, List<String> selectors, Map<String, Double> values) {
    try {
      return catalog.choose(selectors, values);
    } catch (IllegalArgumentException e) {
      throw new UsageException(place + e.getMessage(), e);
    }
  }

  private static void set(String setting, Map<String, Double> values) {
    int equals = setting.indexOf('=');
    if (equals < 0) {
      throw new UsageException(
          "--set "
              + setting
              + ": write KIND.option=value, such as video.black.minDurationSeconds=2");
    }
    String name = setting.substring(0, equals);
    String value = setting.substring(equals + 1);
    try {
      values.put(name, Double.valueOf(value));
    } catch (NumberFormatException e) {
      throw new UsageException(name + " is " + value + ", must be a number", e);
    }
  }

  /** A request for an input with keys, headers and time-out. */
  SourceRequest request(String uri) {
    Double given = readTimeoutSeconds;
    double seconds =
        given != null
            ? given
            : config()
                .readTimeoutSeconds()
                .orElse(SourceRequest.DEFAULT_READ_TIMEOUT.toMillis() / 1e3);
    if (!(seconds >= 0.1 && seconds <= 3600)) {
      throw new UsageException(
          (given != null ? "--read-timeout" : configFile + ": readTimeoutSeconds")
              + " is "
              + seconds
              + ", must be from 0.1 to 3600 s");
    }
    SourceRequest plain = SourceRequest.of(uri);
    return new SourceRequest(
        plain.uri(),
        plain.rendition(),
        plain.resumeFrom(),
        plain.originMicros(),
        Duration.ofMillis(Math.round(seconds * 1000)),
        DecryptionKeys.gather(config().keys(), keyFile, System.getenv()),
        config().headers(),
        plain.recorded(),
        plain.addresses());
  }
}
