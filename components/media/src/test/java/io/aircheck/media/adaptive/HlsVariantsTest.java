package io.aircheck.media.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.ManifestSignal;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaWriter;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.Track;
import io.aircheck.core.media.WriteRequest;
import io.aircheck.media.ffmpeg.FfmpegWriterFactory;
import io.aircheck.media.resource.ScriptedServer;
import io.aircheck.testkit.TestSound;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real media in the shapes that packagers and networks give it. */
class HlsVariantsTest {
  private final AdaptiveSourceFactory factory = new AdaptiveSourceFactory();
  private final ScriptedServer server;

  /** What is neither picture, sound, format nor the origin of timestamps. */
  private final List<MediaEvent> events = new ArrayList<>();

  private int pictures;
  private long soundMicros;
  private List<Track> tracks = List.of();

  HlsVariantsTest() throws IOException {
    server = new ScriptedServer();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void play(SourceRequest request) throws MediaException {
    try (MediaSource source = factory.open(request)) {
      for (MediaEvent event = source.next();
          !(event instanceof MediaEvent.End);
          event = source.next()) {
        switch (event) {
          case MediaEvent.Video video -> pictures++;
          case MediaEvent.Audio audio -> soundMicros += audio.audio().durationMicros();
          case MediaEvent.FormatChange change -> tracks = change.info().tracks();
          case MediaEvent.Timestamps timestamps -> {}
          case MediaEvent.CodedPictures coded -> {}
          default -> events.add(event);
        }
      }
    }
  }

  private OptionalLong bandwidth(SourceRequest request) throws MediaException {
    try (MediaSource source = factory.open(request)) {
      return source.info().bandwidth();
    }
  }

  private SourceRequest request(String path) {
    return SourceRequest.of(server.uri(path).toString());
  }

  private void serve(String below, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        server.put(below + file.getFileName(), Files.readAllBytes(file));
      }
    }
  }

  /** ADTS frames of a tone. */
  private static byte[] packedAudio(Path folder, int seconds) throws Exception {
    Path file = folder.resolve("tone.aac");
    WriteRequest request =
        new WriteRequest(
            file,
            "adts",
            Optional.empty(),
            Optional.of(new WriteRequest.Audio(48_000, ChannelLayout.STEREO, 96_000)),
            Map.of());
    try (MediaWriter writer = new FfmpegWriterFactory().create(request)) {
      for (int n = 0; n < 25 * seconds; n++) {
        writer.audio(
            TestSound.generated(
                n * 40_000L,
                48_000,
                ChannelLayout.STEREO,
                1920,
                (channel, time) -> 0.1 * Math.sin(2 * Math.PI * 440 * time)));
      }
      writer.finish();
    }
    return Files.readAllBytes(file);
  }

  /** The ID3 tag with the time stamp that each segment of packed audio begins with. */
  private static byte[] timestamp(double seconds) {
    byte[] owner =
        "com.apple.streaming.transportStreamTimestamp\0".getBytes(StandardCharsets.US_ASCII);
    int body = owner.length + 8;
    return ByteBuffer.allocate(20 + body)
        .put(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 0, (byte) (10 + body)})
        .put(new byte[] {'P', 'R', 'I', 'V', 0, 0, 0, (byte) body, 0, 0})
        .put(owner)
        .putLong(Math.round(seconds * 90_000))
        .array();
  }

  /** Cuts ADTS frames into two halves, each a segment behind its time stamp. */
  private void putPackedAudio(String below, byte[] frames) {
    int cut = 0;
    int count = 0;
    for (int at = 0; at + 7 < frames.length; count++) {
      cut = at < frames.length / 2 ? at : cut;
      at +=
          (frames[at + 3] & 3) << 11 | (frames[at + 4] & 0xff) << 3 | (frames[at + 5] & 0xff) >> 5;
    }
    double seconds = count * 1024 / 48_000.0;
    double first = Math.round(seconds * cut / frames.length * 48_000 / 1024) * 1024 / 48_000.0;
    server.put(below + "s0.aac", joined(timestamp(10), frames, 0, cut));
    server.put(below + "s1.aac", joined(timestamp(10 + first), frames, cut, frames.length));
    server.put(
        below + "index.m3u8",
        "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:%.3f,\ns0.aac\n#EXTINF:%.3f,\ns1.aac\n#EXT-X-ENDLIST\n"
            .formatted(first, seconds - first));
  }

  private static byte[] joined(byte[] head, byte[] bytes, int from, int to) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head);
    all.write(bytes, from, to - from);
    return all.toByteArray();
  }

  @Test
  void next_packedAudioWithTimestamps_playsThrough(@TempDir Path folder) throws Exception {
    putPackedAudio("/", packedAudio(folder, 3));

    play(request("/index.m3u8"));

    assertThat(tracks).extracting(Track::codec).containsExactly("aac");
    assertThat(soundMicros).isBetween(2_950_000L, 3_100_000L);
    assertThat(events).isEmpty();
  }

  @Test
  void next_soundAfterThePicturesOfALongFragment_comesInTheOrderOfTime(@TempDir Path folder)
      throws Exception {
    HlsTestMedia.oneFragment(folder, 5);
    serve("/", folder);

    long soundEnd = 0;
    long lead = 0;
    long last = 0;
    try (MediaSource source = factory.open(request("/index.m3u8"))) {
      for (MediaEvent event = source.next();
          !(event instanceof MediaEvent.End);
          event = source.next()) {
        if (event instanceof MediaEvent.Video video) {
          last = video.frame().ptsMicros();
          lead = Math.max(lead, last - soundEnd);
        } else if (event instanceof MediaEvent.Audio audio) {
          soundEnd = audio.audio().ptsMicros() + audio.audio().durationMicros();
        }
      }
    }

    assertThat(last).isBetween(4_900_000L, 5_000_000L);
    assertThat(lead).isLessThan(100_000);
  }

  @Test
  void renditions_audioGroupAndPicturePlaylists_areWatchedEachOnce(@TempDir Path folder)
      throws Exception {
    HlsTestMedia.transportStream(Files.createDirectory(folder.resolve("v")), 2);
    serve("/v/", folder.resolve("v"));
    putPackedAudio("/en/", packedAudio(folder, 2));
    server.put(
        "/master.m3u8",
        """
        #EXTM3U
        #EXT-X-INDEPENDENT-SEGMENTS
        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",LANGUAGE="en",URI="en/index.m3u8?t=1"
        #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="English",URI="subtitles.m3u8"
        #EXT-X-MEDIA:TYPE=CLOSED-CAPTIONS,GROUP-ID="c",NAME="English",INSTREAM-ID="CC1"
        #EXT-X-STREAM-INF:BANDWIDTH=500000,AUDIO="a"
        v/index.m3u8?t=1
        #EXT-X-STREAM-INF:BANDWIDTH=600000,AUDIO="a"
        v/index.m3u8?t=1
        #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=90000,URI="iframes.m3u8"
        """);
    SourceRequest master = request("/master.m3u8");

    assertThat(factory.renditions(master)).containsExactly("v", "audio-english");
    play(master.withRendition("audio-english"));
    assertThat(pictures).isZero();
    assertThat(soundMicros).isBetween(1_950_000L, 2_100_000L);
    play(master.withRendition("v"));
    assertThat(pictures).isEqualTo(50);
    assertThat(events).isEmpty();
    assertThat(bandwidth(master.withRendition("v"))).hasValue(500_000);
    assertThat(bandwidth(master.withRendition("audio-english"))).isEmpty();
  }

  @Test
  void next_mapChanges_goesOnWithTheNewPictures(@TempDir Path folder) throws Exception {
    Path a = Files.createDirectory(folder.resolve("a"));
    Path b = Files.createDirectory(folder.resolve("b"));
    HlsTestMedia.fragmentedMp4(a, 2);
    HlsTestMedia.fragmentedMp4(b, 2);
    serve("/a/", a);
    serve("/b/", b);
    server.put(
        "/index.m3u8",
        """
        #EXTM3U
        #EXT-X-TARGETDURATION:1
        #EXT-X-MAP:URI="a/init.mp4"
        #EXTINF:1,
        a/seg0.m4s
        #EXTINF:1,
        a/seg1.m4s
        #EXT-X-DISCONTINUITY
        #EXT-X-MAP:URI="b/init.mp4"
        #EXTINF:1,
        b/seg0.m4s
        #EXTINF:1,
        b/seg1.m4s
        #EXT-X-ENDLIST
        """);

    play(request("/index.m3u8"));

    assertThat(pictures).isEqualTo(100);
    assertThat(events).hasSize(1).first().isInstanceOf(MediaEvent.Discontinuity.class);
  }

  @Test
  void next_redirectsGzipQueriesAndLowLatencyTags_areNoObstacle(@TempDir Path folder)
      throws Exception {
    Path playlist = HlsTestMedia.transportStream(folder, 2);
    serve("/deep/", folder);
    String text =
        Files.readString(playlist)
            .replace("seg", "../deep/./seg")
            .replace(".ts", ".ts?session=1&token=a%2Fb")
            .replace(
                "#EXT-X-TARGETDURATION:1\n",
                """
                #EXT-X-TARGETDURATION:1
                #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.0
                #EXT-X-PART-INF:PART-TARGET=0.33
                #EXT-X-PART:DURATION=0.33,URI="part.ts"
                #EXT-X-PRELOAD-HINT:TYPE=PART,URI="next.ts"
                #EXT-X-RENDITION-REPORT:URI="../other.m3u8",LAST-MSN=1
                """);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    server.put(
        "/lists/real.m3u8",
        new ScriptedServer.Answer(200, Map.of("Content-Encoding", "gzip"), packed.toByteArray()));
    server.put(
        "/index.m3u8",
        new ScriptedServer.Answer(302, Map.of("Location", "/lists/real.m3u8"), new byte[0]));

    play(request("/index.m3u8"));

    assertThat(pictures).isEqualTo(50);
    assertThat(events).isEmpty();
  }

  @Test
  void next_gapsAndMissingSegments_leaveHolesOfTheirLength(@TempDir Path folder) throws Exception {
    Path playlist = HlsTestMedia.transportStream(folder, 6);
    serve("/", folder);
    server.put(
        "/index.m3u8",
        Files.readString(playlist)
            .replace("seg1.ts", "seg1.ts")
            .replaceFirst("seg1", "#EXT-X-GAP\nseg1"));
    server.remove("/seg4.ts");

    play(request("/index.m3u8"));

    assertThat(pictures).isEqualTo(100);
    assertThat(events.stream().filter(MediaEvent.Manifest.class::isInstance))
        .extracting(event -> ((MediaEvent.Manifest) event).signal().fault())
        .containsExactly(
            ManifestSignal.Fault.GAP_DECLARED, ManifestSignal.Fault.SEGMENT_UNAVAILABLE);
    assertThat(events.stream().filter(MediaEvent.Gap.class::isInstance)).hasSize(2);
  }
}
