package io.aircheck.app.serve;

import io.aircheck.app.config.Secrets;
import io.aircheck.app.serve.http.HttpServer;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.settings.SettingsCheck;
import io.aircheck.app.serve.settings.SettingsFile;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.storage.files.DiskEvidence;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The whole service with everything that is installed, its store in memory, and one webhook. */
public final class RunningService implements AutoCloseable {
  private static final long MAX_EVIDENCE = 200_000_000;

  private final com.sun.net.httpserver.HttpServer receiver;
  private final Service service;
  private final HttpServer server;
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();

  /**
   * A service of pictures and sound.
   *
   * @param more lines of the configuration file besides policy and webhook
   */
  public RunningService(Path folder, String more) throws Exception {
    this(folder, "{detectors: [video.black, video.freeze, audio.silence, audio.loudness]}", more);
  }

  /**
   * @param policy the default policy
   * @param more lines of the configuration file besides it and the webhook
   */
  public RunningService(Path folder, String policy, String more) throws Exception {
    receiver =
        com.sun.net.httpserver.HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    receiver.start();
    Path file = folder.resolve("aircheck.yaml");
    Files.writeString(
        file,
        """
        outbound: {files: ["%s"]}
        policies:
          default: %s
        channels:
          operations: {type: webhook, url: "http://127.0.0.1:%d/hook"}
        routes:
          - {channels: [operations], minSeverity: warning}
        """
                .formatted(folder, policy, receiver.getAddress().getPort())
            + more);
    DetectorCatalog detectors = DetectorCatalog.installed();
    NotifierCatalog channels = NotifierCatalog.installed();
    ServiceSettings settings =
        SettingsFile.read(file, Secrets.ofFile(Map.of()), new SettingsCheck(detectors, channels));
    service =
        new Service(
            settings,
            new ServiceSurroundings(
                detectors,
                InProcessDeployment.installedFolds(),
                StreamTask.Surroundings.installed(),
                channels,
                new MemoryStore(),
                new DiskEvidence(folder.resolve("evidence"), MAX_EVIDENCE),
                new Meter(),
                Files.createDirectories(folder.resolve("work")),
                Files.createDirectories(folder.resolve("checks")),
                Map.of(),
                InstantSource.system(),
                line -> {}));
    server = new HttpServer(service, "127.0.0.1", 0, faults::add);
  }

  public String address() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Address of a stream, with what is secret in it. */
  public String urlOf(String stream) {
    return service.streams().registry().find(stream).orElseThrow().settings().url();
  }

  /** What should not have happened. */
  public List<Throwable> faults() {
    return faults;
  }

  @Override
  public void close() {
    server.close();
    service.close();
    receiver.stop(0);
  }
}
