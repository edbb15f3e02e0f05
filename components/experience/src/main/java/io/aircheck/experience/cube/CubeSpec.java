package io.aircheck.experience.cube;

import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.session.Cohort;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a cube keeps.
 *
 * @param windowMillis length of its windows, which begin at multiples of it
 * @param windows how many of the latest are kept
 * @param groupings the dimensions that it can be asked for together, each a list of names. One that
 *     is in another costs its own cells, and is faster and more exact
 * @param keys how many keys of a grouping have cells of their own in a window
 */
public record CubeSpec(long windowMillis, int windows, List<List<String>> groupings, int keys) {

  /**
   * @throws IllegalArgumentException if there is no room for a window or a key, or no grouping
   */
  public CubeSpec {
    groupings = groupings.stream().map(List::copyOf).toList();
    if (windowMillis < 1 || windows < 1 || keys < 1 || groupings.isEmpty()) {
      throw new IllegalArgumentException("a cube without windows, keys or groupings");
    }
  }

  /** The last hour by windows of 10 s: the usual dimensions, and each with the content. */
  public static CubeSpec lastHour() {
    List<List<String>> groupings = new ArrayList<>();
    groupings.add(List.of());
    groupings.add(List.of(Cohort.CONTENT));
    groupings.add(List.of(Cohort.CONTENT, Attributes.CDN, Attributes.COUNTRY));
    Stream.of(
            Cohort.RENDITION,
            Attributes.NETWORK,
            Attributes.DEVICE,
            Attributes.BROWSER,
            Attributes.PLAYER,
            Attributes.PLAYER_VERSION,
            Attributes.APP_VERSION)
        .forEach(dimension -> groupings.add(List.of(Cohort.CONTENT, dimension)));
    return new CubeSpec(10_000, 360, groupings, 500);
  }

  /** Start of the window that a moment is in. */
  long windowOf(long millis) {
    return Math.floorDiv(millis, windowMillis) * windowMillis;
  }
}
