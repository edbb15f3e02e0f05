package io.aircheck.app.serve.copies;

import io.aircheck.app.config.Secrets;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.ServiceSurroundings;
import io.aircheck.app.serve.http.HttpServer;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.settings.SettingsCheck;
import io.aircheck.app.serve.settings.SettingsFile;
import io.aircheck.app.serve.settings.StoreSettings;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.store.ServiceStore;
import io.aircheck.core.task.StreamTask;
import io.aircheck.core.task.TaskClock;
import io.aircheck.storage.files.DiskEvidence;
import io.aircheck.storage.sql.PostgresCopies;
import io.aircheck.storage.sql.SqlStore;
import io.aircheck.testkit.DarkDetector;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One copy of the service, or all of it, with everything but real media, in a process of its own.
 */
public final class CopyProcess {
  private static final long MAX_EVIDENCE = 500_000_000;

  /** What is on the streams, and what looks at them. */
  enum Scene {
    /** Darkness by the clock, and one small detector. */
    DARKNESS,

    /** Darkness in ad breaks and outside of them, and detectors that find nothing else there. */
    BREAKS;

    /** As the configuration says it. */
    String policy() {
      return switch (this) {
        case DARKNESS -> "{recovery: 3s}";
        case BREAKS ->
            "{recovery: 3s, detectors: [video.black, audio.*, stream.*, splice.*, sync.*,"
                + " signature.*]}";
      };
    }

    private MediaSources sources() {
      return switch (this) {
        case DARKNESS -> new ClockedSources();
        case BREAKS -> new BreakSources();
      };
    }

    private DetectorCatalog detectors() {
      return switch (this) {
        case DARKNESS -> new DetectorCatalog(List.of(DarkDetector.FACTORY));
        case BREAKS -> DetectorCatalog.installed();
      };
    }
  }

  private CopyProcess() {}

  /**
   * Arguments: configuration file, data folder, name of a scene. Prints its port. Stops in good
   * order when it reads a byte.
   */
  public static void main(String[] args) throws Exception {
    Path data = Path.of(args[1]);
    Scene scene = Scene.valueOf(args[2]);
    DetectorCatalog detectors = scene.detectors();
    NotifierCatalog channels = NotifierCatalog.installed();
    ServiceSettings settings =
        SettingsFile.read(
            Path.of(args[0]), Secrets.ofFile(Map.of()), new SettingsCheck(detectors, channels));
    ServiceStore store =
        settings
            .store()
            .<ServiceStore>map(
                known -> SqlStore.sharedPostgres(known.url(), known.user(), known.password()))
            .orElseGet(() -> SqlStore.embedded(data));
    Service service =
        new Service(
            settings,
            new ServiceSurroundings(
                detectors,
                List.of(),
                new StreamTask.Surroundings(
                    scene.sources(),
                    PictureAnalyzers.installed(),
                    SoundAnalyzers.installed(),
                    TaskClock.SYSTEM,
                    new Random()),
                channels,
                store,
                new DiskEvidence(data.resolve("evidence"), MAX_EVIDENCE),
                new Meter(),
                data.resolve("work"),
                data.resolve("checks"),
                Map.of(),
                InstantSource.system(),
                System.err::println),
            settings.store().map(CopyProcess::commons));
    HttpServer server = new HttpServer(service, "127.0.0.1", 0, Throwable::printStackTrace);
    if (service.member().isPresent()) {
      service.member().get().join(URI.create("http://127.0.0.1:" + server.port()));
    }
    System.out.println(server.port());
    System.out.flush();
    if (System.in.read() >= 0 && service.member().isPresent()) {
      service.member().get().drain();
      server.close();
      service.close();
      store.close();
    }
    System.exit(0);
  }

  private static Commons commons(StoreSettings store) {
    PostgresCopies copies = new PostgresCopies(store.url(), store.user(), store.password());
    return new Commons(
        Commons.newId(), "test", copies.directory(), copies.exchange(), copies.board());
  }
}
