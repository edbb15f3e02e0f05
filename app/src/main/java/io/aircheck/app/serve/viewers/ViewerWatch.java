package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.incidents.Incidents;
import io.aircheck.core.incident.Incident;
import io.aircheck.experience.baseline.UsualRange;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.exposure.Exposure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.measure.Ratio;
import io.aircheck.experience.session.SessionDelta;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The join of the two halves: tells who is shown what the monitor found, and makes incidents of
 * what gets worse for viewers, with what the monitor sees on what they watch. Thread-safe.
 */
public final class ViewerWatch {
  private final ExposureDesk exposures;
  private final AlertDesk alerts;
  private final Incidents incidents;

  private ViewerWatch(ExposureDesk exposures, AlertDesk alerts, Incidents incidents) {
    this.exposures = exposures;
    this.alerts = alerts;
    this.incidents = incidents;
  }

  /**
   * Joins the viewers of a cube with a monitor.
   *
   * @param cube answers questions about the latest windows
   * @param startedMillis when the service started
   * @param log told one line about what an operator should know
   */
  static ViewerWatch of(
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
        new AlertDesk(
            spec,
            cube,
            new MonitorView(monitor.programmes(), monitor.incidents(), monitor.status())::of,
            monitor.incidents()::observed,
            startedMillis),
        monitor.incidents());
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
      alerts.look(advancedMillis);
    }
  }

  /** Who has been shown an incident; empty when nothing is known of it here. */
  public Optional<Exposure> exposure(Incident incident) {
    return exposures.of(incident);
  }

  /**
   * Where a ratio of some viewers lies as a rule.
   *
   * @param cohort values by dimension; none: all viewers
   * @param millis start of the windows
   * @param under what is divided by in such a window
   * @return empty where that is not known
   */
  public Optional<UsualRange> usual(
      Map<String, String> cohort, Ratio ratio, long millis, double under) {
    return alerts.usual(cohort, ratio, millis, under);
  }

  /**
   * Whether a ratio of some viewers is worse than usual by so much that an alert would go on.
   *
   * @param cohort values by dimension; none: all viewers
   * @param millis a moment of the sums
   */
  public boolean isRaised(Map<String, String> cohort, Ratio ratio, long millis, Measures sums) {
    return alerts.isRaised(cohort, ratio, millis, sums);
  }
}
