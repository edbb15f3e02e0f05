package io.aircheck.media.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.media.playlist.Ladder;
import io.aircheck.media.playlist.MediaPlaylist;
import io.aircheck.media.playlist.PlaylistException;
import io.aircheck.media.playlist.PlaylistIssue;
import io.aircheck.media.playlist.Segment;
import io.aircheck.media.playlist.SegmentKey;
import io.aircheck.media.resource.ByteSpan;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlaylistReaderTest {
  private static final URI BASE = URI.create("http://host/a/b/index.m3u8?token=t");

  private static MediaPlaylist media(String text) throws PlaylistException {
    return (MediaPlaylist) PlaylistReader.read(text, BASE);
  }

  private static Ladder ladder(String text) throws PlaylistException {
    return (Ladder) PlaylistReader.read(text, BASE);
  }

  private static List<String> details(List<PlaylistIssue> issues) {
    return issues.stream().map(PlaylistIssue::detail).toList();
  }

  @Test
  void read_plainVod_givesSegmentsWithoutIssues() throws Exception {
    MediaPlaylist playlist =
        media(
            """
            #EXTM3U
            #EXT-X-VERSION:3
            #EXT-X-TARGETDURATION:4
            #EXT-X-MEDIA-SEQUENCE:7
            #EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:05.5Z
            #EXTINF:4.000000,title
            s7.ts?x=1
            #EXTINF:3.5,
            /root/s8.ts
            #EXT-X-ENDLIST
            """);

    assertThat(playlist.issues()).isEmpty();
    assertThat(playlist.targetSeconds()).isEqualTo(4);
    assertThat(playlist.ended()).isTrue();
    assertThat(playlist.segments())
        .extracting(segment -> segment.uri().toString())
        .containsExactly("http://host/a/b/s7.ts?x=1", "http://host/root/s8.ts");
    assertThat(playlist.segments()).extracting(Segment::sequence).containsExactly(7L, 8L);
    assertThat(playlist.segments())
        .extracting(Segment::durationMicros)
        .containsExactly(4_000_000L, 3_500_000L);
    assertThat(playlist.segments().getFirst().programTime())
        .contains(Instant.parse("2026-01-02T03:04:05.5Z"));
  }

  @Test
  void read_keysMapsRangesDiscontinuities_areInherited() throws Exception {
    MediaPlaylist playlist =
        media(
            """
            #EXTM3U
            #EXT-X-TARGETDURATION:4
            #EXT-X-MEDIA-SEQUENCE:1
            #EXT-X-DISCONTINUITY-SEQUENCE:5
            #EXT-X-MAP:URI="init.mp4",BYTERANGE="100@0"
            #EXT-X-KEY:METHOD=AES-128,URI="k,1",IV=0xAB
            #EXTINF:4,
            #EXT-X-BYTERANGE:1000@100
            all.mp4
            #EXTINF:4,
            #EXT-X-BYTERANGE:500
            all.mp4
            #EXT-X-DISCONTINUITY
            #EXT-X-KEY:METHOD=NONE
            #EXT-X-GAP
            #EXTINF:4,
            other.mp4
            """);

    List<Segment> segments = playlist.segments();
    assertThat(playlist.issues()).isEmpty();
    assertThat(segments)
        .extracting(Segment::span)
        .containsExactly(
            Optional.of(new ByteSpan(100, 1000)),
            Optional.of(new ByteSpan(1100, 500)),
            Optional.empty());
    assertThat(segments).extracting(Segment::discontinuitySequence).containsExactly(5L, 5L, 6L);
    assertThat(segments).extracting(Segment::gap).containsExactly(false, false, true);
    SegmentKey key = segments.get(1).key().orElseThrow();
    assertThat(key.method()).isEqualTo(SegmentKey.Method.AES_128);
    assertThat(key.uri()).contains(URI.create("http://host/a/b/k,1"));
    assertThat(key.initializationVector()).contains("000000000000000000000000000000AB");
    assertThat(segments.get(2).key()).isEmpty();
    assertThat(segments.get(2).init().orElseThrow().span()).contains(new ByteSpan(0, 100));
  }

  @Test
  void read_severalKeyFormats_takesIdentity() throws Exception {
    MediaPlaylist playlist =
        media(
            """
            #EXTM3U
            #EXT-X-TARGETDURATION:4
            #EXT-X-KEY:METHOD=AES-128,URI="k1",KEYFORMAT="identity"
            #EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://x",KEYFORMAT="com.apple.streamingkeydelivery"
            #EXTINF:4,
            a.ts
            """);

    assertThat(playlist.segments().getFirst().key().orElseThrow().method())
        .isEqualTo(SegmentKey.Method.AES_128);
  }

  @Test
  void read_unknownKeyMethod_isUnsupportedNotClear() throws Exception {
    MediaPlaylist playlist =
        media("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-KEY:METHOD=ROT13\n#EXTINF:4,\na.ts\n");

    assertThat(playlist.segments().getFirst().key().orElseThrow().method())
        .isEqualTo(SegmentKey.Method.UNSUPPORTED);
    assertThat(details(playlist.issues())).containsExactly("#EXT-X-KEY without a known METHOD");
  }

  @Test
  void read_lowLatencyAndUnknownTags_areIgnored() throws Exception {
    MediaPlaylist playlist =
        media(
            """
            #EXTM3U
            #EXT-X-TARGETDURATION:4
            #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.0
            #EXT-X-PART-INF:PART-TARGET=0.33
            #EXT-X-DATERANGE:CUSTOM
            #EXTINF:4,
            a.ts
            #EXT-X-PART:DURATION=0.33,URI="a.1.ts"
            #EXT-X-PRELOAD-HINT:TYPE=PART,URI="a.2.ts"
            #EXT-X-VENDOR
            # a comment
            """);

    assertThat(playlist.issues()).isEmpty();
    assertThat(playlist.segments()).hasSize(1);
    assertThat(playlist.ended()).isFalse();
  }

  @Test
  void read_brokenMediaPlaylist_readsWhatItCanAndSaysWhatIsWrong() throws Exception {
    MediaPlaylist playlist =
        media(
            """
            #EXT-X-MEDIA-SEQUENCE:x
            #EXTINF:abc,
            a.ts
            b.ts
            #EXTINF:6.2,
            c.ts
            #EXT-X-STREAM-INF:BANDWIDTH=1
            #EXT-X-PROGRAM-DATE-TIME:yesterday
            #EXTINF:1,
            """);

    assertThat(playlist.segments()).hasSize(3);
    assertThat(playlist.targetSeconds()).isEqualTo(7);
    assertThat(details(playlist.issues()))
        .containsExactlyInAnyOrder(
            "does not start with #EXTM3U",
            "has no #EXT-X-TARGETDURATION",
            "#EXT-X-MEDIA-SEQUENCE cannot be read: x",
            "#EXTINF cannot be read: abc",
            "segment without #EXTINF",
            "#EXT-X-STREAM-INF of a master playlist in a media playlist",
            "#EXT-X-PROGRAM-DATE-TIME cannot be read: yesterday",
            "#EXTINF without a segment after it");
  }

  @Test
  void read_fractionalTarget_isRoundedUpAndTold() throws Exception {
    MediaPlaylist playlist = media("#EXTM3U\n#EXT-X-TARGETDURATION:2.5\n#EXTINF:2,\na.ts\n");

    assertThat(playlist.targetSeconds()).isEqualTo(3);
    assertThat(details(playlist.issues()))
        .containsExactly("target duration is not a whole number of seconds: 2.5");
  }

  @Test
  void read_localReferenceInRemotePlaylist_isRefused() throws Exception {
    MediaPlaylist playlist =
        media("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile:///etc/passwd\n");

    assertThat(playlist.segments()).isEmpty();
    assertThat(details(playlist.issues())).containsExactly("address of segment 0 cannot be read");
  }

  @Test
  void read_html_isNoPlaylist() {
    assertThatThrownBy(() -> media("<html>login</html>"))
        .isInstanceOf(PlaylistException.class)
        .hasMessageContaining("not an HLS playlist");
  }

  @Test
  void read_windowsLineEndsAndByteOrderMark_areRead() throws Exception {
    MediaPlaylist playlist =
        media("\uFEFF#EXTM3U\r\n#EXT-X-TARGETDURATION:2\r\n#EXTINF:2,\r\na b[1].ts\r\n");

    assertThat(playlist.segments().getFirst().uri())
        .isEqualTo(URI.create("http://host/a/b/a%20b%5B1%5D.ts"));
  }

  @Test
  void read_master_namesRenditionsByFolder() throws Exception {
    Ladder ladder =
        ladder(
            """
            #EXTM3U
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",URI="a/en.m3u8",DEFAULT=YES
            #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="en",URI="s/en.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH=100,RESOLUTION=320x180,AUDIO="a"
            v0/index.m3u8
            #EXT-X-STREAM-INF:BANDWIDTH=900,RESOLUTION=640x360,AUDIO="a"
            # comment

            v1/index.m3u8?x=1
            """);

    assertThat(ladder.issues()).isEmpty();
    assertThat(ladder.renditions())
        .extracting(Ladder.Rendition::id)
        .containsExactly("v0", "v1", "audio-english");
    assertThat(ladder.best().orElseThrow().uri())
        .isEqualTo(URI.create("http://host/a/b/v1/index.m3u8?x=1"));
  }

  @Test
  void read_masterWithoutFolders_namesRenditionsByFileThenSize() throws Exception {
    String byFile =
        "#EXTM3U\n"
            + "#EXT-X-STREAM-INF:BANDWIDTH=1\n"
            + "low.m3u8\n"
            + "#EXT-X-STREAM-INF:BANDWIDTH=2\n"
            + "hi.m3u8\n";
    String bySize =
        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=2x2\np.m3u8?q=1\n"
            + "#EXT-X-STREAM-INF:BANDWIDTH=2,RESOLUTION=4x4\np.m3u8?q=2\n";

    assertThat(ladder(byFile).renditions())
        .extracting(Ladder.Rendition::id)
        .containsExactly("low", "hi");
    assertThat(ladder(bySize).renditions())
        .extracting(Ladder.Rendition::id)
        .containsExactly("2x2", "4x4");
  }

  @Test
  void read_masterWithBadEntries_keepsTheGoodOnes() throws Exception {
    Ladder ladder =
        ladder(
            """
            #EXTM3U
            #EXT-X-STREAM-INF:RESOLUTION=foo
            v0/index.m3u8
            lonely.m3u8
            #EXT-X-MEDIA:TYPE=AUDIO
            #EXT-X-STREAM-INF:BANDWIDTH=5
            #EXT-X-STREAM-INF:BANDWIDTH=6
            v1/index.m3u8
            """);

    assertThat(ladder.renditions()).extracting(Ladder.Rendition::id).containsExactly("v0", "v1");
    assertThat(ladder.issues()).extracting(PlaylistIssue::line).containsExactly(2, 4, 5, 6);
  }

  @Test
  void read_variables_arePutIn() throws Exception {
    PlaylistVariables variables = new PlaylistVariables();
    Ladder ladder =
        (Ladder)
            PlaylistReader.read(
                """
                #EXTM3U
                #EXT-X-DEFINE:NAME="host",VALUE="http://cdn"
                #EXT-X-DEFINE:NAME="path",VALUE="{$host}/live"
                #EXT-X-DEFINE:QUERYPARAM="token"
                #EXT-X-STREAM-INF:BANDWIDTH=1
                {$path}/v0.m3u8?token={$token}
                """,
                BASE,
                variables);
    MediaPlaylist playlist =
        (MediaPlaylist)
            PlaylistReader.read(
                """
                #EXTM3U
                #EXT-X-TARGETDURATION:4
                #EXT-X-DEFINE:IMPORT="path"
                #EXTINF:4,
                {$path}/s1.ts
                """,
                BASE,
                variables);

    assertThat(ladder.renditions().getFirst().uri())
        .isEqualTo(URI.create("http://cdn/live/v0.m3u8?token=t"));
    assertThat(playlist.segments().getFirst().uri()).isEqualTo(URI.create("http://cdn/live/s1.ts"));
    assertThat(playlist.issues()).isEmpty();
  }

  @Test
  void read_bracesWithoutDefinition_areLeftAlone() throws Exception {
    assertThat(media("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,{$x}\ns.ts?a=$b\n").issues())
        .isEmpty();
  }

  @Test
  void read_variableWithoutValue_isRefusedByName() {
    assertThatThrownBy(
            () ->
                media(
                    """
                    #EXTM3U
                    #EXT-X-TARGETDURATION:4
                    #EXT-X-DEFINE:IMPORT="path"
                    #EXTINF:4,
                    {$path}/s1.ts
                    """))
        .isInstanceOf(PlaylistException.class)
        .hasMessageContaining("path");
  }

  @Test
  void read_variablesThatDoubleEachOther_areRefused() {
    StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-TARGETDURATION:4\n");
    text.append("#EXT-X-DEFINE:NAME=\"v0\",VALUE=\"0123456789\"\n");
    for (int i = 1; i < 40; i++) {
      String before = "{$v" + (i - 1) + "}";
      text.append("#EXT-X-DEFINE:NAME=\"v%d\",VALUE=\"%s%s\"\n".formatted(i, before, before));
    }
    assertThatThrownBy(() -> media(text.append("#EXTINF:4,\n{$v39}\n").toString()))
        .isInstanceOf(PlaylistException.class)
        .hasMessageContaining("too long");
  }

  @Test
  void read_iFramePlaylist_saysWhatItIs() {
    assertThatThrownBy(
            () ->
                media(
                    """
                    #EXTM3U
                    #EXT-X-TARGETDURATION:4
                    #EXT-X-I-FRAMES-ONLY
                    #EXTINF:4,
                    #EXT-X-BYTERANGE:100@0
                    s1.ts
                    """))
        .isInstanceOf(PlaylistException.class)
        .hasMessageContaining("I-frame playlist");
  }
}
