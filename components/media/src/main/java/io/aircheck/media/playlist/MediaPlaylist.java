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
 * @param cues splices that it announces
 */
public record MediaPlaylist(
    int targetSeconds,
    boolean targetDeclared,
    boolean ended,
    List<Segment> segments,
    List<PlaylistIssue> issues,
    List<PlaylistCue> cues)
    implements Playlist {

  /** Most segments that a playlist may have: more than two days of 2 s. */
  public static final int MAX_SEGMENTS = 100_000;

  public MediaPlaylist {
    segments = List.copyOf(segments);
    issues = List.copyOf(issues);
    cues = List.copyOf(cues);
  }

  /** A playlist that announces no splices. */
  public MediaPlaylist(
      int targetSeconds,
      boolean targetDeclared,
      boolean ended,
      List<Segment> segments,
      List<PlaylistIssue> issues) {
    this(targetSeconds, targetDeclared, ended, segments, issues, List.of());
  }

  /** Sum of EXTINF in microseconds. */
  public long durationMicros() {
    return segments.stream().mapToLong(Segment::durationMicros).sum();
  }

  /** By EXTINF, from the start of one segment to that of another; negative when that is before. */
  long microsBetween(long sequence, long otherSequence) {
    long low = Math.min(sequence, otherSequence);
    long high = Math.max(sequence, otherSequence);
    long micros = 0;
    for (int i = indexOf(low); i < segments.size() && segments.get(i).sequence() < high; i++) {
      micros += segments.get(i).durationMicros();
    }
    return sequence <= otherSequence ? micros : -micros;
  }

  /** Index of the first segment with that sequence number or a later one. */
  int indexOf(long sequence) {
    int low = 0;
    int high = segments.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (segments.get(middle).sequence() < sequence) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
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
