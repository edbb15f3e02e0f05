package io.aircheck.app.serve.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.serve.streams.Still;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.media.RequestLog.Exchange;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.testkit.TestIncidents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceRecorderTest {
  @TempDir private Path folder;

  private final Shelf shelf = new Shelf();
  private final Map<String, Exception> failures = new ConcurrentHashMap<>();
  private final List<Exchange> exchanges = new ArrayList<>();
  private final IncidentChange opened = TestIncidents.opened("news", 100_000);

  private EvidenceRecorder recorder(
      List<Still> stills, EvidenceRecorder.Clips clips, CountDownLatch gathered)
      throws IOException {
    return new EvidenceRecorder(
        shelf,
        new MemoryStore().metrics(),
        new EvidenceRecorder.Material(
            (stream, rendition) -> stills,
            (stream, rendition, kind) -> OptionalLong.empty(),
            stream -> Optional.of("killed by signal 11"),
            clips,
            (stream, rendition) -> exchanges),
        Duration.ofHours(1),
        folder,
        incident -> gathered.countDown(),
        failures::put);
  }

  private static Still still(long millis) {
    return new Still(millis, 1000 * millis, Long.toString(millis).getBytes(StandardCharsets.UTF_8));
  }

  private static boolean clip(String stream, @Nullable String rendition, long atMillis, Path file)
      throws IOException {
    Files.writeString(file, "clip of " + stream + " at " + atMillis);
    return true;
  }

  @Test
  void changed_opened_takesThePicturesBeforeAndAtTheBeginningAtOnce() throws Exception {
    CountDownLatch gathered = new CountDownLatch(1);
    List<Still> stills = List.of(still(95_000), still(96_400), still(97_500), still(98_200));
    try (EvidenceRecorder recorder = recorder(stills, (s, r, at, file) -> false, gathered)) {

      recorder.changed(List.of(opened));

      assertThat(gathered.await(10, TimeUnit.SECONDS)).isTrue();
      // The test incident begins two seconds before it opens.
      assertThat(shelf.content)
          .containsEntry("before.jpg", "96400")
          .containsEntry("at.jpg", "98200");
    }
  }

  @Test
  void close_beforeItsTime_takesTheClipThatThereIs() throws Exception {
    EvidenceRecorder recorder =
        recorder(List.of(), EvidenceRecorderTest::clip, new CountDownLatch(1));
    recorder.changed(List.of(opened));

    recorder.close();

    assertThat(shelf.content).containsEntry("clip.mp4", "clip of news at 98000");
    assertThat(shelf.content).containsKey("curves.json");
    assertThat(failures).isEmpty();
  }

  @Test
  void close_defectOfAManifest_hasRequestsWithHeadersAndPlaylists() throws Exception {
    exchanges.add(
        new Exchange(
            97_000,
            "http://cdn.example/v0.m3u8",
            200,
            12,
            Map.of("age", "7", "x-cache", "HIT"),
            Optional.empty(),
            Optional.of("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:4")));
    exchanges.add(
        new Exchange(
            99_000,
            "http://cdn.example/5.ts",
            0,
            3000,
            Map.of(),
            Optional.of("connection refused"),
            Optional.empty()));
    EvidenceRecorder recorder =
        recorder(List.of(), EvidenceRecorderTest::clip, new CountDownLatch(1));
    recorder.changed(List.of(TestIncidents.opened("news", "manifest.stale", 100_000)));

    recorder.close();

    assertThat(shelf.content.get("requests.txt"))
        .isEqualTo(
            """
            1970-01-01T00:01:37Z GET http://cdn.example/v0.m3u8
              200, after 12 ms
              age: 7
              x-cache: HIT
                | #EXTM3U
                | #EXT-X-MEDIA-SEQUENCE:4

            1970-01-01T00:01:39Z GET http://cdn.example/5.ts
              no answer: connection refused, after 3000 ms

            """);
  }

  @Test
  void close_defectOfThePicture_hasNoRequests() throws Exception {
    exchanges.add(
        new Exchange(97_000, "http://a/b", 200, 1, Map.of(), Optional.empty(), Optional.empty()));
    EvidenceRecorder recorder =
        recorder(List.of(), EvidenceRecorderTest::clip, new CountDownLatch(1));
    recorder.changed(List.of(opened));

    recorder.close();

    assertThat(shelf.content).doesNotContainKey("requests.txt");
  }

  @Test
  void changed_afterItWasClosed_isIgnored() throws Exception {
    EvidenceRecorder recorder =
        recorder(List.of(), EvidenceRecorderTest::clip, new CountDownLatch(1));
    recorder.close();

    recorder.changed(List.of(opened));

    assertThat(shelf.content).isEmpty();
  }

  @Test
  void close_clipThatFails_isToldWithItsIncident() throws Exception {
    EvidenceRecorder recorder =
        recorder(
            List.of(),
            (stream, rendition, at, file) -> {
              throw new IOException("No space left on device");
            },
            new CountDownLatch(1));
    recorder.changed(List.of(opened));

    recorder.close();

    Incident incident = opened.incident();
    assertThat(failures.get(incident.id())).hasMessage("No space left on device");
    assertThat(shelf.content).containsKey("curves.json").doesNotContainKey("clip.mp4");
  }

  @Test
  void close_storeThatTakesNothing_leavesNoFileInTheMaking() throws Exception {
    shelf.full = true;
    exchanges.add(
        new Exchange(97_000, "http://a/b", 200, 1, Map.of(), Optional.empty(), Optional.empty()));
    EvidenceRecorder recorder =
        recorder(
            List.of(still(95_000), still(99_000)),
            EvidenceRecorderTest::clip,
            new CountDownLatch(1));
    recorder.changed(List.of(TestIncidents.opened("news", "manifest.stale", 100_000)));

    recorder.close();

    assertThat(failures.values())
        .singleElement()
        .extracting(Exception::getMessage)
        .isEqualTo("shelf is full");
    assertThat(folder).isEmptyDirectory();
  }

  /** Keeps content by name. */
  private static final class Shelf implements EvidenceStore {
    private final Map<String, String> content = new ConcurrentHashMap<>();
    private volatile boolean full;

    @Override
    public Item put(String incident, String name, String mediaType, long atMillis, Path file)
        throws IOException {
      if (full) {
        throw new IOException("shelf is full");
      }
      content.put(name, Files.readString(file));
      return new Item(incident, name, mediaType, Files.size(file), atMillis);
    }

    @Override
    public List<Item> list(String incident) {
      return List.of();
    }

    @Override
    public Optional<InputStream> open(String incident, String name) {
      return Optional.empty();
    }

    @Override
    public void remove(String incident) {
      content.clear();
    }
  }
}
