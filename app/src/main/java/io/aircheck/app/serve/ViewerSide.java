package io.aircheck.app.serve;

import io.aircheck.app.serve.incidents.CohortKey;
import io.aircheck.app.serve.incidents.Incidents;
import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.app.serve.viewers.LeftViewers;
import io.aircheck.app.serve.viewers.Monitor;
import io.aircheck.app.serve.viewers.ViewerHandover;
import io.aircheck.app.serve.viewers.ViewerIntake;
import io.aircheck.app.serve.viewers.Viewers;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.notify.ViewerReach;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The half of the service that watches viewers: their reports are collected here, handed over to a
 * job, or not taken at all. Thread-safe.
 */
final class ViewerSide implements AutoCloseable {
  /** How often it is looked what viewers watch and nobody monitors. */
  private static final Duration VIEWED_INTERVAL = Duration.ofSeconds(1);

  private final Optional<Viewers> viewers;
  private final Optional<ViewerHandover> handover;
  private final LeftViewers left;

  /**
   * Starts what the settings ask for.
   *
   * @param monitor the other half, started before
   * @throws IOException when a folder or a database of places cannot be used
   */
  ViewerSide(ServiceSurroundings around, ActiveSettings active, Monitor monitor)
      throws IOException {
    ViewerSettings settings = active.now().settings().viewers();
    Path folder = Viewers.beside(around.checksFolder());
    this.viewers =
        Viewers.start(
            settings, folder, monitor, active.now().outbound(), around.clock(), around.log());
    this.handover = ViewerHandover.start(settings, folder, around.clock(), around.log());
    this.left =
        new LeftViewers(settings, folder, viewers.isPresent(), around.clock(), around.log());
  }

  /**
   * Nobody can tell any more what becomes of viewers whom incidents are about, if none collects.
   */
  void forgetViewers(Incidents incidents) {
    if (viewers.isEmpty()) {
      incidents.active().stream()
          .map(Incident::stream)
          .filter(CohortKey::isOne)
          .distinct()
          .forEach(incidents::unwatched);
    }
  }

  /** Begins to look for what viewers watch and nobody monitors. */
  void begin(ServiceTimer timer) {
    viewers.ifPresent(
        some ->
            timer.every(
                VIEWED_INTERVAL,
                "streams that viewers watch could not be looked for",
                some::lookForUnmonitored));
  }

  /** Reports of viewers and what is known of them; empty: nothing is, here. */
  Optional<Viewers> viewers() {
    return viewers;
  }

  /** What takes reports of viewers; empty: they are not collected. */
  Optional<ViewerIntake> intake() {
    return viewers.<ViewerIntake>map(some -> some).or(() -> handover);
  }

  /** Whether anything may be kept since earlier settings said so. */
  boolean keepsLeft() {
    return left.isAny();
  }

  /**
   * Erases a session from everything that is kept here.
   *
   * @return whether there was anything
   * @throws IOException when it cannot be erased everywhere, with what is to be done
   * @throws io.aircheck.core.store.StoreException likewise
   */
  boolean erase(String session) throws IOException {
    boolean known = viewers.isPresent() && viewers.get().erase(session);
    return left.erase(session) || known;
  }

  /** How many watch what streams show, by the id of the stream; where nothing is known, nobody. */
  Map<String, Long> of(List<WatchedStream> streams) {
    return viewers.map(some -> some.of(streams)).orElse(Map.of());
  }

  /**
   * How many viewers an incident concerns now.
   *
   * @param streams those that it is about
   */
  ViewerReach reach(Incident incident, List<WatchedStream> streams) {
    if (viewers.isEmpty()) {
      return ViewerReach.UNKNOWN;
    }
    OptionalLong watching =
        streams.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(of(streams).values().stream().mapToLong(Long::longValue).sum());
    return new ViewerReach(viewers.get().watch().hit(incident), watching);
  }

  /** Stops; everything that was acknowledged stays for the next start. */
  @Override
  public void close() {
    viewers.ifPresent(Viewers::close);
    handover.ifPresent(ViewerHandover::close);
    left.close();
  }
}
