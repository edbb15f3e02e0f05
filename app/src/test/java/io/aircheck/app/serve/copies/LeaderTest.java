package io.aircheck.app.serve.copies;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.incidents.IncidentDesk;
import io.aircheck.app.serve.incidents.LeaderDesk;
import io.aircheck.app.serve.incidents.Routing;
import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.streams.TestStreams;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.Copy;
import io.aircheck.core.copies.MemoryCopyDirectory;
import io.aircheck.core.copies.Share;
import io.aircheck.core.copies.StatusBoard.Status;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.storage.RecordJson;
import io.aircheck.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What moves between copies, looks one after the other, by costs that are measured and change. */
class LeaderTest {
  private static final Duration LEASE = Duration.ofHours(1);
  private static final String PICTURE = "video.black";
  private static final String SOUND = "audio.silence";

  private final Random random = new Random(1);
  private final MemoryStore store = new MemoryStore();
  private final MemoryExchange exchange = new MemoryExchange(store);
  private final MemoryCopyDirectory directory = new MemoryCopyDirectory(new FakeClock());
  private final Fleet fleet = new Fleet();
  private final InputSender sender = new InputSender(exchange, "a");
  private final List<WatchedStream> due = new ArrayList<>();
  private final Map<String, Double> costs = new HashMap<>();
  private final PolicyBook policies =
      PolicyBook.of(
          Map.of(),
          new DetectorCatalog(
              DetectorCatalog.installed().factories().stream()
                  .filter(factory -> Set.of(PICTURE, SOUND).contains(factory.kind()))
                  .toList()));
  private Leader leader;

  LeaderTest() throws SettingsException {}

  @BeforeEach
  void lead() {
    join("a", "*");
    join("b", "*");
    leader = leading();
  }

  private Leader leading() {
    IncidentDesk.Streams facts = IncidentDesk.Streams.plain(IncidentPolicy.DEFAULT);
    long term = directory.lead("a", LEASE).orElseThrow();
    LeaderDesk desk =
        new LeaderDesk(
            exchange,
            store.incidents(),
            term,
            sent -> InputText.read(sent, facts::policy, stream -> Set.of()),
            facts,
            () -> new Routing(List.of(), List.of()),
            () -> 0,
            Duration.ZERO,
            () -> {},
            line -> {});
    return new Leader(directory, sender, fleet, () -> 0, term, desk);
  }

  @AfterEach
  void close() {
    leader.close();
    sender.close();
  }

  private void join(String id, String detectors) {
    directory.join(new Copy(id, "", Copy.Role.WORKER, "1", List.of(detectors), Map.of(), 8), LEASE);
  }

  private void add(String id) {
    due.add(TestStreams.stream(id));
    costs.put(id, 0.05 + 0.1 * random.nextDouble());
  }

  /** Looks, with costs as they are now. */
  private void look() {
    List<Status> news =
        directory.assignments().stream()
            .map(
                share ->
                    new Status(
                        share,
                        costs.getOrDefault(share.stream(), 0.0),
                        RecordJson.write(StreamStatus.UNKNOWN)))
            .toList();
    fleet.update(directory.members(), directory.assignments(), Optional.empty(), news);
    assertThat(leader.look(due, policies, false, true)).isTrue();
    fleet.update(directory.members(), directory.assignments(), Optional.empty(), List.of());
  }

  private void settle() {
    Set<Assignment> before;
    do {
      before = shares();
      look();
    } while (!shares().equals(before));
  }

  private Set<Assignment> shares() {
    return new HashSet<>(directory.assignments());
  }

  private Map<String, Long> counts() {
    return directory.assignments().stream()
        .collect(Collectors.groupingBy(Assignment::copy, Collectors.counting()));
  }

  @Test
  void look_streamsThatComeAndGo_moveNoneOfTheOthers() {
    for (int i = 0; i < 60; i++) {
      add("s" + i);
    }
    settle();
    for (int i = 60; i < 90; i++) {
      Set<Assignment> before = shares();
      add("s" + i);
      settle();
      assertThat(shares()).containsAll(before);
    }
    for (int i = 0; i < 10; i++) {
      String gone = due.remove(random.nextInt(due.size())).id();
      Set<Assignment> before = shares();
      before.removeIf(share -> share.stream().equals(gone));
      settle();
      assertThat(shares()).isEqualTo(before);
    }
  }

  @Test
  void look_costsThatChangeWhileSomethingWaits_moveNothing() {
    directory.leave("a");
    directory.leave("b");
    join("c", PICTURE);
    join("d", PICTURE);
    for (int i = 0; i < 40; i++) {
      add("s" + i);
    }
    settle();
    assertThat(leader.waiting()).hasSize(40).extracting(Share::share).containsOnly(SOUND);
    Set<Assignment> before = shares();
    for (int i = 0; i < 20; i++) {
      costs.replaceAll((stream, cost) -> 0.01 + 0.19 * random.nextDouble());
      look();
    }

    assertThat(shares()).isEqualTo(before);
  }

  @Test
  void look_copyThatCame_getsItsPartAndNothingElseMoves() {
    for (int i = 0; i < 90; i++) {
      add("s" + i);
    }
    settle();
    Set<Assignment> before = shares();
    join("c", "*");
    look();
    long few = counts().getOrDefault("c", 0L);
    assertThat(few).isBetween(1L, 20L);
    settle();

    assertThat(counts().getOrDefault("c", 0L)).isBetween(20L, 40L);
    assertThat(shares()).allMatch(share -> before.contains(share) || share.copy().equals("c"));

    Set<Assignment> even = shares();
    leader.close();
    leader = leading();
    settle();
    assertThat(shares()).isEqualTo(even);
  }
}
