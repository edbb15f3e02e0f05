package io.aircheck.app.serve.page;

import io.aircheck.app.demo.FaultyLadder;
import io.aircheck.app.serve.RunningService;
import io.aircheck.app.serve.viewers.PastAudience;
import io.aircheck.audience.crowd.Arrivals;
import io.aircheck.audience.crowd.Content;
import io.aircheck.audience.crowd.Population;
import io.aircheck.audience.fault.TimedFault;
import io.aircheck.audience.simulation.Audience;
import io.aircheck.audience.viewer.Habits;
import io.aircheck.audience.viewer.Reporting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A service that watches a live stream, and that viewers report to: for an hour already, with waits
 * for data by one CDN in the end, and from now on.
 */
final class WatchedService implements AutoCloseable {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final List<Content> CONTENTS =
      List.of(Content.channel("news"), Content.channel("sports"), Content.onDemand("film", HOUR));

  private final FaultyLadder ladder;
  private final PastAudience audience;
  private final RunningService service;
  private final Thread viewers;

  WatchedService(Path folder) throws Exception {
    ladder = new FaultyLadder(Files.createDirectories(folder.resolve("ladder")));
    long now = System.currentTimeMillis();
    audience = new PastAudience(audience(), 7, now - HOUR);
    audience.report(folder.resolve("viewers"), now);
    service =
        new RunningService(
            folder,
            """
            viewers: {enabled: true, reportsPerSecond: 10000, countryHeader: %s, networkHeader: %s}
            streams:
              - {id: evening-news, name: Evening news, url: "%s", labels: {content: news}}
            """
                .formatted(
                    PastAudience.COUNTRY,
                    PastAudience.NETWORK,
                    ladder.address().replace("master", "180p/index")));
    viewers = Thread.ofPlatform().daemon().start(this::goOn);
  }

  private static Audience audience() {
    return new Audience(
        Population.before(CONTENTS),
        new Arrivals.Standing(400, 60_000),
        Habits.USUAL,
        List.of(TimedFault.parse("stalls@3300+7200,cdn=cdn-b,times=60")),
        Reporting.USUAL,
        3 * HOUR);
  }

  private void goOn() {
    try {
      audience.goOn(address());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return service.address();
  }

  /** What should not have happened. */
  List<Throwable> faults() {
    return service.faults();
  }

  @Override
  public void close() throws InterruptedException {
    viewers.interrupt();
    viewers.join();
    service.close();
    ladder.close();
  }
}
