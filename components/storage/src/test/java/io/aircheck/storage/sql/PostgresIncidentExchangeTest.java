package io.aircheck.storage.sql;

import static io.aircheck.testkit.TestIncidents.change;
import static io.aircheck.testkit.TestIncidents.incident;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.Copy;
import io.aircheck.core.copies.CopyDirectory;
import io.aircheck.core.copies.CopyDirectory.Place;
import io.aircheck.core.copies.IncidentExchange;
import io.aircheck.core.copies.IncidentExchange.Input;
import io.aircheck.core.copies.IncidentExchange.Taken;
import io.aircheck.core.copies.IncidentExchange.Waiting;
import io.aircheck.core.copies.StatusBoard;
import io.aircheck.core.copies.StatusBoard.Status;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.store.IncidentStore.Commit;
import io.aircheck.core.store.ServiceStore;
import io.aircheck.core.store.StoreException;
import io.aircheck.testkit.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What copies tell each other, in a real PostgreSQL. */
@Tag("slow")
class PostgresIncidentExchangeTest {
  private static final Duration LEASE = Duration.ofMinutes(10);

  @RegisterExtension private static final PostgresServer SERVER = new PostgresServer(40);

  private static int databases;

  private PostgresCopies copies = new PostgresCopies("", "", "");
  private String address = "";
  private CopyDirectory directory;
  private IncidentExchange exchange;
  private ServiceStore store;
  private long term;

  @BeforeEach
  void open() {
    String database = "exchange" + ++databases;
    SERVER.create(database);
    address = SERVER.address(database);
    copies = new PostgresCopies(address, PostgresServer.USER, "");
    directory = copies.directory();
    exchange = copies.exchange();
    store = SqlStore.sharedPostgres(address, PostgresServer.USER, "");
    directory.join(copy("a"), LEASE);
    directory.join(copy("b"), LEASE);
    term = directory.lead("a", LEASE).orElseThrow();
  }

  @AfterEach
  void close() {
    store.close();
    exchange.close();
    directory.close();
  }

  private static Copy copy(String id) {
    return new Copy(id, "http://" + id, Copy.Role.ALL, "1", List.of("*"), Map.of(), 1);
  }

  private Assignment assign(String copy) {
    directory.assign(term, List.of(new Place("news", "all", copy)));
    return directory.assignments().getFirst();
  }

  private static Input input(long number, Assignment by) {
    return new Input(number, Optional.of(by), "opened", "{}");
  }

  private List<Waiting> waiting() {
    return exchange.waiting(Set.of(), 100);
  }

  private static Commit opening() {
    IncidentChange opened =
        change(IncidentChange.Type.OPENED, incident("news", 10_000, Incident.State.OPEN, 1));
    return new Commit("news", new byte[] {1}, List.of(opened), List.of());
  }

  @Test
  void send_inputs_waitInOrderWithTheEpochOfTheirShare() {
    Assignment share = assign("a");

    assertThat(exchange.send("a", List.of(input(1, share), input(2, share)))).isEmpty();
    exchange.send("b", List.of(new Input(1, Optional.empty(), "paused", "news")));

    assertThat(waiting()).extracting(Waiting::type).containsExactly("opened", "opened", "paused");
    assertThat(waiting())
        .extracting(Waiting::epoch)
        .containsExactly(share.epoch(), share.epoch(), 0L);
    assertThat(waiting()).isSortedAccordingTo((x, y) -> Long.compare(x.serial(), y.serial()));
  }

  @Test
  void send_sameInputsAgain_arePassedOverAlsoWhenTheyWereTaken() {
    Assignment share = assign("a");
    exchange.send("a", List.of(input(1, share)));
    exchange.commit(
        term, List.of(), List.of(new Taken(waiting().getFirst().serial(), Optional.empty())));

    exchange.send("a", List.of(input(1, share), input(2, share)));

    assertThat(waiting()).hasSize(1);
  }

  @Test
  void send_inTheNameOfAShareThatMoved_isRefusedAndTheRestIsTaken() {
    Assignment before = assign("a");
    assign("b");

    assertThat(
            exchange.send(
                "a", List.of(input(1, before), new Input(2, Optional.empty(), "commanded", "{}"))))
        .containsExactly(before);
    assertThat(waiting()).extracting(Waiting::type).containsExactly("commanded");
  }

