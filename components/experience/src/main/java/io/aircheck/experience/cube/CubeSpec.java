package io.aircheck.experience.cube;

import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.session.Cohort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a cube keeps.
 *
 * @param windowMillis length of its windows, which begin at multiples of it
 * @param windows how many of the latest are kept
 * @param groupings what it can be asked for
 * @param keys how many keys of a grouping have cells of their own for certain, if there are more;
 *     no more than twice as many have
 * @param mostBytes about how much memory it takes at most; beyond that windows keep fewer keys, and
 *     when all keep few there are fewer windows
 */
public record CubeSpec(
    long windowMillis, int windows, List<Grouping> groupings, int keys, long mostBytes) {
  /** What a cube of the last hour takes at most, unless something else is said. */
  public static final long USUAL_BYTES = 400_000_000;

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

  /** A cube that may take the usual memory. */
  public CubeSpec(long windowMillis, int windows, List<Grouping> groupings, int keys) {
    this(windowMillis, windows, groupings, keys, USUAL_BYTES);
  }

  /**
   * @throws IllegalArgumentException if there is no room for a window or a key, or no grouping
   */
  public CubeSpec {
    groupings = List.copyOf(groupings);
    if (windowMillis < 1 || windows < 1 || keys < 1 || groupings.isEmpty() || mostBytes < 1) {
      throw new IllegalArgumentException("a cube without windows, keys or groupings");
    }
  }

  /**
   * Sets of dimensions that are kept, unless others are wished: those that most causes are in, each
   * with the content, and of all contents the delivery network and country with the device and with
   * the version of the application.
   */
  public static final List<List<String>> USUAL =
      Stream.concat(
              withContent(
                  Cohort.RENDITION,
                  Attributes.NETWORK,
                  Attributes.DEVICE,
                  Attributes.BROWSER,
                  Attributes.PLAYER,
                  Attributes.PLAYER_VERSION,
                  Attributes.APP_VERSION)
                  .stream(),
              Stream.of(
                  List.of(Attributes.CDN, Attributes.COUNTRY, Attributes.DEVICE),
                  List.of(Attributes.CDN, Attributes.COUNTRY, Attributes.APP_VERSION)))
          .toList();

  /** What is kept whatever is wished. */
  public static final List<List<String>> ANYWAY =
      List.of(
          List.of(),
          List.of(Cohort.CONTENT),
          List.of(Cohort.CONTENT, Attributes.CDN, Attributes.COUNTRY));

  /** A set of each dimension with the content. */
  public static List<List<String>> withContent(String... dimensions) {
    return Stream.of(dimensions).map(dimension -> List.of(Cohort.CONTENT, dimension)).toList();
  }

  /** The last hour by windows of 10 s, of the usual sets. */
  public static CubeSpec lastHour() {
    return lastHour(USUAL);
  }

  /**
   * The last hour by windows of 10 s: the whole, the content, the content with delivery network and
   * country, and some sets of dimensions.
   */
  public static CubeSpec lastHour(List<List<String>> sets) {
    List<Grouping> groupings = new ArrayList<>();
    ANYWAY.forEach(dimensions -> groupings.add(new Grouping(dimensions, dimensions.size() <= 1)));
    sets.forEach(dimensions -> groupings.add(new Grouping(dimensions, false)));
    return new CubeSpec(10_000, 360, groupings, 500);
  }

  /** The same by windows of a minute, for a runtime that keeps them elsewhere. */
  public static CubeSpec minutes(List<List<String>> sets) {
    return new CubeSpec(60_000, 60, lastHour(sets).groupings(), 500);
  }

  /** The same with so much memory at most. */
  public CubeSpec within(long bytes) {
    return new CubeSpec(windowMillis, windows, groupings, keys, bytes);
  }

  /** How long what it keeps reaches back, milliseconds. */
  public long spanMillis() {
    return windowMillis * windows;
  }

  /**
   * The smallest grouping that has all dimensions of a question.
   *
   * @return empty: none has
   */
  public OptionalInt grouping(CubeQuery query) {
    return IntStream.range(0, groupings.size())
        .filter(at -> groupings.get(at).dimensions().containsAll(query.dimensions()))
        .boxed()
        .min(Comparator.comparingInt(at -> groupings.get(at).dimensions().size()))
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  /** Start of the window that a moment is in. */
  public long windowOf(long millis) {
    return Math.floorDiv(millis, windowMillis) * windowMillis;
  }
}
