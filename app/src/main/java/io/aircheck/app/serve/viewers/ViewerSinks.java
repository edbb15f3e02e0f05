package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.connectors.Connectors;
import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.RecentCube;
import io.aircheck.experience.engine.AudienceListener;
import io.aircheck.experience.engine.Told;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Where what is new of viewers goes on to: the archive, if there is one, and other systems. While
 * reports of earlier times are read again they take in what they lack; from {@link #begin} on they
 * work on threads of their own. Thread-safe.
 */
final class ViewerSinks implements AudienceListener, AutoCloseable {
  private final Optional<Archiving> archiving;
  private final Connectors connectors;

  /** Whether the archive is tended by its own thread. */
  private volatile boolean tended;

  /**
   * Opens them.
   *
   * @param folder that theirs lie beside
   * @param cube the latest windows, asked by several threads
   * @param completeMillis since when reports are known at the latest, where nothing is archived yet
   * @param outbound where connectors may connect to
   * @throws IOException when a folder cannot be used; nothing is open then
   */
  ViewerSinks(
      ViewerSettings settings,
      Path folder,
      CubeSpec spec,
      RecentCube cube,
      long completeMillis,
      OutboundPolicy outbound,
      ViewerSurroundings around)
      throws IOException {
    this.archiving =
        settings.archive().enabled()
            ? Optional.of(
                Archiving.open(
                    settings, Viewers.archiveBeside(folder), spec, cube, completeMillis, around))
            : Optional.empty();
    try {
      this.connectors =
          new Connectors(
              settings.connectors(),
              new Connectors.Surroundings(
                  folder.resolveSibling("viewer-connectors"),
                  spec,
                  cube,
                  outbound,
                  around.meter(),
                  around.clock(),
                  around.log()));
    } catch (IOException | RuntimeException e) {
      archiving.ifPresent(Archiving::close);
      throw e;
    }
  }

  @Override
  public void told(List<Told> news) {
    archiving.ifPresent(of -> of.archive().told(news));
    connectors.told(news);
  }

  @Override
  public void advanced(long millis) {
    // While reports are read again there is no other who does it.
    if (!tended) {
      archiving.ifPresent(of -> of.archive().tend(millis));
    }
    connectors.advanced(millis);
  }

  /**
   * From when on reports are to be read again at the latest; {@link Long#MAX_VALUE}: it does not
   * matter.
   */
  long sinceMillis() {
    long archived = archiving.map(of -> of.archive().sinceMillis()).orElse(Long.MAX_VALUE);
    return Math.min(archived, connectors.sinceMillis());
  }

  /** Reports could not be read again, so that nothing more can be archived. */
  void giveUp() {
    archiving.ifPresent(of -> of.archive().giveUp("what came before is not known"));
  }

  /**
   * Begins to work on threads of their own, now that reports of the time before have been read
   * again.
   *
   * @param advanced up to when time has passed for all sessions
   */
  void begin(LongSupplier advanced) {
    tended = true;
    archiving.ifPresent(of -> of.begin(advanced));
    connectors.begin(advanced);
  }

  /** What is kept of viewers for longer; empty: nothing is. */
  Optional<Archiving> archiving() {
    return archiving;
  }

  /** The other systems that are told of viewers. */
  Connectors connectors() {
    return connectors;
  }

  /** What is wrong; empty: nothing. */
  Optional<String> problem() {
    return archiving.flatMap(of -> of.archive().problem());
  }

  /** Stops; the next process goes on where they were. */
  @Override
  public void close() {
    connectors.close();
    archiving.ifPresent(Archiving::close);
  }
}
