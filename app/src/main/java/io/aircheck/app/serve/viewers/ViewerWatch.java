package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.incidents.CohortKey;
import io.aircheck.app.serve.incidents.Incidents;
import io.aircheck.app.serve.settings.AlertSettings;
import io.aircheck.core.incident.Incident;
import io.aircheck.experience.baseline.UsualRange;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.exposure.Exposure;
import io.aircheck.experience.exposure.ExposureCount;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.measure.Ratio;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The join of the two halves: tells who is shown what the monitor found, and makes incidents of
 * what gets worse for viewers, with what the monitor sees on what they watch. Thread-safe.
 */
public final class ViewerWatch implements AutoCloseable {
  private final ExposureDesk exposures;

  /** Empty: it is not asked for. */
  private final Optional<AlertDesk> alerts;

  private final Optional<AlertSaver> saver;
  private final Incidents incidents;
  private volatile boolean goesOn;

  private ViewerWatch(
      ExposureDesk exposures,
      Optional<AlertDesk> alerts,
      Optional<AlertSaver> saver,
      Incidents incidents) {
    this.exposures = exposures;
    this.alerts = alerts;
    this.saver = saver;
    this.incidents = incidents;
  }

  /**
   * Joins the viewers of a cube with a monitor.
   *
   * @param alerts whether and when what gets worse is an incident
   * @param exposures counts who is shown what, and is used by this alone from now on
   * @param cube answers questions about the latest windows
   * @param learntFile where an earlier process has left what it had learnt for alerts
   * @param startedMillis when the service started
   * @param log told one line about what an operator should know
   */
  static ViewerWatch of(
      AlertSettings alerts,
      ExposureCount exposures,
      CubeSpec spec,
      Function<CubeQuery, Optional<CubeAnswer>> cube,
      Monitor monitor,
      Path learntFile,
      long startedMillis,
      Consumer<String> log) {
    ExposureDesk shown =
        new ExposureDesk(
            exposures, monitor.programmes(), monitor.evidence(), monitor.workFolder(), log);
    if (!alerts.enabled()) {
      return new ViewerWatch(shown, Optional.empty(), Optional.empty(), monitor.incidents());
    }
    AlertFile file = new AlertFile(learntFile, alerts.zone(), spec.windowMillis(), log);
    AlertDesk desk =
        new AlertDesk(
            alerts.policy(spec.windowMillis()),
            spec,
            cube,
            new MonitorView(
                    monitor.programmes()::showing,
                    FoundDefects.of(monitor.incidents(), monitor.past()),
                    new ViewerLag(cube),
                    monitor.status())
                ::of,
            monitor.incidents()::observed,
            startedMillis,
            file.read(startedMillis));
    return new ViewerWatch(
        shown,
        Optional.of(desk),
        Optional.of(new AlertSaver(file, desk::state, log)),
        monitor.incidents());
  }

  /** Lets something become known to what counts who is shown what, while nobody asks. */
  void count(Runnable work) {
    exposures.count(work);
  }

  /**
   * Looks at both halves. To be called every second, by one thread.
   *
   * @param completeMillis windows of viewers that end by then are complete; {@link Long#MIN_VALUE}:
   *     the past has not been read yet
   */
  void look(long nowMillis, long completeMillis) {
    exposures.look(incidents, nowMillis);
    if (completeMillis == Long.MIN_VALUE) {
      return;
    }
    if (!goesOn) {
      goOn();
      goesOn = true;
    }
    alerts.ifPresent(desk -> desk.look(completeMillis));
    saver.ifPresent(of -> of.look(nowMillis));
  }

  /** The past is known: what an earlier process has found is over if it is not found again. */
  private void goOn() {
    incidents.active().stream()
        .map(Incident::stream)
        .filter(CohortKey::isOne)
        .distinct()
        .forEach(incidents::rewatched);
  }

  /** Whether the past is known, and with it who watches. */
  boolean goesOn() {
    return goesOn;
  }

  /** Who has been shown an incident; empty when nothing is known of it here. */
  public Optional<Exposure> exposure(String incident) {
    return exposures.of(incident);
  }

  /** Who has been shown the incidents that are not over, or only just, by their ids. */
  Map<String, Exposure> exposures() {
    return exposures.counted();
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
    return alerts.flatMap(desk -> desk.usual(cohort, ratio, millis, under));
  }

  /**
   * Whether a ratio of some viewers is worse than usual by so much that an alert would go on.
   *
   * @param cohort values by dimension; none: all viewers
   * @param millis a moment of the sums
   */
  public boolean isRaised(Map<String, String> cohort, Ratio ratio, long millis, Measures sums) {
    return alerts.isPresent() && alerts.get().isRaised(cohort, ratio, millis, sums);
  }

  /** Keeps what was learnt for the next process. */
  @Override
  public void close() {
    saver.ifPresent(AlertSaver::close);
  }
}
