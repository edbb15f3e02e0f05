package io.aircheck.app.serve.viewers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.RecentCube;
import io.aircheck.experience.exposure.Exposure;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of all viewers, whether it is made of their reports here or read where others have
 * made it. Thread-safe.
 */
public interface KnownViewers extends Join {
  /** What it works by: the settings as they were at its start. */
  ViewerSettings settings();

  /** The time by the clock of the service, milliseconds since the epoch. */
  long nowMillis();

  /** What the latest windows can be asked for. */
  CubeSpec spec();

  /** The latest windows. */
  RecentCube cube();

  /**
   * From when on there are windows that can be asked for, as long as players reported, milliseconds
   * since the epoch.
   */
  long oldestMillis();

  /** Whether what is known of the last hour has been read. */
  boolean isComplete();

  /** End of the latest window that is complete; empty: answers reach up to now. */
  OptionalLong completeMillis();

  /** What is wrong, so that answers are not what they should be; empty: nothing. */
  Optional<String> problem();

  /** How many sessions are remembered; empty: single ones are not known. */
  OptionalLong sessions();

  /** How many watch now. */
  long open();

  /** The same by content; those whose players do not tell theirs are at the empty one. */
  Map<String, Long> openByContent();

  /** The join of viewers with what the monitor finds. */
  ViewerWatch watch();

  /** What is kept of viewers for longer; empty: nothing is. */
  Optional<Archiving> archiving();

  /** Sums of viewers since the start of this process. */
  CohortTotals totals();

  /**
   * Looks for what viewers watch and nobody monitors. To be called every second, by one thread;
   * waits for streams to stop and start.
   */
  void lookForUnmonitored();

  @Override
  default Map<String, Long> watching(Collection<WatchedStream> streams) {
    return Programmes.viewers(openByContent(), streams);
  }

  @Override
  default OptionalLong shown(String incident) {
    return watch().exposure(incident).stream().mapToLong(Exposure::viewers).findFirst();
  }

  @Override
  default Optional<ObjectNode> exposure(String incident) {
    return watch().exposure(incident).map(ExposureJson::of);
  }
}
