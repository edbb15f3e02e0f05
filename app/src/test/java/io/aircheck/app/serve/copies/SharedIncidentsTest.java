package io.aircheck.app.serve.copies;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.serve.incidents.IncidentDesk;
import io.aircheck.app.serve.incidents.LeaderDesk;
import io.aircheck.app.serve.incidents.Routing;
import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.Division;
import io.aircheck.core.copies.IncidentExchange;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentInput.Commanded.Command;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.store.IncidentStore;
import io.aircheck.core.store.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Incidents of several copies of one stream, and of those that lead one after the other. */
@Tag("slow")
class SharedIncidentsTest {
  private static final long RECOVERY_MILLIS = 60_000;
  private static final IncidentPolicy POLICY =
      new IncidentPolicy(Severity.WARNING, Map.of(), RECOVERY_MILLIS);
  private static final IncidentDesk.Streams STREAMS = IncidentDesk.Streams.plain(POLICY);

  private final AtomicLong clock = new AtomicLong(1_000_000);
  private final MemoryStore store = new MemoryStore();
  private final MemoryExchange exchange = new MemoryExchange(store);
  private final List<SharedIncidents> copies = new ArrayList<>();
  private @Nullable LeaderDesk leader;

  /** Epochs in which the stream is watched. */
  private volatile Set<Long> epochs = Set.of();

  @AfterEach
  void close() {
    exchange.away(false);
    copies.forEach(SharedIncidents::close);
    if (leader != null) {
      leader.close();
    }
  }

  private SharedIncidents copy(String id, long epoch, String share) {
    SharedIncidents incidents =
        new SharedIncidents(
            store.incidents(), exchange, new InputSender(exchange, id), id, clock::get);
    copies.add(incidents);
    incidents.hold(Holdings.of(id, List.of(assignment(id, epoch, share))));
    return incidents;
  }

  private static Assignment assignment(String copy, long epoch, String share) {
    return new Assignment("news", share, copy, epoch);
  }

  private void lead(long term) {
    LeaderDesk before = leader;
    exchange.term(term);
    LeaderDesk next =
        new LeaderDesk(
            exchange,
            store.incidents(),
            term,
            sent -> InputText.read(sent, STREAMS::policy, stream -> epochs),
            STREAMS,
            () -> new Routing(List.of(), List.of()),
            clock::get,
            Duration.ZERO,
            () -> {},
            line -> {});
    next.start();
    leader = next;
    if (before != null) {
      before.close();
    }
  }

  private StreamObservation seen(Observation observation) {
    return new StreamObservation("news", null, Point.MONITORED, clock.get(), observation);
  }

  private static Finding finding(String kind) {
    return new Finding(
        kind + "/1", kind, 0, 1_000_000, Severity.ERROR, 1, null, null, Map.of(), "bad");
  }

  private void found(SharedIncidents copy, String kind) {
    copy.observed(seen(new Observation.Opened(finding(kind))));
  }

  private void over(SharedIncidents copy, String kind) {
    copy.observed(seen(new Observation.Closed(finding(kind))));
  }

  private List<Incident> incidents() {
    return store.incidents().list(EVERYTHING, Optional.empty(), 100).items();
  }

  private static final IncidentStore.Query EVERYTHING = IncidentStore.Query.ALL;

  private Incident only() {
    assertThat(incidents()).hasSize(1);
    return incidents().getFirst();
  }

  /** What the fold knows, as text. */
  private String stored() {
    return new String(
        store.incidents().foldStates().getOrDefault("news", new byte[0]), StandardCharsets.UTF_8);
  }

  private void awaitState(Incident.State state) throws InterruptedException {
    exchange.await(() -> !incidents().isEmpty() && only().state() == state);
  }

  private List<IncidentChange.Type> story() {
    return store.incidents().history(only().id()).stream().map(IncidentChange::type).toList();
  }

  @Test
  void observed_ofViewers_isInTheNameOfTheShareOfAllViewers() throws Exception {
    lead(1);
    SharedIncidents watching = copy("a", 1, Division.WHOLE);
    SharedIncidents counting = copy("b", 2, Division.WHOLE);
    Assignment viewers = new Assignment(ViewersShare.STREAM, Division.WHOLE, "b", 2);
    counting.hold(Holdings.of("b", List.of(viewers)));
    StreamObservation north =
        new StreamObservation(
            "viewers:cdn:north",
            null,
            Point.MONITORED,
            clock.get(),
            new Observation.Opened(finding("viewers.rebuffering")));

    watching.observed(north);
    counting.observed(north);
    awaitState(Incident.State.OPEN);
    assertThat(only().stream()).isEqualTo("viewers:cdn:north");
    assertThat(story()).containsExactly(IncidentChange.Type.OPENED);

    exchange.lose(viewers);
    counting.observed(
        new StreamObservation(
            north.stream(),
            null,
            Point.MONITORED,
            clock.get(),
            new Observation.Closed(finding("viewers.rebuffering"))));
    watching.observed(seen(new Observation.Opened(finding("video.black"))));
    exchange.await(() -> incidents().size() == 2);
    assertThat(incidents()).allMatch(incident -> incident.state() == Incident.State.OPEN);
  }

