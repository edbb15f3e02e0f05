package io.aircheck.experience.exposure;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some renditions of a content, as players tell them: by the height of the picture ({@code 720p}),
 * or where that is not told, by the bitrate ({@code 3000k}). Immutable.
 *
 * @param all whether it is all of them, told or not
 * @param names names that players may give them
 * @param bitrates bitrates that players may give them
 */
public record Renditions(boolean all, Set<String> names, List<Bitrates> bitrates) {
  /** All of them. */
  public static final Renditions ALL = new Renditions(true, Set.of(), List.of());

  private static final Pattern BITRATE = Pattern.compile("(\\d{1,9})k");

  /**
   * Bitrates of one rendition: ladders declare the most, players tell it rounded, or what is usual.
   *
   * @param fromKbps included
   * @param toKbps excluded
   */
  public record Bitrates(double fromKbps, double toKbps) {
    boolean contains(long kbps) {
      return kbps >= fromKbps && kbps < toKbps;
    }
  }

  public Renditions {
    names = Set.copyOf(names);
    bitrates = List.copyOf(bitrates);
  }

  /** Those of some names alone. */
  public static Renditions named(String... names) {
    return new Renditions(false, Set.of(names), List.of());
  }

  /**
   * Whether one is among them by what a player tells; one that is not told is so only if all are.
   */
  public boolean include(String told) {
    if (all || names.contains(told)) {
      return true;
    }
    Matcher bitrate = BITRATE.matcher(told);
    return bitrate.matches()
        && bitrates.stream().anyMatch(of -> of.contains(Long.parseLong(bitrate.group(1))));
  }
}
