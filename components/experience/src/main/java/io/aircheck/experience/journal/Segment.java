package io.aircheck.experience.journal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a journal, named by the position of its first entry.
 *
 * @param first position of its first entry
 * @param bytes of whole frames
 * @param entries how many it has
 * @param firstMillis when its first entry came; {@link #EMPTY}: it has none
 * @param lastMillis when its last entry came, as far as is known
 */
record Segment(long first, Path file, long bytes, long entries, long firstMillis, long lastMillis) {
  /** Later than any entry. */
  static final long EMPTY = Long.MAX_VALUE;

  private static final Pattern NAME = Pattern.compile("(\\d{19})\\.journal");

  /** A new one in a folder. */
  static Segment empty(Path folder, long first) {
    Path file = folder.resolve("%019d.journal".formatted(first));
    return new Segment(first, file, 0, 0, EMPTY, Long.MIN_VALUE);
  }

  /** The position that the name of a file says; empty: it is no file of a journal. */
  static Optional<Long> positionOf(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Optional.of(Long.parseLong(name.group(1))) : Optional.empty();
  }

  /** The same with another entry. */
  Segment with(long moreBytes, long receivedMillis) {
    return new Segment(
        first,
        file,
        bytes + moreBytes,
        entries + 1,
        entries == 0 ? receivedMillis : firstMillis,
        Math.max(lastMillis, receivedMillis));
  }

  /** The same with other bytes, of as many entries. */
  Segment ofBytes(long others) {
    return new Segment(first, file, others, entries, firstMillis, lastMillis);
  }

  /** Position behind its last entry. */
  long end() {
    return first + entries;
  }
}
