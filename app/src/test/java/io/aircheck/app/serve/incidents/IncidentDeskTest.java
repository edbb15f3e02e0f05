package io.aircheck.app.serve.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.serve.TestRoutes;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.incident.GroupPolicy;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentChange.Type;
import io.aircheck.core.incident.IncidentInput.Commanded.Command;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.store.IncidentStore;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.core.store.Outbox;
import io.aircheck.core.store.Page;
import io.aircheck.core.store.StoreException;
import io.aircheck.testkit.TestIncidents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IncidentDeskTest {
  private static final long RECOVERY = IncidentPolicy.DEFAULT.recoveryMillis();

  private final MemoryStore store = new MemoryStore();
  private final AtomicLong clock = new AtomicLong(1_000_000);
  private final BlockingQueue<IncidentChange> told = new LinkedBlockingQueue<>();

  private static final IncidentDesk.Streams STREAMS =
      new IncidentDesk.Streams() {
        @Override
        public IncidentPolicy policy(String stream) {
          return IncidentPolicy.DEFAULT;
        }

        @Override
        public Map<String, String> labels(String stream) {
          return Map.of("cdn", "north");
        }

        @Override
        public GroupPolicy grouping() {
          return GroupPolicy.NONE;
        }

        @Override
        public int sharing(String label, String value) {
          return 1;
        }
      };

  private IncidentDesk desk(IncidentStore incidents) {
    Routing everything = new Routing(List.of(TestRoutes.route("hook", Map.of(), false)), List.of());
    return new IncidentDesk(incidents, STREAMS, () -> everything, clock::get, told::addAll);
  }

  private Type next() throws InterruptedException {
    IncidentChange change = told.poll(10, TimeUnit.SECONDS);
    assertThat(change).as("a change within ten seconds").isNotNull();
    return change.type();
  }

  @Test
  void observed_finding_isStoredWithItsNotificationBeforeItIsTold() throws Exception {
    try (IncidentDesk desk = desk(store.incidents())) {
      desk.start(Set.of("a"));
      desk.observed(TestIncidents.black("a", true, clock.get()));

      assertThat(next()).isEqualTo(Type.OPENED);
      assertThat(desk.active()).extracting(Incident::cause).containsExactly("video.black");
      assertThat(store.incidents().list(IncidentStore.Query.ALL, Optional.empty(), 10).items())
          .hasSize(1);
      assertThat(store.outbox().due(clock.get(), Set.of(), 10))
          .extracting(entry -> entry.notification().labels())
          .containsExactly(Map.of("cdn", "north"));
    }
  }

  @Test
  void observed_recoveryTimePassed_closes() throws Exception {
    try (IncidentDesk desk = desk(store.incidents())) {
      desk.start(Set.of("a"));
      desk.observed(TestIncidents.black("a", true, clock.get()));
      desk.observed(TestIncidents.black("a", false, clock.get()));
      assertThat(next()).isEqualTo(Type.OPENED);
      assertThat(next()).isEqualTo(Type.RECOVERING);
      clock.addAndGet(RECOVERY + IncidentDesk.LATENESS_MILLIS);
      // Any input lets the desk look at the clock.
      desk.rewatched("b");

      assertThat(next()).isEqualTo(Type.CLOSED);
      assertThat(desk.active()).isEmpty();
    }
  }

  @Test
  void observed_onItsWayWhenTheRecoveryTimePassed_isTheSameIncident() throws Exception {
    try (IncidentDesk desk = desk(store.incidents())) {
      desk.start(Set.of("a"));
      desk.observed(TestIncidents.black("a", true, clock.get()));
      desk.observed(TestIncidents.black("a", false, clock.get()));
      assertThat(next()).isEqualTo(Type.OPENED);
      assertThat(next()).isEqualTo(Type.RECOVERING);
      clock.addAndGet(RECOVERY - 10);
      StreamObservation late = TestIncidents.black("a", true, clock.get());
      clock.addAndGet(10 + IncidentDesk.LATENESS_MILLIS / 2);
      desk.rewatched("b");
      desk.observed(late);

      assertThat(next()).isEqualTo(Type.RECURRED);
      assertThat(desk.active()).hasSize(1);
    }
  }

  /** Reports of viewers are read again first, which may take long. */
  @Test
  void start_afterRestart_incidentOfViewersWaitsUntilTheyAreWatchedAgain() throws Exception {
    try (IncidentDesk desk = desk(store.incidents())) {
      desk.start(Set.of());
      desk.observed(TestIncidents.black("viewers:all", true, clock.get()));
      assertThat(next()).isEqualTo(Type.OPENED);
    }
    try (IncidentDesk again = desk(store.incidents())) {
      again.start(Set.of());
      clock.addAndGet(10 * RECOVERY);
      assertThat(
              again
                  .command(again.active().iterator().next(), Command.NOTE, "ada", "still there?")
                  .toCompletableFuture()
                  .get(10, TimeUnit.SECONDS))
          .isPresent();
      assertThat(next()).isEqualTo(Type.NOTED);

      again.rewatched("viewers:all");
      clock.addAndGet(RECOVERY + IncidentDesk.LATENESS_MILLIS);
      again.rewatched("b");

      assertThat(next()).isEqualTo(Type.CLOSED);
    }
  }

  @Test
  void start_afterRestart_nothingIsClosedOrToldAgain() throws Exception {
    try (IncidentDesk desk = desk(store.incidents())) {
      desk.start(Set.of("a"));
      desk.observed(TestIncidents.black("a", true, clock.get()));
      assertThat(next()).isEqualTo(Type.OPENED);
    }
    try (IncidentDesk again = desk(store.incidents())) {
      again.start(Set.of("a"));
      again.observed(TestIncidents.black("a", true, clock.get()));
      assertThat(
              again
                  .command(again.active().iterator().next(), Command.ACKNOWLEDGE, "ada", "")
                  .toCompletableFuture()
                  .get(10, TimeUnit.SECONDS))
          .isPresent();

      assertThat(next()).isEqualTo(Type.ACKNOWLEDGED);
      assertThat(again.active()).hasSize(1);
      assertThat(store.outbox().list(Set.of(), Optional.empty(), Optional.empty(), 10).items())
          .extracting(Outbox.Entry::attempts)
          .hasSize(1);
    }
  }

  @Test
  void start_streamIsGone_itsIncidentIsOver() throws Exception {
    try (IncidentDesk desk = desk(store.incidents())) {
      desk.start(Set.of("a"));
      desk.observed(TestIncidents.black("a", true, clock.get()));
      assertThat(next()).isEqualTo(Type.OPENED);
    }
    try (IncidentDesk again = desk(store.incidents())) {
      again.start(Set.of());

      assertThat(next()).isEqualTo(Type.CLOSED);
    }
  }

  @Test
  void command_closeAndReopen_areAnswered() throws Exception {
    try (IncidentDesk desk = desk(store.incidents())) {
      desk.start(Set.of("a"));
      desk.observed(TestIncidents.black("a", true, clock.get()));
      assertThat(next()).isEqualTo(Type.OPENED);
      Incident open = desk.active().iterator().next();

      Incident closed =
          desk.command(open, Command.CLOSE, "ada", "known")
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS)
              .orElseThrow();
      Incident reopened =
          desk.reopen(closed, "ada").toCompletableFuture().get(10, TimeUnit.SECONDS).orElseThrow();

      assertThat(closed.state()).isEqualTo(Incident.State.CLOSED);
      assertThat(closed.notes()).extracting(Incident.Note::text).containsExactly("known");
      assertThat(reopened.state()).isEqualTo(Incident.State.OPEN);
    }
  }

  @Test
  void observed_storeIsAway_waitsAndLosesNothing() throws Exception {
    FailingStore failing = new FailingStore(store.incidents(), 1);
    try (IncidentDesk desk = desk(failing)) {
      desk.start(Set.of("a"));
      desk.observed(TestIncidents.black("a", true, clock.get()));
      desk.observed(TestIncidents.black("a", false, clock.get()));

      assertThat(next()).isEqualTo(Type.OPENED);
      assertThat(next()).isEqualTo(Type.RECOVERING);
      assertThat(failing.failures).hasSize(1);
      assertThat(desk.problem()).isEmpty();
    }
  }

  /** A store whose disk is full for the first commits. */
  private static final class FailingStore implements IncidentStore {
    private final IncidentStore store;
    private final List<String> failures = new ArrayList<>();
    private int left;

    FailingStore(IncidentStore store, int times) {
      this.store = store;
      this.left = times;
    }

    @Override
    public void commit(List<Commit> steps) {
      if (left > 0) {
        left--;
        failures.add("full");
        throw new StoreException("the disk is full", true, null);
      }
      store.commit(steps);
    }

    @Override
    public Map<String, byte[]> foldStates() {
      return store.foldStates();
    }

    @Override
    public Optional<Incident> find(String id) {
      return store.find(id);
    }

    @Override
    public Page<Incident> list(Query query, Optional<String> cursor, int limit) {
      return store.list(query, cursor, limit);
    }

    @Override
    public List<IncidentChange> history(String id) {
      return store.history(id);
    }

    @Override
    public List<String> closedBefore(long millis, int limit) {
      return store.closedBefore(millis, limit);
    }

    @Override
    public void forget(List<String> ids) {
      store.forget(ids);
    }
  }
}
