package io.aircheck.app.serve.crash;

import io.aircheck.app.config.Secrets;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.ServiceSurroundings;
import io.aircheck.app.serve.http.HttpServer;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.settings.SettingsCheck;
import io.aircheck.app.serve.settings.SettingsFile;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.task.StreamTask;
import io.aircheck.core.task.TaskClock;
import io.aircheck.storage.files.DiskEvidence;
import io.aircheck.storage.sql.SqlStore;
import io.aircheck.testkit.DarkDetector;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The service with everything but real media, in a process that may be killed. */
public final class KillableService {
  private static final long MAX_EVIDENCE = 500_000_000;

  private KillableService() {}

  /** Arguments: configuration file, data folder, whether streams flicker. Prints its port. */
  public static void main(String[] args) throws Exception {
    Path data = Path.of(args[1]);
    DetectorCatalog detectors = new DetectorCatalog(List.of(DarkDetector.FACTORY));
    NotifierCatalog channels = NotifierCatalog.installed();
    ServiceSettings settings =
        SettingsFile.read(
            Path.of(args[0]), Secrets.ofFile(Map.of()), new SettingsCheck(detectors, channels));
    Service service =
        new Service(
            settings,
            new ServiceSurroundings(
                detectors,
                List.of(),
                new StreamTask.Surroundings(
                    new FlickeringSources(Boolean.parseBoolean(args[2])),
                    PictureAnalyzers.installed(),
                    SoundAnalyzers.installed(),
                    TaskClock.SYSTEM,
                    new Random()),
                channels,
                SqlStore.embedded(data),
                new DiskEvidence(data.resolve("evidence"), MAX_EVIDENCE),
                new Meter(),
                data.resolve("work"),
                data.resolve("checks"),
                Map.of(),
                InstantSource.system(),
                System.err::println));
    HttpServer server = new HttpServer(service, "127.0.0.1", 0, Throwable::printStackTrace);
    System.out.println(server.port());
    System.out.flush();
    // Killed, or stopped when whoever started it is gone.
    System.in.read();
    System.exit(0);
  }
}
