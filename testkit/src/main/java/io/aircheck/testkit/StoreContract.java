package io.aircheck.testkit;

import static io.aircheck.testkit.TestIncidents.change;
import static io.aircheck.testkit.TestIncidents.incident;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.store.DocumentStore.Document;
import io.aircheck.core.store.IncidentStore.Commit;
import io.aircheck.core.store.IncidentStore.Query;
import io.aircheck.core.store.MetricHistory.Bucket;
import io.aircheck.core.store.MetricHistory.Sample;
import io.aircheck.core.store.MetricHistory.Series;
import io.aircheck.core.store.Outbox;
import io.aircheck.core.store.Page;
import io.aircheck.core.store.ServiceStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store must do alike. */
public abstract class StoreContract {
  private static final byte[] STATE = {1, 2, 3};

  private ServiceStore store;

  /** Opens an empty store. */
  protected abstract ServiceStore open();

  /** Opens again what the store left behind; the one before has been closed. */
  protected abstract ServiceStore reopen();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private void restart() {
    store.close();
    store = reopen();
  }

  private void commit(IncidentChange change, String... channels) {
    List<Notification> notifications = new ArrayList<>();
    for (String channel : channels) {
      notifications.add(Notification.of(change, channel, Map.of("cdn", "north")));
    }
    store
        .incidents()
        .commit(
            List.of(new Commit(change.incident().stream(), STATE, List.of(change), notifications)));
  }

