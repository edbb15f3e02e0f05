package io.aircheck.app.cli;

import io.aircheck.app.UsageException;
import io.aircheck.app.config.Secrets;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.ServiceSurroundings;
import io.aircheck.app.serve.SettingsWatch;
import io.aircheck.app.serve.copies.Commons;
import io.aircheck.app.serve.http.HttpServer;
import io.aircheck.app.serve.settings.CopySettings;
import io.aircheck.app.serve.settings.S3Settings;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.settings.SettingsCheck;
import io.aircheck.app.serve.settings.SettingsFile;
import io.aircheck.app.serve.settings.StoreSettings;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.core.store.StoreException;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.storage.files.DiskEvidence;
import io.aircheck.storage.s3.S3Evidence;
import io.aircheck.storage.sql.PostgresCopies;
import io.aircheck.storage.sql.SqlStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: the service. */
@Command(
    name = "serve",
    description =
        "Watches streams day and night: incidents with evidence, notifications, API and web page."
            + " Streams are declared in the configuration file or added over the API and the page.",
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  it was stopped by Ctrl-C or SIGTERM; what was open stays open for the next start",
      "  2  wrong usage or configuration, a port that is taken, or a store that cannot be opened",
    })
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in YAML or JSON; read again when it changes.")
  private @Nullable Path configFile;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where everything is kept; default: aircheck-data.")
  private @Nullable Path dataFolder;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port to listen on, 0 for a free one; default: 8080.")
  private @Nullable Integer port;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description =
          "This process is one of several copies that make one service: all, api (answers requests)"
              + " or worker (watches streams).")
  private @Nullable String role;

  @Option(
      names = "--streams-label",
      paramLabel = "LABEL=VALUE",
      description = "As a copy, take only streams with this label; may be repeated.")
  private Map<String, String> streamLabels = new LinkedHashMap<>();

  @Option(
      names = "--detectors",
      paramLabel = "KIND,...",
      split = ",",
      description = "As a copy, run only these detectors or groups such as video.*.")
  private List<String> detectorSelectors = new ArrayList<>();

  @Spec private CommandSpec spec;

  /** Held, since loggers that nobody holds forget their level. */
  private static final Logger LIBRARIES = Logger.getLogger("");

  @Override
  public Integer call() throws InterruptedException {
    DetectorCatalog detectors = DetectorCatalog.installed();
    NotifierCatalog channelTypes = NotifierCatalog.installed();
    SettingsCheck check = new SettingsCheck(detectors, channelTypes);
    Secrets secrets = Secrets.ofFile(System.getenv());
    Path file = configFile;
    ServiceSettings settings =
        withOptions(
            file == null ? ServiceSettings.DEFAULT : SettingsFile.read(file, secrets, check),
            check);
    int wantedPort = port == null ? settings.server().port() : port;
    if (wantedPort < 0 || wantedPort > 65535) {
      throw new UsageException("--port is " + wantedPort + ", must be from 0 to 65535");
    }
    // Libraries tell what they do; an operator wants to know what goes wrong.
    LIBRARIES.setLevel(Level.WARNING);
    String address = settings.server().address();
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    try (StopHook hook = new StopHook(() -> stopAndWait(stop, stopped));
        SqlStore store = store(settings);
        Service service =
            new Service(
                settings,
                surroundings(settings, store, detectors, channelTypes),
                others(settings));
        HttpServer server = new HttpServer(service, address, wantedPort, this::fault);
        SettingsWatch watching = new SettingsWatch(file, secrets, check, service, this::log)) {
      if (service.member().isPresent()) {
        service.member().get().join(CopyAddress.of(settings, server.port()));
      }
      PrintWriter out = spec.commandLine().getOut();
      out.println("listening on http://" + shown(address) + ":" + server.port());
      out.flush();
      stop.await();
      if (service.member().isPresent()) {
        service.member().get().drain();
      }
    } catch (StoreException | IOException | UncheckedIOException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    } catch (SettingsException e) {
      throw new UsageException(e.pointer() + ": " + e.getMessage(), e);
    } finally {
      stopped.countDown();
    }
    return ExitStatus.OK;
  }

  private Path dataFolder(ServiceSettings settings) {
    return dataFolder == null ? settings.data() : dataFolder;
  }

  private static EvidenceStore evidence(ServiceSettings.Evidence settings, Path data, Meter meter)
      throws IOException {
    long maxBytes = settings.maxBytes().bytes();
    if (settings.s3().isEmpty()) {
      return new DiskEvidence(data.resolve("evidence"), maxBytes);
    }
    S3Settings s3 = settings.s3().get();
    return new S3Evidence(s3.location(), s3.key(), maxBytes, meter);
  }

  /** Options of the command line win over the configuration file. */
  private ServiceSettings withOptions(ServiceSettings settings, SettingsCheck check) {
    if (role == null && streamLabels.isEmpty() && detectorSelectors.isEmpty()) {
      return settings;
    }
    CopySettings copies = settings.copies().orElse(CopySettings.DEFAULT).withLabels(streamLabels);
    try {
      if (role != null) {
        copies = copies.withRole(CopySettings.role(role));
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException("--role is " + role + ", " + e.getMessage(), e);
    }
    if (!detectorSelectors.isEmpty()) {
      copies = copies.withDetectors(detectorSelectors);
    }
    ServiceSettings all = settings.withCopies(copies);
    try {
      check.checkCopies(all);
    } catch (SettingsException e) {
      throw new UsageException(
          "as a copy (--role, --streams-label, --detectors): %s %s"
              .formatted(e.pointer(), e.getMessage()),
          e);
    }
    return all;
  }

  private SqlStore store(ServiceSettings settings) {
    if (settings.store().isEmpty()) {
      return SqlStore.embedded(dataFolder(settings));
    }
    StoreSettings store = settings.store().get();
    return settings.copies().isPresent()
        ? SqlStore.sharedPostgres(store.url(), store.user(), store.password())
        : SqlStore.postgres(store.url(), store.user(), store.password());
  }

  /** What the copies of the service have in common; closed with the service. */
  private Optional<Commons> others(ServiceSettings settings) {
    if (settings.copies().isEmpty()) {
      return Optional.empty();
    }
    if (settings.evidence().s3().isEmpty()) {
      log(
          "evidence is kept in the data directory of the copy that gathers it, where the others do"
              + " not see it; keep it in a bucket (evidence.s3), or on a disk that all share");
    }
    StoreSettings store = settings.store().orElseThrow();
    PostgresCopies copies = new PostgresCopies(store.url(), store.user(), store.password());
    return Optional.of(
        new Commons(
            Commons.newId(),
            Version.line(),
            copies.directory(),
            copies.exchange(),
            copies.board()));
  }

  private ServiceSurroundings surroundings(
      ServiceSettings settings,
      SqlStore store,
      DetectorCatalog detectors,
      NotifierCatalog channelTypes)
      throws IOException {
    Path data = dataFolder(settings);
    Meter meter = new Meter();
    return new ServiceSurroundings(
        detectors,
        InProcessDeployment.installedFolds(),
        StreamTask.Surroundings.installed(),
        channelTypes,
        store,
        evidence(settings.evidence(), data, meter),
        meter,
        data.resolve("work"),
        data.resolve("checks"),
        System.getenv(),
        InstantSource.system(),
        this::log);
  }

  private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** IPv6 addresses stand in brackets in a URL. */
  private static String shown(String address) {
    return address.contains(":") ? "[" + address + "]" : address;
  }

  private void log(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("aircheck: " + line);
    err.flush();
  }

  private void fault(Throwable fault) {
    log("a fault of Aircheck: " + fault);
    if (AircheckCommand.isVerbose(spec)) {
      fault.printStackTrace(spec.commandLine().getErr());
    }
  }
}
