package io.aircheck.app.serve.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.config.Secrets;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.settings.ContentAddress;
import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.settings.SettingsCheck;
import io.aircheck.app.serve.settings.UnmonitoredSettings;
import io.aircheck.app.serve.streams.StreamChanges;
import io.aircheck.app.serve.streams.StreamRegistry;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.store.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewedStreamsTest {
  private final MemoryStore store = new MemoryStore();
  private final List<String> log = new ArrayList<>();
  private StreamRegistry registry;
  private ViewedStreams viewed;

  @BeforeEach
  void watchWhatViewersWatch() throws Exception {
    registry = registry();
    viewed =
        new ViewedStreams(
            new UnmonitoredSettings.Watch(
                new ContentAddress("http://127.0.0.1/{content}.m3u8"),
                20,
                Duration.ofMinutes(15),
                "default"),
            registry,
            new StreamChanges(registry, settings -> Optional.empty(), () -> {}),
            log::add);
  }

  /** That of one copy of the service. */
  private StreamRegistry registry() throws Exception {
    DetectorCatalog detectors = DetectorCatalog.installed();
    return new StreamRegistry(
        store.documents(),
        new SettingsCheck(detectors, NotifierCatalog.installed()),
        Secrets.ofApi(Map.of()),
        new StreamRegistry.Declared(
            List.of(),
            PolicyBook.of(Map.of(), detectors),
            new OutboundPolicy(Set.of("http"), true, List.of())));
  }

  private List<String> kept() throws Exception {
    return registry().list().stream().map(WatchedStream::id).toList();
  }

  @Test
  void leave_nobodyForLongEnough_takesAway() throws Exception {
    assertThat(viewed.add("quiz")).isEmpty();
    viewed.leave(0, Map.of("quiz", 1L));
    viewed.leave(Duration.ofMinutes(15).toMillis() - 1, Map.of());
    assertThat(kept()).containsExactly("viewed-quiz");

    viewed.leave(Duration.ofMinutes(15).toMillis(), Map.of());

    assertThat(kept()).isEmpty();
    assertThat(log).endsWith("stream viewed-quiz is not watched any more, since nobody does");
  }

  @Test
  void leave_madeSomebodysOwnOnAnotherCopyMeanwhile_stays() throws Exception {
    assertThat(viewed.add("quiz")).isEmpty();
    viewed.leave(0, Map.of("quiz", 1L));
    registry()
        .patch(
            "viewed-quiz",
            SettingsReader.parse(
                "{\"labels\": {\"addedBy\": null}}".getBytes(StandardCharsets.UTF_8)),
            OptionalLong.empty());

    viewed.leave(Duration.ofMinutes(15).toMillis(), Map.of());

    assertThat(kept()).containsExactly("viewed-quiz");
    assertThat(log).endsWith("stream viewed-quiz has been changed meanwhile; load it again");
  }
}
