package io.aircheck.media.dash;

import io.aircheck.media.playlist.MediaPlaylist;
import java.util.ArrayList;
import java.util.List;

/** Segment timelines (ISO/IEC 23009-1, 5.3.9.6): runs of segments of one duration. */
final class MpdTimeline {
  private MpdTimeline() {}

  /**
   * Start and duration of each segment, in ticks.
   *
   * @param end end of the period in ticks, for a last run that is repeated up to there; -1 when it
   *     has none
   */
  static List<long[]> entries(XmlElement timeline, long end) {
    List<XmlElement> runs = timeline.children("S").toList();
    List<long[]> entries = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < runs.size(); i++) {
      XmlElement run = runs.get(i);
      time = run.number("t", time);
      long duration = run.number("d", 0);
      long repeats = run.number("r", 0);
      if (duration <= 0) {
        continue;
      }
      if (repeats < 0) {
        long until = i + 1 < runs.size() ? runs.get(i + 1).number("t", time) : end;
        repeats = Math.max(0, Math.ceilDiv(until - time, duration) - 1);
      }
      // One more than may be: that there are too many is told by whoever adds all periods up.
      for (long n = 0; n <= repeats && entries.size() <= MediaPlaylist.MAX_SEGMENTS; n++) {
        entries.add(new long[] {time, duration});
        time += duration;
      }
    }
    return entries;
  }
}
