package io.aircheck.media.playlist;

import java.util.List;

/**
 * A media playlist as it was at one moment.
 *
 * @param targetSeconds target duration; derived from the segments where the playlist gives none
 * @param targetDeclared whether the playlist gives one: it then must not change (RFC 8216, 6.2.1)
 * @param ended whether no segment will be added (EXT-X-ENDLIST, or type VOD)
 * @param segments in order, with rising sequence numbers
 * @param issues rules that it breaks
 */
public record MediaPlaylist(
    int targetSeconds,
    boolean targetDeclared,
    boolean ended,
    List<Segment> segments,
    List<PlaylistIssue> issues)
    implements Playlist {

  /** Most segments that a playlist may have: more than two days of 2 s. */
  public static final int MAX_SEGMENTS = 100_000;

  public MediaPlaylist {
    segments = List.copyOf(segments);
    issues = List.copyOf(issues);
  }

  /** Sum of EXTINF in microseconds. */
  public long durationMicros() {
    return segments.stream().mapToLong(Segment::durationMicros).sum();
  }

  /** Media sequence number of the first segment; -1 when there is none. */
  long firstSequence() {
    return segments.isEmpty() ? -1 : segments.getFirst().sequence();
  }

  /** Media sequence number of the last segment; -1 when there is none. */
  public long lastSequence() {
    return segments.isEmpty() ? -1 : segments.getLast().sequence();
  }
}