  @Test
  void commit_step_survivesARestartAsAWhole() {
    IncidentChange opened =
        change(IncidentChange.Type.OPENED, incident("news", 10_000, Incident.State.OPEN, 1));
    commit(opened, "hook");
    restart();

    assertThat(store.incidents().foldStates()).containsOnlyKeys("news");
    assertThat(store.incidents().foldStates().get("news")).isEqualTo(STATE);
    assertThat(store.incidents().find(opened.incident().id())).contains(opened.incident());
    assertThat(store.incidents().history(opened.incident().id())).containsExactly(opened);
    assertThat(store.outbox().due(20_000, Set.of(), 10))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.notification())
                    .isEqualTo(Notification.of(opened, "hook", Map.of("cdn", "north"))));
  }

  @Test
  void commit_emptyFoldState_isForgotten() {
    commit(change(IncidentChange.Type.OPENED, incident("news", 10_000, Incident.State.OPEN, 1)));
    store.incidents().commit(List.of(new Commit("news", new byte[0], List.of(), List.of())));

    assertThat(store.incidents().foldStates()).isEmpty();
  }

  @Test
  void commit_sameStepTwice_isOne() {
    IncidentChange opened =
        change(IncidentChange.Type.OPENED, incident("news", 10_000, Incident.State.OPEN, 1));
    commit(opened, "hook");
    commit(opened, "hook");

    assertThat(store.outbox().due(20_000, Set.of(), 10)).hasSize(1);
    assertThat(store.incidents().history(opened.incident().id())).containsExactly(opened);
  }

  @Test
  void commit_changeOlderThanWhatIsKnown_changesNothing() {
    IncidentChange opened =
        change(IncidentChange.Type.OPENED, incident("news", 10_000, Incident.State.OPEN, 1));
    IncidentChange closed =
        change(IncidentChange.Type.CLOSED, incident("news", 10_000, Incident.State.CLOSED, 2));
    commit(opened);
    commit(closed);
    commit(opened);

    String id = opened.incident().id();
    assertThat(store.incidents().find(id)).contains(closed.incident());
    assertThat(store.incidents().history(id)).containsExactly(opened, closed);
    assertThat(store.incidents().closedBefore(50_000, 10)).containsExactly(id);
  }

  @Test
  void list_manyIncidents_pagesFromTheNewestAndFilters() {
    for (int i = 0; i < 25; i++) {
      Incident.State state = i % 5 == 0 ? Incident.State.CLOSED : Incident.State.OPEN;
      commit(change(IncidentChange.Type.OPENED, incident("s" + i % 2, 10_000 + i, state, 1)));
    }

    List<Long> opened = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    int pages = 0;
    do {
      Page<Incident> page = store.incidents().list(Query.ALL, cursor, 10);
      page.items().forEach(incident -> opened.add(incident.openedMillis()));
      cursor = page.next();
      pages++;
    } while (cursor.isPresent());
    assertThat(pages).isEqualTo(3);
    assertThat(opened).hasSize(25).startsWith(10_024L, 10_023L).endsWith(10_000L);

    Query closedOfOne =
        new Query(
            Set.of(),
            Set.of("s1"),
            Set.of(Incident.State.CLOSED),
            Set.of(Severity.ERROR),
            Set.of("video.black"),
            OptionalLong.of(10_510),
            OptionalLong.of(8_020));
    assertThat(store.incidents().list(closedOfOne, Optional.empty(), 10).items())
        .extracting(Incident::openedMillis)
        .containsExactly(10_015L);
    Query byId =
        Query.ALL.withIds(
            Set.of(incident("s1", 10_001, Incident.State.OPEN, 1).id(), "no such incident"));
    assertThat(store.incidents().list(byId, Optional.empty(), 10).items())
        .extracting(Incident::openedMillis)
        .containsExactly(10_001L);
    Query warnings = Query.ALL.withSeverities(Set.of(Severity.WARNING));
    assertThat(store.incidents().list(warnings, Optional.empty(), 10).items()).isEmpty();
  }

  @Test
  void list_cursorOfAnotherList_isRefused() {
    assertThatThrownBy(() -> store.incidents().list(Query.ALL, Optional.of("no"), 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void closedBefore_openRecentAndMoreThanWanted_areLeftOut() {
    commit(change(IncidentChange.Type.OPENED, incident("a", 20_000, Incident.State.CLOSED, 1)));
    commit(change(IncidentChange.Type.OPENED, incident("b", 10_000, Incident.State.CLOSED, 1)));
    commit(change(IncidentChange.Type.OPENED, incident("c", 10_000, Incident.State.OPEN, 1)));
    commit(change(IncidentChange.Type.OPENED, incident("d", 90_000, Incident.State.CLOSED, 1)));

    String a = Incident.id("a", "video.black", 20_000);
    String b = Incident.id("b", "video.black", 10_000);
    assertThat(store.incidents().closedBefore(50_000, 10)).containsExactly(b, a);
    assertThat(store.incidents().closedBefore(50_000, 1)).containsExactly(b);
  }

  @Test
  void forget_incident_takesItsNotificationsWithIt() {
    commit(
        change(IncidentChange.Type.OPENED, incident("a", 10_000, Incident.State.CLOSED, 1)), "h");
    commit(change(IncidentChange.Type.OPENED, incident("b", 10_000, Incident.State.OPEN, 1)), "h");

    String id = Incident.id("a", "video.black", 10_000);
    store.incidents().forget(List.of(id, "unknown~video.black~1"));

    assertThat(store.incidents().find(id)).isEmpty();
    assertThat(store.incidents().history(id)).isEmpty();
    assertThat(store.outbox().list(Set.of(), Optional.empty(), Optional.empty(), 10).items())
        .hasSize(1);
  }

  private void record(String key, Outbox.Status status, String answer, long millis) {
    store.outbox().record(List.of(new Outbox.Outcome(key, status, answer, millis)));
  }

  private List<String> dueKeys(long nowMillis, String... except) {
    return store.outbox().due(nowMillis, Set.of(except), 10).stream()
        .map(entry -> entry.notification().key())
        .toList();
  }

  @Test
  void outbox_failedAttempt_holdsBackWhatFollowsForTheSameIncidentAndChannel() {
    Incident open = incident("news", 10_000, Incident.State.OPEN, 1);
    commit(change(IncidentChange.Type.OPENED, open), "hook", "mail");
    commit(
        change(IncidentChange.Type.CLOSED, incident("news", 10_000, Incident.State.CLOSED, 2)),
        "hook");
    String first = open.id() + "~1~hook";
    record(first, Outbox.Status.PENDING, "503", 60_000);
    restart();

    assertThat(dueKeys(30_000)).containsExactly(open.id() + "~1~mail");
    assertThat(dueKeys(60_000)).containsExactly(open.id() + "~1~mail", first);
    assertThat(dueKeys(60_000, "mail")).containsExactly(first);
    assertThat(dueKeys(60_000, "mail", "hook")).isEmpty();
    assertThat(store.outbox().nextDueMillis(30_000)).hasValue(60_000);
    assertThat(store.outbox().nextDueMillis(60_000)).isEmpty();
    record(first, Outbox.Status.DEAD, "gone", 70_000);
    assertThat(dueKeys(60_000, "mail")).containsExactly(open.id() + "~2~hook");
    store.outbox().revive(first, 80_000);
    assertThat(dueKeys(80_000, "mail")).containsExactly(first);
    record(first, Outbox.Status.PENDING, "503", 90_000);
    assertThat(store.outbox().find(first))
        .get()
        .satisfies(
            entry -> {
              assertThat(entry.attempts()).isEqualTo(3);
              assertThat(entry.answer()).isEqualTo("503");
              assertThat(entry.nextAttemptMillis()).isEqualTo(90_000);
            });
  }

  @Test
  void outbox_settledAndRevived_goesOutAgainOnlyWhenDead() {
    IncidentChange opened =
        change(IncidentChange.Type.OPENED, incident("news", 10_000, Incident.State.OPEN, 1));
    commit(opened, "hook", "mail");
    String hook = opened.incident().id() + "~1~hook";
    String mail = opened.incident().id() + "~1~mail";
    record(hook, Outbox.Status.DELIVERED, "200", 11_000);
    record(mail, Outbox.Status.DEAD, "550", 12_000);
    assertThat(store.outbox().nextDueMillis(0)).isEmpty();

    assertThat(store.outbox().revive(hook, 20_000)).isFalse();
    assertThat(store.outbox().revive(mail, 20_000)).isTrue();
    assertThat(store.outbox().nextDueMillis(0)).hasValue(20_000);
    assertThat(store.outbox().find(hook).orElseThrow().settledMillis()).hasValue(11_000);
    assertThat(
            store
                .outbox()
                .list(
                    Set.of(Outbox.Status.DELIVERED),
                    Optional.of(opened.incident().id()),
                    Optional.empty(),
                    10)
                .items())
        .extracting(entry -> entry.notification().key())
        .containsExactly(hook);
  }

  @Test
  void documents_expectedRevision_guardsAgainstUnseenChanges() {
    assertThat(store.documents().put("streams", "a", "{}", OptionalLong.of(0)))
        .contains(new Document("a", "{}", 1));
    assertThat(store.documents().put("streams", "a", "{1}", OptionalLong.of(0))).isEmpty();
    assertThat(store.documents().put("streams", "a", "{2}", OptionalLong.of(1)))
        .contains(new Document("a", "{2}", 2));
    assertThat(store.documents().put("streams", "a", "{3}", OptionalLong.of(1))).isEmpty();
    assertThat(store.documents().put("streams", "a", "{4}", OptionalLong.empty()))
        .contains(new Document("a", "{4}", 3));
    restart();

    assertThat(store.documents().list("streams")).containsExactly(new Document("a", "{4}", 3));
    assertThat(store.documents().list("policies")).isEmpty();
    assertThat(store.documents().remove("streams", "a", OptionalLong.of(2))).isFalse();
    assertThat(store.documents().find("streams", "a")).isPresent();
    assertThat(store.documents().remove("streams", "a", OptionalLong.of(3))).isTrue();
    assertThat(store.documents().remove("streams", "a", OptionalLong.of(3))).isFalse();

    store.documents().put("streams", "b", "{}", OptionalLong.empty());
    assertThat(store.documents().remove("streams", "b", OptionalLong.empty())).isTrue();
    assertThat(store.documents().remove("streams", "b", OptionalLong.empty())).isFalse();
  }

  @Test
  void metrics_queriedAtACoarserStep_addUp() {
    Series luma = new Series("news", "high", "video:0", "video.luma_mean");
    Series other = new Series("news", null, "", "stream.gap");
    List<Sample> samples = new ArrayList<>();
    for (int second = 0; second < 120; second++) {
      samples.add(
          new Sample(
              luma, new Bucket(second * 1000L, 25, 25.0 * second, second - 1.0, second + 1.0)));
    }
    samples.add(new Sample(other, new Bucket(5_000, 1, 7, 7, 7)));
    store.metrics().append(samples);
    restart();

    assertThat(store.metrics().series("news", 0, 120_000)).containsExactlyInAnyOrder(luma, other);
    assertThat(store.metrics().series("news", 60_000, 120_000)).containsExactly(luma);
    assertThat(store.metrics().query(luma, 10_000, 12_000, 1000))
        .containsExactly(new Bucket(10_000, 25, 250, 9, 11), new Bucket(11_000, 25, 275, 10, 12));
    assertThat(store.metrics().query(luma, 0, 120_000, 60_000))
        .containsExactly(
            new Bucket(0, 1500, 25.0 * 1770, -1, 60),
            new Bucket(60_000, 1500, 25.0 * 5370, 59, 120));
    store
        .metrics()
        .append(
            List.of(new Sample(new Series("sport", null, "", "a"), new Bucket(5_000, 1, 7, 7, 7))));
    assertThat(store.metrics().curves("news", 4_000, 8_000, 2_000))
        .containsExactly(
            entry(other, List.of(new Bucket(4_000, 1, 7, 7, 7))),
            entry(
                luma,
                List.of(
                    new Bucket(4_000, 50, 25.0 * 9, 3, 6),
                    new Bucket(6_000, 50, 25.0 * 13, 5, 8))));
  }

  @Test
  void metrics_compacted_keepSumsOfMinutesAndForgetWhatIsOlder() {
    Series luma = new Series("news", "high", "video:0", "video.luma_mean");
    for (int minute = 0; minute < 3; minute++) {
      for (int second = 0; second < 60; second += 20) {
        store
            .metrics()
            .append(
                List.of(new Sample(luma, new Bucket((minute * 60 + second) * 1000L, 2, 10, 4, 6))));
      }
    }
    store.metrics().compact(120_000, 60_000);

    assertThat(store.metrics().query(luma, 0, 180_000, 60_000))
        .containsExactly(new Bucket(60_000, 6, 30, 4, 6), new Bucket(120_000, 6, 30, 4, 6));
    assertThat(store.metrics().query(luma, 120_000, 180_000, 1000)).hasSize(3);
    assertThat(store.metrics().curves("news", 60_000, 180_000, 60_000))
        .containsExactly(entry(luma, store.metrics().query(luma, 60_000, 180_000, 60_000)));
  }

  @Test
  void metrics_compactedToNothing_canBeginAgain() {
    Series luma = new Series("news", "high", "video:0", "video.luma_mean");
    store.metrics().append(List.of(new Sample(luma, new Bucket(1000, 1, 5, 5, 5))));
    store.metrics().compact(120_000, 120_000);
    assertThat(store.metrics().series("news", 0, 300_000)).isEmpty();

    store.metrics().append(List.of(new Sample(luma, new Bucket(180_000, 1, 7, 7, 7))));

    assertThat(store.metrics().series("news", 0, 300_000)).containsExactly(luma);
    assertThat(store.metrics().query(luma, 0, 300_000, 1000))
        .containsExactly(new Bucket(180_000, 1, 7, 7, 7));
  }
}
