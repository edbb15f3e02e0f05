package io.aircheck.media.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.media.playlist.MediaPlaylist;
import io.aircheck.media.playlist.PlaylistCue;
import io.aircheck.testkit.SpliceSections;
import java.net.URI;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CueReaderTest {
  /** Three segments of 6 s with tags before the second and the third. */
  private static List<PlaylistCue> read(String beforeSecond, String beforeThird) throws Exception {
    return playlist(beforeSecond, beforeThird).cues();
  }

  private static MediaPlaylist playlist(String beforeSecond, String beforeThird) throws Exception {
    return (MediaPlaylist)
        PlaylistReader.read(
            """
            #EXTM3U
            #EXT-X-TARGETDURATION:6
            #EXT-X-MEDIA-SEQUENCE:40
            #EXT-X-PROGRAM-DATE-TIME:2026-01-02T00:00:00Z
            #EXTINF:6,
            a.ts
            %s
            #EXTINF:6,
            b.ts
            %s
            #EXTINF:6,
            c.ts
            """
                .formatted(beforeSecond, beforeThird),
            URI.create("http://host/index.m3u8"));
  }

  /** Type, segment, offset, announced length. */
  private static List<String> told(List<PlaylistCue> cues) {
    return cues.stream()
        .map(
            cue ->
                "%s %d%+d %s"
                    .formatted(
                        cue.cue().type(),
                        cue.sequence(),
                        cue.offsetMicros() / 1000,
                        cue.cue().durationMicros().isPresent()
                            ? cue.cue().durationMicros().getAsLong() / 1000
                            : "?"))
        .toList();
  }

  @Test
  void read_cueOutAndIn_areAtTheStartOfTheirSegments() throws Exception {
    assertThat(told(read("#EXT-X-CUE-OUT:30.5", "#EXT-X-CUE-IN")))
        .containsExactly("OUT 41+0 30500", "IN 42+0 ?");
    assertThat(told(read("#EXT-X-CUE-OUT:DURATION=12", ""))).containsExactly("OUT 41+0 12000");
    assertThat(told(read("#EXT-X-CUE-OUT", ""))).containsExactly("OUT 41+0 ?");
    assertThat(told(read("#EXT-X-CUE-OUT:0", ""))).containsExactly("OUT 41+0 ?");
  }

  @Test
  void read_cueOutCont_isAnOutBeforeItsSegment() throws Exception {
    assertThat(told(read("#EXT-X-CUE-OUT-CONT:8.25/30", ""))).containsExactly("OUT 41-8250 30000");
    assertThat(told(read("#EXT-X-CUE-OUT-CONT:ElapsedTime=6.0,Duration=30,SCTE35=/DA=", "")))
        .containsExactly("OUT 41-6000 30000");
  }

  @Test
  void read_oatcls_isReadFromItsSection() throws Exception {
    String out = encode(SpliceSections.out(9, 1000, 2_700_000, true));
    String in = encode(SpliceSections.in(9, 5000));

    List<PlaylistCue> cues = read("#EXT-OATCLS-SCTE35:" + out, "#EXT-OATCLS-SCTE35:" + in);

    assertThat(told(cues)).containsExactly("OUT 41+0 30000", "IN 42+0 ?");
    assertThat(cues).noneMatch(cue -> cue.cue().returnsByItself());
    assertThat(cues).allMatch(cue -> cue.cue().means().equals("EXT-X-CUE"));
  }

  @Test
  void read_scte35Tag_goesByItsAttributes() throws Exception {
    String section = encode(SpliceSections.segmentation(4, 0x30, 0, 900_000));

    assertThat(
            told(
                read(
                    "#EXT-X-SCTE35:CUE=\"x\",CUE-OUT=YES,DURATION=20", "#EXT-X-SCTE35:CUE-IN=YES")))
        .containsExactly("OUT 41+0 20000", "IN 42+0 ?");
    assertThat(told(read("#EXT-X-SCTE35:CUE=\"" + section + "\",ID=\"1\"", "")))
        .containsExactly("OUT 41+0 10000");
  }

  @Test
  void read_dateRange_isPlacedByTheDatesOfSegments() throws Exception {
    assertThat(
            told(
                read(
                    "#EXT-X-DATERANGE:ID=\"a\",START-DATE=\"2026-01-02T00:00:07.5Z\","
                        + "PLANNED-DURATION=30,SCTE35-OUT=0xFC00",
                    "")))
        .containsExactly("OUT 41+1500 30000");
    // Before the first segment, as for whoever joins in the middle.
    assertThat(
            told(
                read(
                    "#EXT-X-DATERANGE:ID=\"a\",START-DATE=\"2026-01-02T01:59:56+02:00\","
                        + "SCTE35-OUT=0xFC00",
                    "")))
        .containsExactly("OUT 40-4000 ?");
  }

  @Test
  void read_dateRangeWithItsEnd_isABreakThatIsOver() throws Exception {
    String range = "#EXT-X-DATERANGE:ID=\"a\",START-DATE=\"2026-01-02T00:00:06Z\",";

    assertThat(told(read(range + "DURATION=6.5,SCTE35-OUT=0xFC", "")))
        .containsExactly("OUT 41+0 6500", "IN 42+500 ?");
    assertThat(told(read(range + "END-DATE=\"2026-01-02T00:00:13Z\",SCTE35-IN=0xFC", "")))
        .containsExactly("IN 42+1000 ?");
    assertThat(told(read(range + "CLASS=\"chapter\"", ""))).isEmpty();
  }

  @Test
  void read_dateRangeWithCommand_isReadFromItsSection() throws Exception {
    String hex = HexFormat.of().formatHex(SpliceSections.segmentation(4, 0x34, 0, -1));
    List<PlaylistCue> cues =
        read(
            "#EXT-X-DATERANGE:ID=\"a\",START-DATE=\"2026-01-02T00:00:06Z\",PLANNED-DURATION=8,"
                + "SCTE35-CMD=0x"
                + hex,
            "");

    assertThat(told(cues)).containsExactly("OUT 41+0 8000");
    assertThat(cues.getFirst().cue().means()).endsWith("provider_placement_opportunity");
    assertThat(cues.getFirst().cue().eventId()).isEqualTo("4");
  }

  @Test
  void read_windowThatMovedOn_givesTheSameKeys() throws Exception {
    MediaPlaylist moved =
        (MediaPlaylist)
            PlaylistReader.read(
                """
                #EXTM3U
                #EXT-X-TARGETDURATION:6
                #EXT-X-MEDIA-SEQUENCE:41
                #EXT-X-CUE-OUT:30
                #EXTINF:6,
                b.ts
                """,
                URI.create("http://host/index.m3u8"));

    assertThat(moved.cues().getFirst().key())
        .isEqualTo(read("#EXT-X-CUE-OUT:30", "").getFirst().key());
  }

  @Test
  void read_garbage_isPassedOverAndBounded() throws Exception {
    assertThat(read("#EXT-OATCLS-SCTE35:!!!", "#EXT-X-DATERANGE:ID=")).isEmpty();
    assertThat(read("#EXT-X-DATERANGE:START-DATE=\"+999999999-01-01T00:00:00Z\",SCTE35-OUT=0x", ""))
        .isEmpty();
    assertThat(told(read("#EXT-OATCLS-SCTE35:/DAA", ""))).containsExactly("UNREADABLE 41+0 ?");
    String many =
        String.join("\n", IntStream.range(0, 50_000).mapToObj(i -> "#EXT-X-CUE-IN").toList());
    assertThat(read(many, "")).hasSizeLessThanOrEqualTo(2_000);
    assertThat(read("#EXT-X-CUE-OUT:" + "9".repeat(1_000_000), "")).isEmpty();
  }

  private static String encode(byte[] section) {
    return Base64.getEncoder().encodeToString(section);
  }
}
