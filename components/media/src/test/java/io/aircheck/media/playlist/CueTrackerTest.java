package io.aircheck.media.playlist;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.SpliceSignal.Type;
import io.aircheck.media.splice.SpliceCue;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CueTrackerTest {
  private final PlaylistTracker tracker = new PlaylistTracker();

  private static PlaylistCue cue(String key, long sequence, long offsetMicros) {
    SpliceCue cue =
        new SpliceCue(
            Type.OUT, "EXT-X-CUE", "", OptionalLong.empty(), OptionalLong.empty(), false, key);
    return new PlaylistCue(key, cue, sequence, offsetMicros);
  }

  /** Segments of 4 s. */
  private static MediaPlaylist playlist(long from, long to, boolean ended, PlaylistCue... cues) {
    List<Segment> segments =
        LongStream.rangeClosed(from, to)
            .mapToObj(
                sequence ->
                    new Segment(
                        sequence,
                        0,
                        URI.create("http://host/s" + sequence + ".ts"),
                        Optional.empty(),
                        4_000_000,
                        false,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
            .toList();
    return new MediaPlaylist(4, true, ended, segments, List.of(), List.of(cues));
  }

  /** Each segment that is handed out, with the splices told at it: key and seconds ahead. */
  private List<String> play() {
    List<String> told = new ArrayList<>();
    for (Optional<PlannedSegment> planned = tracker.poll();
        planned.isPresent();
        planned = tracker.poll()) {
      StringBuilder line = new StringBuilder("s" + planned.get().segment().sequence());
      tracker.cues((cue, ahead) -> line.append(' ').append(cue.key()).append(ahead / 1_000_000));
      told.add(line.toString());
    }
    return told;
  }

  @Test
  void cues_vod_areToldOnceShortlyBefore() {
    tracker.update(playlist(0, 9, true, cue("a+", 8, 0), cue("b+", 6, 1_000_000)), 0);

    // Ten seconds before, by whole segments: b is at 25 s, a at 32 s.
    assertThat(play())
        .containsExactly("s0", "s1", "s2", "s3 b+13", "s4", "s5 a+12", "s6", "s7", "s8", "s9");
  }

  @Test
  void cues_joinedInTheMiddle_areToldWithHowLongAgo() {
    tracker.update(playlist(100, 109, false, cue("a", 104, 0)), 0);

    assertThat(play()).containsExactly("s107 a-12", "s108", "s109");
  }

  @Test
  void cues_ofLaterVersions_areToldWhenTheyAreNew() {
    tracker.update(playlist(0, 2, false, cue("a+", 2, 0)), 0);
    assertThat(play()).containsExactly("s0 a+8", "s1", "s2");

    // The end of a range is often told only when it is past.
    tracker.update(playlist(1, 3, false, cue("a+", 2, 0), cue("b", 2, 2_000_000)), 4000);
    assertThat(play()).containsExactly("s3 b-2");
  }
}
