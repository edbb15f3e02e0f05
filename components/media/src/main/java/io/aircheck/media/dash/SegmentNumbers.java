package io.aircheck.media.dash;

import io.aircheck.media.playlist.MediaPlaylist;
import io.aircheck.media.playlist.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the segments of a live manifest that addresses them by time: the same segment keeps its
 * number from one version to the next. Not thread-safe.
 */
public final class SegmentNumbers {
  private Map<String, Long> known = new HashMap<>();
  private long next;

  /** The same playlist with numbers that go on from the version before. */
  MediaPlaylist renumber(MediaPlaylist playlist) {
    List<Segment> segments = playlist.segments();
    long first = next;
    for (int i = 0; i < segments.size(); i++) {
      Long number = known.get(identity(segments.get(i)));
      if (number != null) {
        first = number - i;
        break;
      }
    }
    Map<String, Long> now = new HashMap<>();
    List<Segment> numbered = new ArrayList<>(segments.size());
    for (Segment segment : segments) {
      long number = first + numbered.size();
      now.put(identity(segment), number);
      numbered.add(segment.numbered(number));
    }
    known = now;
    next = first + segments.size();
    return new MediaPlaylist(
        playlist.targetSeconds(),
        playlist.targetDeclared(),
        playlist.ended(),
        numbered,
        playlist.issues());
  }

  private static String identity(Segment segment) {
    return segment.uri().getRawPath() + segment.span();
  }
}
