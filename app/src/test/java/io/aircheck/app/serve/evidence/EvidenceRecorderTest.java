package io.aircheck.app.serve.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.serve.streams.Still;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.testkit.TestIncidents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
  private final IncidentChange opened = TestIncidents.opened("news", 100_000);

  private EvidenceRecorder recorder(
      List<Still> stills, EvidenceRecorder.Clips clips, CountDownLatch gathered)
      throws IOException {
    return new EvidenceRecorder(
        shelf,
        new MemoryStore().metrics(),
        (stream, rendition) -> stills,
        (stream, rendition, kind) -> OptionalLong.empty(),
        stream -> Optional.of("killed by signal 11"),
        clips,
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

  /** Keeps content by name. */
  private static final class Shelf implements EvidenceStore {
    private final Map<String, String> content = new ConcurrentHashMap<>();

    @Override
    public Item put(String incident, String name, String mediaType, long atMillis, Path file)
        throws IOException {
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
