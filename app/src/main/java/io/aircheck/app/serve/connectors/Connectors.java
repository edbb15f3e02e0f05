package io.aircheck.app.serve.connectors;

import io.aircheck.app.serve.settings.ConnectorSettings;
import io.aircheck.app.serve.settings.ConnectorSettings.Sort;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.task.RetryPolicy;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.RecentCube;
import io.aircheck.experience.engine.AudienceListener;
import io.aircheck.experience.engine.Told;
import io.aircheck.experience.feed.SessionFeed;
import io.aircheck.experience.feed.SumFeed;
import io.aircheck.notify.export.ExportTarget;
import io.aircheck.notify.export.MeteredTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The other systems that a service tells of viewers. Thread-safe. */
public final class Connectors implements AudienceListener, AutoCloseable {
  /**
   * What they have in common.
   *
   * @param folder of their places
   * @param spec of the cube
   * @param cube the latest windows
   * @param outbound where they may connect to
   * @param meter of what they have handed over
   * @param clock the time of day
   * @param log told one line about what an operator should know
   */
  public record Surroundings(
      Path folder,
      CubeSpec spec,
      RecentCube cube,
      OutboundPolicy outbound,
      Meter meter,
      InstantSource clock,
      Consumer<String> log) {}

  private final List<Connector> connectors = new ArrayList<>();
  private final List<SessionFeed> sessions = new ArrayList<>();
  private long sinceMillis = Long.MAX_VALUE;

  /**
   * Opens connectors, which wait for {@link #begin}.
   *
   * @throws IOException when their folder cannot be used
   */
  public Connectors(List<ConnectorSettings> settings, Surroundings around) throws IOException {
    this(settings, around, Connector.RETRIES);
  }

  Connectors(List<ConnectorSettings> settings, Surroundings around, RetryPolicy retries)
      throws IOException {
    if (!settings.isEmpty()) {
      Files.createDirectories(around.folder());
    }
    for (ConnectorSettings one : settings) {
      connectors.add(connector(one, around, retries));
    }
  }

  private Connector connector(
      ConnectorSettings settings, Surroundings around, RetryPolicy retries) {
    long now = around.clock().millis();
    Path file = around.folder().resolve(settings.name() + ".json");
    Place nothing = new Place(now, now, now);
    Place place;
    try {
      place = Place.read(file, nothing);
    } catch (IOException e) {
      around
          .log()
          .accept(
              "how far the connector %s was cannot be read, so it begins with now: %s"
                  .formatted(settings.name(), e.getMessage()));
      place = nothing;
    }
    Connector.Feeds feeds =
        new Connector.Feeds(
            settings.send().contains(Sort.SUMS) ? sums(settings, around, place) : null,
            settings.sendsSessions() ? sessions(settings, around, place, now) : null);
    Outlet outlet =
        settings.takesMetrics()
            ? new MetricOutlet(
                metered(settings.metrics(around.outbound()), settings, around.meter()))
            : new EventOutlet(
                metered(settings.events(around.outbound()), settings, around.meter()),
                settings.send(),
                settings.sessionIds());
    return new Connector(
        settings.name(),
        settings.type(),
        feeds,
        outlet,
        file,
        place,
        retries,
        around.clock(),
        around.log());
  }

  private static <T> ExportTarget<T> metered(
      ExportTarget<T> target, ConnectorSettings settings, Meter meter) {
    return new MeteredTarget<>(target, settings.countsAs(), meter);
  }

  private static SumFeed sums(ConnectorSettings settings, Surroundings around, Place place) {
    return new SumFeed(
        around.spec(),
        around.cube(),
        new SumFeed.Shape(
            settings.by(), settings.window().toMillis(), settings.settleFor().toMillis()),
        place.sumsMillis(),
        place.knownMillis());
  }

  private SessionFeed sessions(
      ConnectorSettings settings, Surroundings around, Place place, long now) {
    long oldest = now - around.spec().spanMillis();
    if (place.sessionsMillis() < Math.min(oldest, place.knownMillis())) {
      around
          .log()
          .accept(
              "the connector %s was more than an hour behind: sessions before that are not told"
                  .formatted(settings.name()));
    }
    long since = Math.max(place.sessionsMillis(), oldest);
    sinceMillis = Math.min(sinceMillis, since - SessionFeed.CONTEXT_MILLIS);
    SessionFeed feed =
        new SessionFeed(!settings.send().contains(Sort.DELTAS), settings.mostWaiting(), since);
    sessions.add(feed);
    return feed;
  }

  /**
   * From when on reports are to be read again at the latest; {@link Long#MAX_VALUE}: it does not
   * matter.
   */
  public long sinceMillis() {
    return sinceMillis;
  }

  @Override
  public void told(List<Told> news) {
    sessions.forEach(feed -> feed.told(news));
  }

  @Override
  public void advanced(long millis) {
    sessions.forEach(feed -> feed.advanced(millis));
  }

  /**
   * Begins to tell, now that reports of the time before have been read again.
   *
   * @param advanced up to when time has passed for all sessions
   */
  public void begin(LongSupplier advanced) {
    connectors.forEach(connector -> connector.begin(advanced));
  }

  /**
   * Forgets what waits of a session; whether there was anything. What has been told stays there.
   */
  public boolean erase(String session) {
    boolean found = false;
    for (SessionFeed feed : sessions) {
      found |= feed.erase(session);
    }
    return found;
  }

  /** How each of them is, in the order of the settings. */
  public List<ConnectorStatus> status() {
    return connectors.stream().map(Connector::status).toList();
  }

  /** Stops; the next process goes on where they were. */
  @Override
  public void close() {
    connectors.forEach(Connector::close);
  }
}
