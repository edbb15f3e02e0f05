package io.aircheck.media.dash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.media.playlist.Ladder;
import io.aircheck.media.playlist.MediaPlaylist;
import io.aircheck.media.playlist.Playlist;
import io.aircheck.media.playlist.PlaylistException;
import io.aircheck.media.playlist.Segment;
import io.aircheck.media.resource.ByteSpan;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MpdReaderTest {
  private static final URI ADDRESS = URI.create("http://cdn.example/live/a.mpd?x=1");
  private final SegmentNumbers numbers = new SegmentNumbers();
  private Instant now = Instant.parse("2026-01-01T00:01:00Z");
  private byte[] index = new byte[0];

  private Playlist read(String text, String fragment) throws Exception {
    URI address = fragment.isEmpty() ? ADDRESS : URI.create(ADDRESS + "#" + fragment);
    return MpdReader.read(text, address, ADDRESS, now, (uri, span) -> index, numbers);
  }

  private MediaPlaylist playlist(String text) throws Exception {
    return (MediaPlaylist) read(text, "v");
  }

  private static String manifest(String attributes, String periods) {
    return "<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011' %s>%s</MPD>"
        .formatted(attributes, periods);
  }

  private static String period(String attributes, String addressing) {
    return """
        <Period %s><AdaptationSet contentType='video' mimeType='video/mp4'>
        <Representation id='v' bandwidth='700'>%s</Representation></AdaptationSet></Period>
        """
        .formatted(attributes, addressing);
  }

  private static List<String> names(MediaPlaylist playlist) {
    return playlist.segments().stream()
        .map(segment -> segment.uri().toString().replaceFirst(".*/live/", ""))
        .toList();
  }

  private static final String STATIC = "type='static' mediaPresentationDuration='PT5S'";

  @Test
  void read_representations_areRenditionsAndTextIsNot() throws Exception {
    Ladder ladder =
        (Ladder)
            read(
                manifest(
                    STATIC,
                    """
                    <Period><AdaptationSet mimeType='video/mp4'>
                    <Representation id='hd' bandwidth='900'/><Representation id='s d' bandwidth='9'/>
                    </AdaptationSet>
                    <AdaptationSet mimeType='audio/mp4'><Representation id='en'/></AdaptationSet>
                    <AdaptationSet mimeType='text/vtt'><Representation id='sub'/></AdaptationSet>
                    <AdaptationSet mimeType='video/mp4'><EssentialProperty schemeIdUri='trick'/>
                    <Representation id='trick' bandwidth='9999'/></AdaptationSet></Period>
                    """),
                "");

    assertThat(ladder.container()).isEqualTo("dash");
    assertThat(ladder.renditions())
        .extracting(Ladder.Rendition::id)
        .containsExactly("video-hd", "video-s-d", "audio-en");
    assertThat(ladder.best().orElseThrow().id()).isEqualTo("video-hd");
    assertThat(ladder.renditions().get(1).uri()).hasToString(ADDRESS + "#s%20d");
  }

  @Test
  void read_templateWithNumbers_coversThePeriod() throws Exception {
    MediaPlaylist playlist =
        playlist(
            manifest(
                STATIC,
                period(
                    "",
                    "<SegmentTemplate timescale='10' duration='20' startNumber='7'"
                        + " initialization='$RepresentationID$/i.mp4'"
                        + " media='$RepresentationID$-$Bandwidth$-$Number%04d$$$.m4s?t=1'/>")));

    assertThat(names(playlist))
        .containsExactly("v-700-0007$.m4s?t=1", "v-700-0008$.m4s?t=1", "v-700-0009$.m4s?t=1");
    assertThat(playlist.segments())
        .extracting(Segment::durationMicros)
        .containsExactly(2_000_000L, 2_000_000L, 1_000_000L);
    assertThat(playlist.segments().getFirst().init().orElseThrow().uri().getPath())
        .isEqualTo("/live/v/i.mp4");
    assertThat(playlist.ended()).isTrue();
    assertThat(playlist.targetSeconds()).isEqualTo(2);
  }

  @Test
  void read_timelineWithRepeats_givesTimes() throws Exception {
    MediaPlaylist playlist =
        playlist(
            manifest(
                STATIC,
                period(
                    "",
                    "<SegmentTemplate timescale='1000' presentationTimeOffset='500' media='$Time$'>"
                        + "<SegmentTimeline><S t='500' d='1000' r='1'/><S d='1500' r='-1'/>"
                        + "</SegmentTimeline></SegmentTemplate>")));

    assertThat(names(playlist)).containsExactly("500", "1500", "2500", "4000");
  }

  @Test
  void read_listOfRanges_isOneSegmentEach() throws Exception {
    MediaPlaylist playlist =
        playlist(
            manifest(
                STATIC,
                period(
                    "",
                    "<BaseURL>v.mp4</BaseURL><SegmentList timescale='1' duration='2'>"
                        + "<Initialization range='0-99'/><SegmentURL mediaRange='100-199'/>"
                        + "<SegmentURL mediaRange='200-249'/></SegmentList>")));

    assertThat(playlist.segments())
        .extracting(Segment::span)
        .containsExactly(Optional.of(new ByteSpan(100, 100)), Optional.of(new ByteSpan(200, 50)));
    assertThat(playlist.segments().getFirst().init().orElseThrow().span())
        .contains(new ByteSpan(0, 100));
  }

  @Test
  void read_singleFileWithIndex_isCutByTheIndex() throws Exception {
    index =
        ByteBuffer.allocate(56)
            .putInt(56)
            .putInt(0x73696478)
            .putInt(0)
            .putInt(1)
            .putInt(1000)
            .putInt(0)
            .putInt(10)
            .putInt(2)
            .putInt(400)
            .putInt(2000)
            .putInt(0)
            .putInt(600)
            .putInt(1500)
            .putInt(0)
            .array();
    MediaPlaylist playlist =
        playlist(
            manifest(
                STATIC,
                period(
                    "",
                    "<BaseURL>v.mp4</BaseURL><SegmentBase indexRange='100-155'>"
                        + "<Initialization range='0-99'/></SegmentBase>")));

    assertThat(playlist.segments())
        .extracting(Segment::span)
        .containsExactly(Optional.of(new ByteSpan(166, 400)), Optional.of(new ByteSpan(566, 600)));
    assertThat(playlist.segments())
        .extracting(Segment::durationMicros)
        .containsExactly(2_000_000L, 1_500_000L);
  }

  @Test
  void read_periods_followEachOtherWithADiscontinuity() throws Exception {
    String template = "<SegmentTemplate duration='2' media='%s-$Number$'/>";
    MediaPlaylist playlist =
        playlist(
            manifest(
                "",
                period("duration='PT4S'", template.formatted("a"))
                    + period("duration='PT2S'", template.formatted("b"))));

    assertThat(names(playlist)).containsExactly("a-1", "a-2", "b-1");
    assertThat(playlist.segments())
        .extracting(Segment::discontinuity)
        .containsExactly(false, false, true);
    assertThat(playlist.segments()).extracting(Segment::sequence).containsExactly(1L, 2L, 3L);
  }

  @Test
  void read_liveTemplateWithoutTimeline_listsWhatIsThereByTheClock() throws Exception {
    String text =
        manifest(
            "type='dynamic' availabilityStartTime='2026-01-01T00:00:00Z'"
                + " timeShiftBufferDepth='PT10S'",
            period("start='PT0S'", "<SegmentTemplate duration='4' media='$Number$'/>"));

    // A minute after the start, and two seconds of tolerance for clocks that differ.
    now = now.plusMillis(1_999);
    assertThat(names(playlist(text))).doesNotContain("15");
    now = now.plusMillis(1);
    MediaPlaylist before = playlist(text);
    now = now.plusSeconds(4);
    MediaPlaylist after = playlist(text);

    assertThat(before.ended()).isFalse();
    assertThat(names(before)).containsExactly("13", "14", "15");
    assertThat(names(after)).containsExactly("14", "15", "16");
    assertThat(after.lastSequence()).isEqualTo(16);
  }

  @Test
  void read_liveTimes_keepTheNumbersOfSegments() throws Exception {
    String text =
        "<SegmentTemplate timescale='1' media='$Time$'><SegmentTimeline><S t='%d' d='2' r='2'/>"
            + "</SegmentTimeline></SegmentTemplate>";
    MediaPlaylist before =
        playlist(manifest("type='dynamic'", period("", text.formatted(1_700_000_000))));
    MediaPlaylist after =
        playlist(manifest("type='dynamic'", period("", text.formatted(1_700_000_002))));

    assertThat(before.segments()).extracting(Segment::sequence).containsExactly(0L, 1L, 2L);
    assertThat(after.segments()).extracting(Segment::sequence).containsExactly(1L, 2L, 3L);
  }

  @Test
  void read_hostileManifests_areRefusedInOneLine() {
    String endless = "<SegmentTemplate timescale='1000000' duration='1' media='$Number$'/>";
    String entities = "<!DOCTYPE MPD [<!ENTITY a 'aaaa'>]><MPD>&a;</MPD>";
    String deep = "<MPD>" + "<Period>".repeat(1000) + "</Period>".repeat(1000) + "</MPD>";
    String timeline =
        "<SegmentTemplate media='$Time$'><SegmentTimeline><S t='0' d='1' r='999999999'/>"
            + "</SegmentTimeline></SegmentTemplate>";
    for (String text :
        List.of(
            entities,
            deep,
            "<MPD><Period",
            "<MPD/>",
            manifest(STATIC, period("", endless)),
            manifest("", period("", "<SegmentTemplate duration='2' media='$Number$'/>")),
            manifest(STATIC, period("", timeline)))) {
      assertThatThrownBy(() -> playlist(text))
          .isInstanceOf(PlaylistException.class)
          .message()
          .isNotBlank()
          .doesNotContain("\n");
    }
  }

  @Test
  void read_localAddressInRemoteManifest_isRefused() {
    assertThatThrownBy(
            () ->
                playlist(
                    manifest(
                        STATIC, period("", "<BaseURL>file:///etc/passwd</BaseURL><SegmentBase/>"))))
        .isInstanceOf(PlaylistException.class);
  }
}
