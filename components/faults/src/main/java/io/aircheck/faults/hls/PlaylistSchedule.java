package io.aircheck.faults.hls;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * Which version of a live playlist is served from when on.
 *
 * @param steps in rising order of time
 */
public record PlaylistSchedule(List<Step> steps) {

  /**
   * One version.
   *
   * @param fromSeconds seconds after the start from which it is served
   * @param playlist file, relative to the folder that is served
   */
  public record Step(double fromSeconds, Path playlist) {}

  /**
   * A schedule.
   *
   * @throws IllegalArgumentException when it is empty
   */
  public PlaylistSchedule {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a schedule needs at least one playlist");
    }
    steps = steps.stream().sorted(Comparator.comparingDouble(Step::fromSeconds)).toList();
  }

  /** The version that is served at a time; before the first, the first. */
  public Path at(double seconds) {
    Path playlist = steps.getFirst().playlist();
    for (Step step : steps) {
      if (step.fromSeconds() <= seconds) {
        playlist = step.playlist();
      }
    }
    return playlist;
  }

  /** Seconds after the start at which the last version is first served. */
  public double lastChangeSeconds() {
    return steps.getLast().fromSeconds();
  }
}
