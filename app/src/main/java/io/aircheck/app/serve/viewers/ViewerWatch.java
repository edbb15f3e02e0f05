package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.incidents.Incidents;
import io.aircheck.core.incident.Incident;
import io.aircheck.experience.exposure.Exposure;
import io.aircheck.experience.session.SessionDelta;
import java.util.List;
import java.util.Optional;

/**
 * The join of the two halves: tells who is shown what the monitor found, and makes incidents of
 * what gets worse for viewers, with what the monitor sees on what they watch. Thread-safe.
 */
public final class ViewerWatch {
  private final ExposureDesk exposures;
  private final AlertDesk alerts;
  private final Incidents incidents;

  ViewerWatch(ExposureDesk exposures, AlertDesk alerts, Incidents incidents) {
    this.exposures = exposures;
    this.alerts = alerts;
    this.incidents = incidents;
  }

  /** Something is new of views. */
  void seen(List<SessionDelta> deltas) {
    exposures.add(deltas);
  }

  /**
   * Looks at both halves. To be called every second, by one thread.
   *
   * @param advancedMillis up to when time has passed for all sessions
   */
  void look(long nowMillis, long advancedMillis) {
    exposures.look(incidents, nowMillis);
    alerts.look(advancedMillis);
  }

  /** Who has been shown an incident; empty when nothing is known of it here. */
  public Optional<Exposure> exposure(Incident incident) {
    return exposures.of(incident);
  }
}