  @Test
  void observed_sameDefectBySharesOfTwoCopies_isOneIncidentUntilBothSayItIsOver() throws Exception {
    epochs = Set.of(1L, 2L);
    lead(1);
    SharedIncidents video = copy("a", 1, "video.black");
    SharedIncidents audio = copy("b", 2, "audio.hum");
    found(video, "stream.unavailable");
    found(audio, "stream.unavailable");
    awaitState(Incident.State.OPEN);

    over(video, "stream.unavailable");
    video.rewatched("news");
    over(audio, "stream.unavailable");
    awaitState(Incident.State.RECOVERING);

    assertThat(only().occurrences()).isEqualTo(1);
    assertThat(story()).containsExactly(IncidentChange.Type.OPENED, IncidentChange.Type.RECOVERING);
  }

  @Test
  void rewatched_byAnotherCopy_keepsTheIncidentAndTellsNothing() throws Exception {
    epochs = Set.of(1L);
    lead(1);
    SharedIncidents first = copy("a", 1, "all");
    found(first, "video.black");
    awaitState(Incident.State.OPEN);

    epochs = Set.of(2L);
    SharedIncidents second = copy("b", 2, "all");
    second.rewatched("news");
    found(second, "video.black");
    exchange.await(() -> stored().contains("\"2/video.black/1\""));
    clock.addAndGet(10 * RECOVERY_MILLIS);
    over(second, "video.black");
    awaitState(Incident.State.RECOVERING);

    assertThat(story()).containsExactly(IncidentChange.Type.OPENED, IncidentChange.Type.RECOVERING);
  }

  @Test
  void rewatched_defectThatEndedMeanwhile_closesAfterTheRecoveryTime() throws Exception {
    epochs = Set.of(1L);
    lead(1);
    found(copy("a", 1, "all"), "video.black");
    awaitState(Incident.State.OPEN);

    epochs = Set.of(2L);
    copy("b", 2, "all").rewatched("news");
    exchange.await(() -> !stored().contains("\"1/video.black/1\""));
    clock.addAndGet(RECOVERY_MILLIS);
    awaitState(Incident.State.CLOSED);
  }

  @Test
  void lead_byAnother_takesUpWhatWasStoredAndWhatWaits() throws Exception {
    epochs = Set.of(1L);
    lead(1);
    SharedIncidents copy = copy("a", 1, "all");
    found(copy, "video.black");
    awaitState(Incident.State.OPEN);

    // Whoever led can store nothing any more; what is said now waits for the next one.
    exchange.term(2);
    over(copy, "video.black");
    exchange.await(() -> !exchange.waiting(Set.of(), 10).isEmpty());
    assertThat(only().state()).isEqualTo(Incident.State.OPEN);
    lead(2);
    awaitState(Incident.State.RECOVERING);

    assertThat(story()).containsExactly(IncidentChange.Type.OPENED, IncidentChange.Type.RECOVERING);
  }

  @Test
  void observed_exchangeAway_isSentInOrderWhenItIsBack() throws Exception {
    epochs = Set.of(1L);
    lead(1);
    SharedIncidents copy = copy("a", 1, "all");
    exchange.away(true);
    found(copy, "video.black");
    over(copy, "video.black");
    exchange.await(() -> copy.problem().isPresent());

    exchange.away(false);
    awaitState(Incident.State.RECOVERING);

    assertThat(only().occurrences()).isEqualTo(1);
    exchange.await(() -> copy.problem().isEmpty());
  }

  @Test
  void observed_ofAShareThatIsAnotherCopysNow_countsForNothing() throws Exception {
    epochs = Set.of(2L);
    lead(1);
    SharedIncidents former = copy("a", 1, "all");
    exchange.lose(assignment("a", 1, "all"));
    SharedIncidents next = copy("b", 2, "all");

    found(former, "video.freeze");
    found(next, "video.black");
    awaitState(Incident.State.OPEN);

    assertThat(only().cause()).isEqualTo("video.black");
  }

  @Test
  void command_onAnyCopy_isAnsweredWhenItIsStored() throws Exception {
    epochs = Set.of(1L);
    lead(1);
    SharedIncidents watching = copy("a", 1, "all");
    SharedIncidents asking = copy("b", 9, "none");
    found(watching, "video.black");
    awaitState(Incident.State.OPEN);
    Incident open = only();

    Optional<Incident> after =
        asking.command(open, Command.ACKNOWLEDGE, "ann", "").toCompletableFuture().get();
    assertThat(after).isPresent();
    assertThat(after.get().acknowledgement()).isPresent();
    assertThat(asking.command(open, Command.CLOSE, "ann", "").toCompletableFuture().get())
        .isPresent();
    over(watching, "video.black");
    exchange.await(() -> store.incidents().foldStates().isEmpty());

    assertThat(asking.command(open, Command.NOTE, "ann", "?").toCompletableFuture().get())
        .isEmpty();
    assertThat(asking.reopen(only(), "ann").toCompletableFuture().get().orElseThrow().state())
        .isEqualTo(Incident.State.RECOVERING);
  }

  @Test
  void unreadable_inputOfALaterVersion_waitsAndIsToldWhileOthersGoOn() throws Exception {
    epochs = Set.of(1L);
    lead(1);
    exchange.send("z", List.of(new IncidentExchange.Input(1, Optional.empty(), "sung", "{}")));
    found(copy("a", 1, "all"), "video.black");
    awaitState(Incident.State.OPEN);

    LeaderDesk desk = leader;
    assertThat(desk == null ? Optional.<String>empty() : desk.problem())
        .hasValueSatisfying(problem -> assertThat(problem).contains("1 inputs"));
    assertThat(exchange.waiting(Set.of(), 10)).hasSize(1);
  }
}