  @Test
  void send_copyThatIsNotKnown_isToldToJoin() {
    assertThatThrownBy(
            () -> exchange.send("z", List.of(new Input(1, Optional.empty(), "paused", "news"))))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.mayHeal()).isTrue());
  }

  @Test
  void commit_step_storesItAndRemovesItsInputsAsAWhole() {
    exchange.send("a", List.of(input(1, assign("a"))));
    long serial = waiting().getFirst().serial();

    assertThat(
            exchange.commit(term, List.of(opening()), List.of(new Taken(serial, Optional.empty()))))
        .isTrue();

    assertThat(waiting()).isEmpty();
    assertThat(store.incidents().foldStates()).containsOnlyKeys("news");
    assertThat(exchange.changesAfter(0, 10))
        .extracting(numbered -> numbered.change().type())
        .containsExactly(IncidentChange.Type.OPENED);
    assertThat(exchange.changesAfter(exchange.lastChange(), 10)).isEmpty();
  }

  @Test
  void commit_termThatIsOver_changesNothing() {
    exchange.send("a", List.of(input(1, assign("a"))));
    directory.resign("a");
    directory.lead("b", LEASE);

    assertThat(
            exchange.commit(
                term,
                List.of(opening()),
                List.of(new Taken(waiting().getFirst().serial(), Optional.empty()))))
        .isFalse();

    assertThat(waiting()).hasSize(1);
    assertThat(store.incidents().foldStates()).isEmpty();
    assertThat(exchange.lastChange()).isZero();
  }

  @Test
  void answer_ofWhatWasAsked_isThereOnceItIsStored() {
    exchange.send("a", List.of(new Input(7, Optional.empty(), "commanded", "{}")));
    assertThat(exchange.answer("a", 7)).isEmpty();

    exchange.commit(
        term, List.of(), List.of(new Taken(waiting().getFirst().serial(), Optional.of(true))));

    assertThat(exchange.answer("a", 7)).contains(true);
    assertThat(waiting()).isEmpty();
  }

  @Test
  void board_posts_areReadOnceTheyAreNewAndNotFromFormerHolders() {
    Assignment before = assign("a");
    Assignment after = assign("b");
    try (StatusBoard board = copies.board()) {
      board.post(List.of(new Status(after, 0.5, "b")));
      board.post(List.of(new Status(before, 0.25, "a")));
      StatusBoard.News news = board.since(0);
      assertThat(news.statuses()).containsExactly(new Status(after, 0.5, "b"));
      assertThat(board.since(news.atMillis() + 60_000).statuses()).isEmpty();

      board.retain(List.of());
      assertThat(board.since(0).statuses()).isEmpty();
    }
  }

  @Test
  void board_uses_areThoseOfCopiesThatAreAlive() {
    StatusBoard.Use use =
        new StatusBoard.Use(
            new Usage(Map.of(Quantity.STREAM_SECONDS, 60.0, Quantity.CPU_SECONDS, 1.5)),
            Usage.of(Quantity.OBJECT_WRITES, 3),
            0.25);
    try (StatusBoard board = copies.board()) {
      assertThat(board.uses()).isEmpty();
      board.post("a", use);
      board.post("b", new StatusBoard.Use(Usage.NONE, Usage.NONE, 0));
      board.post("nobody", use);
      assertThat(board.uses()).containsOnlyKeys("a", "b").containsEntry("a", use);

      directory.leave("a");
      directory.join(copy("b"), Duration.ZERO);
      assertThat(board.uses()).isEmpty();
    }
  }

  @Test
  void stores_ofCopies_areOpenTogetherButNotWithOneThatIsAlone() {
    try (ServiceStore other = SqlStore.sharedPostgres(address, PostgresServer.USER, "")) {
      assertThat(other.documents().list("streams")).isEmpty();
    }
    assertThatThrownBy(() -> SqlStore.postgres(address, PostgresServer.USER, ""))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another aircheck is using this database");
  }
}
