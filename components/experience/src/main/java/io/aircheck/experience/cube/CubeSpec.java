package io.aircheck.experience.cube;

import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.session.Cohort;
import java.util.ArrayList;
import java.util.List;

/**
 * What a cube keeps.
 *
 * @param windowMillis length of its windows, which begin at multiples of it
 * @param windows how many of the latest are kept
 * @param groupings what it can be asked for
 * @param keys how many keys of a grouping have cells of their own for certain, if there are more;
 *     no more than twice as many have
 */
public record CubeSpec(long windowMillis, int windows, List<Grouping> groupings, int keys) {

  /**
   * Dimensions that can be asked for together. One that is in another costs cells of its own, and
   * is faster and more exact.
   *
   * @param dimensions their names; none: the whole
   * @param distributions whether percentiles and numbers of sessions are kept
   */
  public record Grouping(List<String> dimensions, boolean distributions) {
    public Grouping {
      dimensions = List.copyOf(dimensions);
    }
  }

  /**
   * @throws IllegalArgumentException if there is no room for a window or a key, or no grouping
   */
  public CubeSpec {
    groupings = List.copyOf(groupings);
    if (windowMillis < 1 || windows < 1 || keys < 1 || groupings.isEmpty()) {
      throw new IllegalArgumentException("a cube without windows, keys or groupings");
    }
  }

  /** Dimensions that are kept together with the content, unless others are wished. */
  public static final List<String> USUAL =
      List.of(
          Cohort.RENDITION,
          Attributes.NETWORK,
          Attributes.DEVICE,
          Attributes.BROWSER,
          Attributes.PLAYER,
          Attributes.PLAYER_VERSION,
          Attributes.APP_VERSION);

  /** The last hour by windows of 10 s: the content, and each usual dimension with it. */
  public static CubeSpec lastHour() {
    return lastHour(USUAL);
  }

  /**
   * The last hour by windows of 10 s: the whole, the content, the content with delivery network and
   * country, and with each of some dimensions.
   */
  public static CubeSpec lastHour(List<String> dimensions) {
    List<Grouping> groupings = new ArrayList<>();
    groupings.add(new Grouping(List.of(), true));
    groupings.add(new Grouping(List.of(Cohort.CONTENT), true));
    groupings.add(new Grouping(List.of(Cohort.CONTENT, Attributes.CDN, Attributes.COUNTRY), false));
    dimensions.forEach(
        dimension -> groupings.add(new Grouping(List.of(Cohort.CONTENT, dimension), false)));
    return new CubeSpec(10_000, 360, groupings, 500);
  }

  /** The same by windows of a minute, for a runtime that keeps them elsewhere. */
  public static CubeSpec minutes(List<String> dimensions) {
    return new CubeSpec(60_000, 60, lastHour(dimensions).groupings(), 500);
  }

  /** How long what it keeps reaches back, milliseconds. */
  public long spanMillis() {
    return windowMillis * windows;
  }

  /** Start of the window that a moment is in. */
  public long windowOf(long millis) {
    return Math.floorDiv(millis, windowMillis) * windowMillis;
  }
}
