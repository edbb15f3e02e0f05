package io.aircheck.app.serve.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.config.Secrets;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.ServiceSurroundings;
import io.aircheck.app.serve.checks.Check;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.settings.SettingsCheck;
import io.aircheck.app.serve.settings.SettingsFile;
import io.aircheck.app.serve.settings.StreamSettings;
import io.aircheck.app.serve.streams.StreamProbe;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.streams.StreamStatus.State;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.storage.files.DiskEvidence;
import io.aircheck.testkit.FakeNotifier;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service over real child processes, some of which come to a sudden end. */
@Tag("slow")
class IsolatedServiceTest {
  /** For several processes one after the other, on a machine that does other things too. */
  private static final int PATIENCE_SECONDS = 180;

  private final MemoryStore store = new MemoryStore();
  private final FakeNotifier notifier = new FakeNotifier();
  private final List<String> log = new CopyOnWriteArrayList<>();

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // Every test starts it first.
  private Service service;

  /** Incidents recover for so long that none is over before its stream is hit again. */
  private void start(String... scenes) throws Exception {
    NotifierCatalog channels = new NotifierCatalog(List.of(notifier.factory()));
    StringBuilder streams = new StringBuilder();
    for (String scene : scenes) {
      String[] parts = scene.split("=", 2);
      streams.append(
          "  - {id: %s, url: \"scenery://127.0.0.1/%s\"}%n".formatted(parts[0], parts[1]));
    }
    Path file =
        Files.writeString(
            folder.resolve("aircheck.yaml"),
            """
            isolation: {mode: process, processes: 2, heap: 64MB}
            outbound: {schemes: [scenery]}
            evidence: {clipBefore: 1s, clipAfter: 1s}
            policies:
              default: {recovery: 10m, detectors: [video.black], \
            options: {video.black: {minDurationSeconds: 0.5}}}
            channels: {hook: {type: fake}}
            routes: [{channels: [hook]}]
            streams:
            %s\
            """
                .formatted(streams));
    DetectorCatalog detectors = DetectorCatalog.installed();
    ServiceSettings settings =
        SettingsFile.read(file, Secrets.ofFile(Map.of()), new SettingsCheck(detectors, channels));
    service =
        new Service(
            settings,
            new ServiceSurroundings(
                detectors,
                InProcessDeployment.installedFolds(),
                StreamTask.Surroundings.installed(),
                channels,
                store,
                new DiskEvidence(folder.resolve("evidence"), 100_000_000),
                new Meter(),
                folder.resolve("work"),
                folder.resolve("checks"),
                Map.of(),
                InstantSource.system(),
                log::add));
  }

  @AfterEach
  void stop() throws Exception {
    List<ProcessHandle> children = children();
    service.close();
    for (ProcessHandle child : children) {
      child.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static List<ProcessHandle> children() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("java"))
        .toList();
  }

  private interface Wish {
    boolean isTrue() throws Exception;
  }

