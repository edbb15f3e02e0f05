package io.aircheck.media.playlist;

import io.aircheck.core.media.ManifestSignal.Fault;
import io.aircheck.media.resource.Addresses;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What differs between two versions of a media playlist.
 *
 * <p>Segments are told apart by file name and byte range, since the folders and parameters of
 * signed addresses may be new each time; where names repeat within a version, by path and
 * parameters.
 */
final class PlaylistChange {
  private final MediaPlaylist before;
  private final MediaPlaylist after;
  private final boolean namesTell;
  private final boolean back;
  private final boolean beyond;
  private int common;
  private int replacedCount;
  private long firstReplaced;
  private Optional<PlaylistSignal> discontinuities = Optional.empty();

  private PlaylistChange(MediaPlaylist before, MediaPlaylist after) {
    this.before = before;
    this.after = after;
    this.namesTell = namesTell(before) && namesTell(after);
    this.back = after.firstSequence() < before.firstSequence();
    this.beyond = after.firstSequence() > before.lastSequence() + 1;
    compareCommon();
  }

  /** Compares two versions that both have segments. */
  static PlaylistChange between(MediaPlaylist before, MediaPlaylist after) {
    return new PlaylistChange(before, after);
  }

  /** Whether the newest segment is another one. */
  boolean newSegments() {
    return after.lastSequence() != before.lastSequence()
        || !identity(after.segments().getLast()).equals(identity(before.segments().getLast()));
  }

  /** Whether sequence numbers went back. */
  boolean back() {
    return back;
  }

  /** Whether the new version begins after a hole behind the old one. */
  boolean beyond() {
    return beyond;
  }

  /** Whether the new version is an earlier state of the old one, as a cache may deliver it. */
  boolean outdated() {
    return back && common > 0 && replacedCount == 0;
  }

  /** Whether sequence numbers no longer stand for the same segments. */
  boolean renumbered() {
    return beyond || replacedCount > 0 || (back && !outdated());
  }

  /** Other segments under the same sequence numbers. */
  Optional<PlaylistSignal> replaced() {
    return replacedCount == 0
        ? Optional.empty()
        : Optional.of(
            PlaylistSignal.instant(
                Fault.MEDIA_SEQUENCE,
                Map.of(
                    "replacedSegments", (double) replacedCount,
                    "mediaSequence", (double) firstReplaced),
                "%d segments changed under the same media sequence number, the first is %d"
                    .formatted(replacedCount, firstReplaced)));
  }

  /** A discontinuity sequence number that is not what the version before leads to. */
  Optional<PlaylistSignal> discontinuities() {
    return discontinuities;
  }

  /** Index in the new version of what follows a segment of the old one; -1 when it is not there. */
  int indexAfter(Segment segment) {
    String wanted = identity(segment);
    List<Segment> segments = after.segments();
    for (int i = segments.size() - 1; i >= 0; i--) {
      if (identity(segments.get(i)).equals(wanted)) {
        return i + 1;
      }
    }
    return -1;
  }

  private void compareCommon() {
    Map<Long, Segment> old = new HashMap<>();
    for (Segment segment : before.segments()) {
      old.put(segment.sequence(), segment);
    }
    for (Segment segment : after.segments()) {
      Segment counterpart = old.get(segment.sequence());
      if (counterpart == null) {
        continue;
      }
      common++;
      if (!identity(counterpart).equals(identity(segment))) {
        firstReplaced = replacedCount++ == 0 ? segment.sequence() : firstReplaced;
      } else if (counterpart.discontinuitySequence() != segment.discontinuitySequence()) {
        discontinuity(segment, counterpart.discontinuitySequence());
      }
    }
    Segment first = after.segments().getFirst();
    long least = before.segments().getLast().discontinuitySequence();
    if (common == 0 && !back && first.discontinuitySequence() < least) {
      discontinuity(first, least);
    }
  }

  private void discontinuity(Segment segment, long expected) {
    if (discontinuities.isEmpty()) {
      discontinuities =
          Optional.of(
              PlaylistSignal.instant(
                  Fault.DISCONTINUITY_SEQUENCE,
                  Map.of(
                      "mediaSequence", (double) segment.sequence(),
                      "expected", (double) expected,
                      "found", (double) segment.discontinuitySequence()),
                  "discontinuity sequence number of segment %d is %d, was %d before"
                      .formatted(segment.sequence(), segment.discontinuitySequence(), expected)));
    }
  }

  private String identity(Segment segment) {
    URI uri = segment.uri();
    String name = namesTell ? Addresses.fileName(uri) : uri.getRawPath() + "?" + uri.getRawQuery();
    return segment.span().map(span -> name + "@" + span.offset()).orElse(name);
  }

  private static boolean namesTell(MediaPlaylist playlist) {
    Set<String> names = new HashSet<>();
    for (Segment segment : playlist.segments()) {
      String name = Addresses.fileName(segment.uri());
      if (!names.add(segment.span().map(span -> name + "@" + span.offset()).orElse(name))) {
        return false;
      }
    }
    return true;
  }
}
