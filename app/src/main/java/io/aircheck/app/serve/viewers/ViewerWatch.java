package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.incidents.Incidents;
import io.aircheck.app.serve.settings.AlertSettings;
import io.aircheck.core.incident.Incident;
import io.aircheck.experience.alert.AlertPolicy;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.exposure.Exposure;
import io.aircheck.experience.session.SessionDelta;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The join of the two halves: tells who is shown what the monitor found, and makes incidents of
 * what gets worse for viewers, with what the monitor sees on what they watch. Thread-safe.
 */
public final class ViewerWatch {
  private final ExposureDesk exposures;

  /** Empty: it is not asked for. */
  private final Optional<AlertDesk> alerts;

  private final Incidents incidents;

  private ViewerWatch(ExposureDesk exposures, Optional<AlertDesk> alerts, Incidents incidents) {
    this.exposures = exposures;
    this.alerts = alerts;
    this.incidents = incidents;
  }

  /**
   * Joins the viewers of a cube with a monitor.
   *
   * @param alerts whether and when what gets worse is an incident
   * @param cube answers questions about the latest windows
   * @param startedMillis when the service started
   * @param log told one line about what an operator should know
   */
  static ViewerWatch of(
      AlertSettings alerts,
      CubeSpec spec,
      Function<CubeQuery, Optional<CubeAnswer>> cube,
      Monitor monitor,
      long startedMillis,
      Consumer<String> log) {
    return new ViewerWatch(
        new ExposureDesk(
            spec.windowMillis(),
            monitor.programmes(),
            monitor.evidence(),
            monitor.workFolder(),
            log),
        alerts.enabled()
            ? Optional.of(
                desk(alerts.policy(spec.windowMillis()), spec, cube, monitor, startedMillis))
            : Optional.empty(),
        monitor.incidents());
  }

  private static AlertDesk desk(
      AlertPolicy policy,
      CubeSpec spec,
      Function<CubeQuery, Optional<CubeAnswer>> cube,
      Monitor monitor,
      long startedMillis) {
    return new AlertDesk(
        policy,
        spec,
        cube,
        new MonitorView(monitor.programmes(), monitor.incidents(), monitor.status())::of,
        monitor.incidents()::observed,
        startedMillis);
  }

  /** Something is new of views. */
  void seen(List<SessionDelta> deltas) {
    exposures.add(deltas);
  }

  /**
   * Looks at both halves. To be called every second, by one thread.
   *
   * @param advancedMillis up to when time has passed for all sessions; {@link Long#MIN_VALUE}: the
   *     past has not been read yet
   */
  void look(long nowMillis, long advancedMillis) {
    exposures.look(incidents, nowMillis);
    if (advancedMillis != Long.MIN_VALUE) {
      alerts.ifPresent(desk -> desk.look(advancedMillis));
    }
  }

  /** Who has been shown an incident; empty when nothing is known of it here. */
  public Optional<Exposure> exposure(Incident incident) {
    return exposures.of(incident);
  }
}