  private void await(String what, Wish wish) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!wish.isTrue()) {
      assertThat(System.nanoTime()).as(what + " in time; " + log).isLessThan(deadline);
      new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
    }
  }

  private State state(String stream) {
    return service.streams().watch().status(stream).state();
  }

  /** Times that a stream was lost or interrupted. */
  private long losses(String stream) {
    return service.streams().watch().status(stream).renditions().stream()
        .mapToLong(StreamStatus.Rendition::reconnects)
        .sum();
  }

  private Instant darkSince(String stream) {
    return Instant.ofEpochMilli(
        service.streams().watch().footage().startMillis(stream, null, Kinds.VIDEO_BLACK).orElse(0));
  }

  private List<Incident> active() {
    return List.copyOf(service.incidents().active());
  }

  private void awaitWatching(String... streams) throws Exception {
    for (String stream : streams) {
      await(
          stream + " is watched",
          () ->
              state(stream) == State.WATCHING
                  && !service.streams().watch().footage().stills(stream, null).isEmpty());
    }
  }

  @Test
  void stream_processKilled_isWatchedAgainAndNothingElseHappens() throws Exception {
    String[] streams = {"dark-1", "dark-2", "grey-1", "grey-2"};
    start("dark-1=dark", "dark-2=dark", "grey-1=grey", "grey-2=grey");
    awaitWatching(streams);
    await("both are dark", () -> active().size() == 2);
    await("both are told", () -> notifier.received().size() == 2);
    List<Incident> before = active();
    List<ProcessHandle> children = children();
    assertThat(children).hasSize(2);

    Instant firstDark1 = darkSince("dark-1");
    Instant firstDark2 = darkSince("dark-2");
    children.getFirst().destroyForcibly();
    await("some are interrupted", () -> losses("dark-1") + losses("dark-2") == 1);
    awaitWatching(streams);

    List<String> hit = List.of(streams).stream().filter(s -> losses(s) > 0).toList();
    assertThat(hit).as("the share of one process").hasSize(2);
    await("there are two processes", () -> children().size() == 2);
    await(
        "the one that was dark is found dark again",
        () -> darkSince("dark-1").isAfter(firstDark1) || darkSince("dark-2").isAfter(firstDark2));
    assertThat(active())
        .extracting(Incident::id)
        .containsExactlyInAnyOrderElementsOf(before.stream().map(Incident::id).toList());
    assertThat(notifier.received()).hasSize(2);
  }

  @Test
  void stream_thatKillsItsProcess_isQuarantinedWhileItsNeighboursGoOn() throws Exception {
    start("a=grey", "b=deadly", "c=grey", "d=grey", "e=grey");

    await("it is quarantined", () -> state("b") == State.QUARANTINED);

    assertThat(service.streams().watch().status("b").problem().orElseThrow())
        .contains("killed its process 3 times", "exit status 42");
    await("the incident is open", () -> !active().isEmpty());
    Incident incident = active().getFirst();
    assertThat(incident.cause()).isEqualTo(Kinds.STREAM_QUARANTINED);
    assertThat(incident.stream()).isEqualTo("b");
    await(
        "last words are kept",
        () -> service.evidence().open(incident.id(), "process.txt").isPresent());
    try (InputStream words = service.evidence().open(incident.id(), "process.txt").orElseThrow()) {
      assertThat(new String(words.readAllBytes(), StandardCharsets.UTF_8))
          .contains("the scene is deadly");
    }
    awaitWatching("a", "c", "d", "e");
    assertThat(losses("a") + losses("c")).as("those of the other process").isZero();

    service.streams().watch().restart("b");
    assertThat(state("b")).isNotEqualTo(State.QUARANTINED);
    await("it is quarantined again", () -> state("b") == State.QUARANTINED);
    assertThat(active()).extracting(Incident::id).containsExactly(incident.id());
  }

  @Test
  void check_inputThatKillsItsProcess_failsAndTheServiceGoesOn() throws Exception {
    start("a=grey");
    awaitWatching("a");

    Check check = service.checks().submit("scenery://127.0.0.1/deadly", "default");
    await("it is over", () -> find(check).state().isOver());

    assertThat(find(check).state()).isEqualTo(Check.State.FAILED);
    assertThat(find(check).problem().orElseThrow()).contains("crashes the decoder", "status 42");
    assertThat(losses("a")).isZero();
    assertThat(state("a")).isEqualTo(State.WATCHING);
    await("its process is gone", () -> children().size() == 1);
  }

  private Check find(Check check) {
    return service.checks().find(check.id()).orElseThrow();
  }

  @Test
  void probe_looksFromAnotherProcess() throws Exception {
    start("a=grey");
    awaitWatching("a");

    StreamProbe.Result seen = service.probe().look(declared("grey"));

    assertThat(seen.info().tracks()).isNotEmpty();
    assertThat(seen.thumbnail().orElseThrow()).startsWith("data:image/jpeg;base64,");
    await("its process is gone", () -> children().size() == 1);
    assertThat(losses("a")).isZero();
  }

  private StreamSettings declared(String scene) throws SettingsException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("url", "scenery://127.0.0.1/" + scene);
    return SettingsReader.read(json, StreamSettings.class);
  }

  @Test
  void clip_isMadeInTheProcessOfItsStream() throws Exception {
    start("dark=dark");
    awaitWatching("dark");
    Path clip = folder.resolve("clip.mp4");
    long now = System.currentTimeMillis();

    assertThat(service.streams().watch().footage().clip("dark", null, now - 1000, now, clip))
        .isTrue();

    assertThat(Files.readString(clip))
        .startsWith("pid " + children().getFirst().pid() + " ")
        .hasSizeGreaterThan(600_000);
  }
}
