package io.aircheck.media.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.ManifestSignal;
import io.aircheck.core.media.ManifestSignal.Fault;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.media.hls.PlaylistReader;
import io.aircheck.media.input.InputJournal;
import io.aircheck.media.input.Part;
import io.aircheck.media.playlist.MediaPlaylist;
import io.aircheck.media.resource.Resource;
import io.aircheck.media.resource.ResourceClient;
import io.aircheck.media.resource.ResourceException;
import io.aircheck.media.resource.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SegmentReaderTest {
  private static final String HEADER = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n";
  private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final ScriptedServer server;
  private final InputJournal journal = new InputJournal();
  private final List<Part.Continuity> continuities = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private Map<String, String> keys = Map.of();
  private FakePace pace = new FakePace(now -> {});

  SegmentReaderTest() throws IOException {
    server = new ScriptedServer();
    for (int i = 0; i < 12; i++) {
      server.put("/s" + i + ".ts", TestTransport.pictures(10 + 2 * i, 2));
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  private SegmentReader reader(String playlist) throws Exception {
    server.put("/index.m3u8", playlist);
    URI uri = server.uri("/index.m3u8");
    ResourceClient client =
        new ResourceClient(uri, Map.of(), Duration.ofSeconds(5), AddressRule.ANY);
    PlaylistLoader loader = address -> PlaylistReader.read(text(client, address), address);
    MediaPlaylist first = (MediaPlaylist) loader.load(uri);
    return new SegmentReader(
        new SegmentReader.Setting(
            uri, first, "v0", client, loader, new SegmentKeys(client, keys), pace),
        journal,
        0,
        new SegmentProgress(new SegmentProgress.Position(-1, 0)));
  }

  private static String text(ResourceClient client, URI address) throws ResourceException {
    try (Resource resource = client.open(address, Optional.empty())) {
      return new String(
          client.read(resource, PlaylistReader.MAX_CHARACTERS), StandardCharsets.UTF_8);
    }
  }

  private void readAll(SegmentReader reader) throws MediaException {
    byte[] buffer = new byte[1000];
    for (@Nullable Part part = reader.next(); part != null; part = reader.next()) {
      continuities.add(part.continuity());
      for (int n = part.input().read(buffer, 0, 1000);
          n >= 0;
          n = part.input().read(buffer, 0, 1000)) {
        bytes.write(buffer, 0, n);
      }
      part.input().close();
    }
  }

  private void read(String playlist) throws Exception {
    readAll(reader(playlist));
  }

  /** What the playlist revealed; the bytes of these segments are no transport stream. */
  private List<ManifestSignal> signals() {
    List<ManifestSignal> signals = new ArrayList<>();
    for (InputJournal.@Nullable Placed placed = journal.poll(Long.MAX_VALUE);
        placed != null;
        placed = journal.poll(Long.MAX_VALUE)) {
      if (placed.at(offset -> 0) instanceof MediaEvent.Manifest manifest) {
        signals.add(manifest.signal());
      }
    }
    return signals;
  }

  private static byte[] segments(int... numbers) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int number : numbers) {
      all.writeBytes(TestTransport.pictures(10 + 2 * number, 2));
    }
    return all.toByteArray();
  }

  private static String list(int... numbers) {
    StringBuilder text = new StringBuilder();
    for (int number : numbers) {
      text.append("#EXTINF:2.0,\ns").append(number).append(".ts\n");
    }
    return text.toString();
  }

  private static String end() {
    return "#EXT-X-ENDLIST\n";
  }

  @Test
  void next_cleanVod_isOnePartWithAllBytesAndNoSignals() throws Exception {
    read(HEADER + list(0, 1, 2) + end());

    assertThat(continuities).containsExactly(Part.Continuity.DISCONTINUITY);
    assertThat(bytes.toByteArray()).isEqualTo(segments(0, 1, 2));
    assertThat(signals()).isEmpty();
  }

  @Test
  void next_declaredDiscontinuity_startsAnotherPart() throws Exception {
    read(HEADER + list(0, 1) + "#EXT-X-DISCONTINUITY\n" + list(5) + end());

    assertThat(continuities)
        .containsExactly(Part.Continuity.DISCONTINUITY, Part.Continuity.DISCONTINUITY);
    assertThat(bytes.toByteArray()).isEqualTo(segments(0, 1, 5));
  }

  @Test
  void next_segmentMissing_isToldWithItsTimeAndReadingGoesOn() throws Exception {
    server.remove("/s1.ts");
    read(HEADER + list(0, 1, 2) + end());

    assertThat(bytes.toByteArray()).isEqualTo(segments(0, 2));
    assertThat(journal.lossWithin(0, segments(0).length)).isTrue();
    List<ManifestSignal> signals = signals();
    assertThat(signals).hasSize(1);
    ManifestSignal signal = signals.getFirst();
    assertThat(signal.fault()).isEqualTo(Fault.SEGMENT_UNAVAILABLE);
    assertThat(signal.rendition()).isEqualTo("v0");
    assertThat(signal.uri()).endsWith("/s1.ts");
    assertThat(signal.ptsMicros()).isEqualTo(2_000_000);
    assertThat(signal.endMicros()).isEqualTo(4_000_000);
    assertThat(signal.values()).containsEntry("httpStatus", 404.0).containsEntry("attempts", 1.0);
  }

  @Test
  void next_serverErrorForSegment_isTriedTwice() throws Exception {
    server.put("/s1.ts", new ScriptedServer.Answer(503, Map.of(), new byte[0]));
    read(HEADER + list(0, 1, 2) + end());

    assertThat(signals().getFirst().values())
        .containsEntry("httpStatus", 503.0)
        .containsEntry("attempts", 2.0);
  }

  @Test
  void next_noSegmentAvailable_failsWithOneClearLine() throws Exception {
    SegmentReader reader = reader(HEADER + "#EXTINF:2,\ngone.ts\n" + end());

    assertThatThrownBy(() -> readAll(reader))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("none of its segments can be fetched: HTTP status 404");
  }

  @Test
  void next_gapTag_isToldAndNotFetched() throws Exception {
    read(HEADER + list(0) + "#EXT-X-GAP\n" + list(1) + list(2) + end());

    assertThat(bytes.toByteArray()).isEqualTo(segments(0, 2));
    assertThat(signals()).extracting(ManifestSignal::fault).containsExactly(Fault.GAP_DECLARED);
    assertThat(server.asked).extracting(ScriptedServer.Asked::path).doesNotContain("/s1.ts");
  }

  @Test
  void next_extinfWrong_isToldWithBothDurations() throws Exception {
    read(HEADER + list(0) + "#EXTINF:6.5,\ns1.ts\n" + list(2) + end());

    List<ManifestSignal> signals = signals();
    assertThat(signals).extracting(ManifestSignal::fault).containsExactly(Fault.SEGMENT_DURATION);
    ManifestSignal signal = signals.getFirst();
    assertThat(signal.values())
        .containsEntry("extinfSeconds", 6.5)
        .containsEntry("realSeconds", 2.0)
        .containsEntry("targetDurationSeconds", 2.0);
    assertThat(signal.ptsMicros()).isEqualTo(2_000_000);
    assertThat(signal.endMicros()).isEqualTo(4_000_000);
  }

  @Test
  void next_extinfWithinToleranceOfReal_isNotTold() throws Exception {
    read(HEADER + "#EXTINF:2.4,\ns0.ts\n#EXTINF:1.6,\ns1.ts\n" + end());

    assertThat(signals()).isEmpty();
  }

  @Test
  void next_byteRanges_areReadFromOneResource() throws Exception {
    byte[] all = segments(0, 1);
    server.put("/all.ts", all);
    int length = all.length / 2;
    read(
        HEADER
            + "#EXTINF:2,\n#EXT-X-BYTERANGE:%d@0\nall.ts\n".formatted(length)
            + "#EXTINF:2,\n#EXT-X-BYTERANGE:%d\nall.ts\n".formatted(length)
            + end());

    assertThat(bytes.toByteArray()).isEqualTo(all);
    assertThat(server.asked.getLast().headers())
        .containsEntry("Range", "bytes=%d-%d".formatted(length, 2 * length - 1));
  }

  private static byte[] encrypted(byte[] clear, byte[] vector) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new IvParameterSpec(vector));
    return cipher.doFinal(clear);
  }

  private String encryptedPlaylist() throws Exception {
    byte[] explicit = new byte[16];
    explicit[15] = 0x2a;
    byte[] ofSequence = ByteBuffer.allocate(16).putLong(8, 8).array();
    server.put("/e0.ts", encrypted(segments(0), explicit));
    server.put("/e1.ts", encrypted(segments(1), ofSequence));
    return HEADER
        + "#EXT-X-MEDIA-SEQUENCE:7\n"
        + "#EXT-X-KEY:METHOD=AES-128,URI=\"key?token=secret\",IV=0x2A\n#EXTINF:2,\ne0.ts\n"
        + "#EXT-X-KEY:METHOD=AES-128,URI=\"key?token=secret\"\n#EXTINF:2,\ne1.ts\n"
        + end();
  }

  @Test
  void next_encryptedSegments_areDecryptedByExplicitAndImplicitVector() throws Exception {
    server.put("/key", KEY);
    read(encryptedPlaylist());

    assertThat(bytes.toByteArray()).isEqualTo(segments(0, 1));
    assertThat(server.asked).filteredOn(asked -> asked.path().equals("/key")).hasSize(1);
  }

  @Test
  void next_keyConfigured_isNotFetched() throws Exception {
    keys = Map.of("*", HexFormat.of().formatHex(KEY));
    read(encryptedPlaylist());

    assertThat(bytes.toByteArray()).isEqualTo(segments(0, 1));
    assertThat(server.asked).extracting(ScriptedServer.Asked::path).doesNotContain("/key");
  }

  @Test
  void next_wrongKey_isDeniedWithoutShowingIt() throws Exception {
    keys = Map.of("*", "00".repeat(16));
    SegmentReader reader = reader(encryptedPlaylist());

    assertThatThrownBy(() -> readAll(reader))
        .isInstanceOfSatisfying(
            MediaException.class,
            e -> assertThat(e.reason()).isEqualTo(MediaException.Reason.DENIED))
        .hasMessageContaining("the decryption key is wrong")
        .hasMessageNotContaining("0000")
        .hasMessageNotContaining("secret");
  }

  @Test
  void next_sampleAes_isUnsupported() throws Exception {
    SegmentReader reader =
        reader(HEADER + "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"k\"\n" + list(0) + end());

    assertThatThrownBy(() -> readAll(reader))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("SAMPLE-AES");
  }

  /** A live window of four segments from a number on. */
  private static String window(long sequence, int first) {
    return HEADER
        + "#EXT-X-MEDIA-SEQUENCE:"
        + sequence
        + "\n"
        + list(first, first + 1, first + 2, first + 3);
  }

  @Test
  void next_liveStream_isFollowedToItsEndWithoutSignals() throws Exception {
    pace =
        new FakePace(
            now -> {
              int step = (int) (now / 2000);
              server.put("/index.m3u8", window(100 + step, step) + (step == 3 ? end() : ""));
            });
    read(window(100, 0));

    assertThat(bytes.toByteArray()).isEqualTo(segments(1, 2, 3, 4, 5, 6));
    assertThat(signals()).isEmpty();
  }

  @Test
  void next_livePlaylistStands_isStaleUntilItGoesOn() throws Exception {
    pace =
        new FakePace(
            now -> {
              if (now >= 9000) {
                server.put("/index.m3u8", window(101, 1) + end());
              }
            });
    read(window(100, 0));

    List<ManifestSignal> signals = signals();
    assertThat(signals).extracting(ManifestSignal::fault).containsOnly(Fault.STALE);
    assertThat(signals.getFirst().ongoing()).isTrue();
    assertThat(signals.getFirst().values()).containsEntry("unchangedSeconds", 7.0);
    assertThat(signals.getFirst().ptsMicros()).isEqualTo(6_000_000);
    assertThat(signals.getFirst().endMicros()).isEqualTo(13_000_000);
    assertThat(signals.getLast().ongoing()).isFalse();
    assertThat(signals.getLast().values()).containsEntry("unchangedSeconds", 9.0);
    assertThat(signals.getLast().endMicros()).isEqualTo(15_000_000);
  }

  @Test
  void next_mediaSequenceStepsBack_isToldAndNothingIsReadTwice() throws Exception {
    pace = new FakePace(now -> server.put("/index.m3u8", window(50, 1) + end()));
    read(window(100, 0));

    assertThat(signals()).extracting(ManifestSignal::fault).containsExactly(Fault.MEDIA_SEQUENCE);
    assertThat(bytes.toByteArray()).isEqualTo(segments(1, 2, 3, 4));
  }

  @Test
  void next_livePlaylistVanishesForGood_isToldAndGivenUp() throws Exception {
    pace = new FakePace(now -> server.remove("/index.m3u8"));
    SegmentReader reader = reader(window(100, 0));

    assertThatThrownBy(() -> readAll(reader))
        .isInstanceOfSatisfying(
            MediaException.class, e -> assertThat(e.reason().isTransient()).isTrue())
        .hasMessageContaining("HTTP status 404");
    assertThat(signals())
        .extracting(ManifestSignal::fault)
        .startsWith(Fault.RENDITION_MISSING, Fault.STALE)
        .doesNotContain(Fault.INVALID);
  }

  @Test
  void next_playlistBecomesGarbageAndRecovers_isInvalidOnce() throws Exception {
    pace =
        new FakePace(
            now -> server.put("/index.m3u8", now < 4000 ? "<html>" : window(101, 1) + end()));
    read(window(100, 0));

    assertThat(signals()).extracting(ManifestSignal::fault).containsExactly(Fault.INVALID);
    assertThat(bytes.toByteArray()).isEqualTo(segments(1, 2, 3, 4));
  }

  @Test
  void close_whileReading_endsTheInput() throws Exception {
    SegmentReader reader = reader(window(100, 0));
    pace = new FakePace(now -> {});
    Part part = Objects.requireNonNull(reader.next());
    reader.close();

    assertThat(part).isNotNull();
    assertThat(reader.next()).isNull();
  }

  @Test
  void next_segmentsThatLeftTheWindowWhileReadingWasLate_areLostWithoutBlame() throws Exception {
    SegmentReader reader = reader(HEADER + list(0, 1, 2));
    Part part = Objects.requireNonNull(reader.next());
    byte[] buffer = new byte[1000];
    bytes.write(buffer, 0, part.input().read(buffer, 0, 1000));
    // Ten seconds of decoding later the server has moved on.
    pace.pause(10_000, new CountDownLatch(1));
    server.remove("/s1.ts");
    server.remove("/s2.ts");
    server.put("/index.m3u8", HEADER + "#EXT-X-MEDIA-SEQUENCE:5\n" + list(5, 6, 7, 8) + end());
    for (int n = part.input().read(buffer, 0, 1000);
        n >= 0;
        n = part.input().read(buffer, 0, 1000)) {
      bytes.write(buffer, 0, n);
    }

    assertThat(bytes.toByteArray()).isEqualTo(segments(0, 5, 6, 7, 8));
    assertThat(journal.lossWithin(0, segments(0, 5).length)).isTrue();
    assertThat(signals()).isEmpty();
  }

  @Test
  void next_segmentMissingThatThePlaylistStillNames_isToldHoweverLate() throws Exception {
    SegmentReader reader = reader(HEADER + list(0, 1, 2));
    Part part = Objects.requireNonNull(reader.next());
    byte[] buffer = new byte[1000];
    pace.pause(10_000, new CountDownLatch(1));
    server.remove("/s1.ts");
    server.put("/index.m3u8", HEADER + list(0, 1, 2, 3) + end());
    for (int n = part.input().read(buffer, 0, 1000);
        n >= 0;
        n = part.input().read(buffer, 0, 1000)) {
      bytes.write(buffer, 0, n);
    }

    assertThat(bytes.toByteArray()).isEqualTo(segments(0, 2, 3));
    assertThat(signals())
        .extracting(ManifestSignal::fault)
        .containsExactly(Fault.SEGMENT_UNAVAILABLE);
  }
}
