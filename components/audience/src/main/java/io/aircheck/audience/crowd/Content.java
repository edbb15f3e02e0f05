package io.aircheck.audience.crowd;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Something that can be watched.
 *
 * @param id at most 128 characters, none of which would have to be escaped in a report
 * @param live whether it is live; else on demand
 * @param durationMillis of what is on demand; what is live has none, and this is 0
 * @param ladderKbps bitrates of its renditions, kbit/s, rising
 */
public record Content(String id, boolean live, long durationMillis, List<Integer> ladderKbps) {
  /** A usual ladder. */
  public static final List<Integer> LADDER = List.of(400, 800, 1600, 3200, 6000);

  private static final Pattern ID = Pattern.compile("[ !#-\\[\\]-~]{1,128}");

  /**
   * @throws IllegalArgumentException if the id cannot be told, the ladder does not rise, or the
   *     duration is not positive where it is on demand
   */
  public Content {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "content \"" + id + "\": 1 to 128 printable characters without quotes and backslashes");
    }
    ladderKbps = List.copyOf(ladderKbps);
    int before = 0;
    for (int kbps : ladderKbps) {
      if (kbps <= before) {
        throw new IllegalArgumentException("bitrates of " + id + " must rise: " + ladderKbps);
      }
      before = kbps;
    }
    if (ladderKbps.isEmpty() || live != (durationMillis <= 0)) {
      throw new IllegalArgumentException(
          id + " needs a ladder, and a duration if and only if it is on demand");
    }
  }

  /** A live channel with the usual ladder. */
  public static Content channel(String id) {
    return new Content(id, true, 0, LADDER);
  }

  /** Something on demand with the usual ladder. */
  public static Content onDemand(String id, long durationMillis) {
    return new Content(id, false, durationMillis, LADDER);
  }

  /** The best bitrate, kbit/s. */
  public int topKbps() {
    return ladderKbps.getLast();
  }
}
