package io.aircheck.app.serve.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.serve.TestRoutes;
import io.aircheck.core.incident.GroupPolicy;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentChange.Type;
import io.aircheck.core.incident.IncidentInput;
import io.aircheck.core.incident.IncidentInput.Commanded.Command;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.store.IncidentStore;
import io.aircheck.core.store.IncidentStore.Commit;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.testkit.TestIncidents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The folds of streams and of what they share together, without a thread. */
class IncidentGroupsTest {
  private final MemoryStore store = new MemoryStore();
  private final Map<String, Map<String, String>> labels = new HashMap<>();
  private GroupPolicy policy = new GroupPolicy(List.of("origin", "cdn"), 3, 0.5, 60_000);
  private long now = 1_000_000;

  private final IncidentDesk.Streams streams =
      new IncidentDesk.Streams() {
        @Override
        public IncidentPolicy policy(String stream) {
          return IncidentPolicy.DEFAULT;
        }

        @Override
        public Map<String, String> labels(String stream) {
          return labels.getOrDefault(stream, Map.of());
        }

        @Override
        public GroupPolicy grouping() {
          return policy;
        }

        @Override
        public int sharing(String label, String value) {
          return (int) labels.values().stream().filter(l -> value.equals(l.get(label))).count();
        }
      };

  private IncidentFolds folds = new IncidentFolds(streams);
  private Routing routing =
      new Routing(List.of(TestRoutes.route("hook", Map.of(), true)), List.of());

  private void streamsOfNorth(String... names) {
    for (String name : names) {
      labels.put(name, Map.of("cdn", "north", "region", "eu", "origin", "of-" + name));
    }
  }

  /** Takes an input, stores what follows, and says who is told: what, of what, where. */
  private List<String> take(IncidentInput input) {
    IncidentFolds.Batch batch = folds.batch();
    batch.take(input);
    return store(batch);
  }

  private List<String> store(IncidentFolds.Batch batch) {
    List<Commit> commits = batch.commits(routing);
    store.incidents().commit(commits);
    List<String> told = new ArrayList<>();
    for (Commit commit : commits) {
      for (Notification notification : commit.notifications()) {
        IncidentChange change = notification.change();
        told.add(
            "%s %s to %s"
                .formatted(
                    change.type().word(), change.incident().stream(), notification.channel()));
      }
    }
    return told;
  }

  private List<String> opens(String stream) {
    now += 1000;
    return take(
        new IncidentInput.Observed(TestIncidents.black(stream, true, now), IncidentPolicy.DEFAULT));
  }

  private List<String> closes(String stream) {
    now += 1000;
    return take(
        new IncidentInput.Observed(
            TestIncidents.black(stream, false, now), IncidentPolicy.DEFAULT));
  }

  private List<String> passes(long millis) {
    now += millis;
    IncidentFolds.Batch batch = folds.batch();
    batch.advance(now);
    return store(batch);
  }

  @Test
  void incidentOfViewers_goesByItsDimensionsAsLabels_andJoinsNoGroup() {
    streamsOfNorth("a", "b", "c");
    routing =
        new Routing(
            List.of(
                TestRoutes.route("north", Map.of("cdn", "north"), true),
                TestRoutes.route("south", Map.of("cdn", "south"), true)),
            List.of());
    opens("a");
    opens("b");
    opens("c");

    assertThat(opens("viewers:cdn:north,content:news"))
        .containsExactly("opened viewers:cdn:north,content:news to north");
    assertThat(opens("viewers:all")).isEmpty();
  }

  private void restart() {
    folds = new IncidentFolds(streams);
    folds.restore(store.incidents().foldStates());
  }

  private Incident group() {
    return folds.active("cdn=north").getFirst();
  }

  private List<Incident> stored() {
    return store.incidents().list(IncidentStore.Query.ALL, Optional.empty(), 100).items();
  }

  @Test
  void take_threeStreamsOfACdn_tellsTheGroupInsteadOfTheThirdAndLater() {
    streamsOfNorth("a", "b", "c", "d");

    assertThat(opens("a")).containsExactly("opened a to hook");
    assertThat(opens("b")).containsExactly("opened b to hook");
    assertThat(opens("c")).containsExactly("opened cdn=north to hook");
    assertThat(opens("d")).isEmpty();

    assertThat(group().members()).hasSize(4);
    assertThat(stored()).hasSize(5);
    assertThat(stored().stream().filter(incident -> !incident.isGroup()))
        .allSatisfy(
            member -> assertThat(member.group().orElseThrow().id()).isEqualTo(group().id()));
  }

  @Test
  void take_allOver_closesTheGroupAndThoseThatWereToldAlone() {
    streamsOfNorth("a", "b", "c", "d");
    List.of("a", "b", "c", "d").forEach(this::opens);
    List.of("a", "b", "c", "d").forEach(this::closes);

    assertThat(passes(100_000))
        .containsExactlyInAnyOrder(
            "closed a to hook", "closed b to hook", "closed cdn=north to hook");
    assertThat(stored()).hasSize(5).allMatch(incident -> incident.state() == Incident.State.CLOSED);
    assertThat(store.incidents().foldStates()).isEmpty();
  }

  @Test
  void restore_inTheMiddle_neitherSplitsNorTellsAgain() {
    streamsOfNorth("a", "b", "c", "d");
    opens("a");
    opens("b");
    restart();
    assertThat(opens("c")).containsExactly("opened cdn=north to hook");
    Incident before = group();
    restart();
    assertThat(group()).isEqualTo(before);

    // The tasks start afresh and find everything again.
    for (String stream : List.of("a", "b", "c")) {
      assertThat(take(new IncidentInput.Rewatched(stream, IncidentPolicy.DEFAULT, now))).isEmpty();
      assertThat(opens(stream)).isEmpty();
    }
    assertThat(opens("d")).isEmpty();
    restart();

    assertThat(group().id()).isEqualTo(before.id());
    assertThat(group().members()).hasSize(4);
    assertThat(stored()).hasSize(5);
  }

  @Test
  void restore_atEveryStep_changesNothing() {
    List<Incident> whole = story(false);

    assertThat(new IncidentGroupsTest().story(true)).isEqualTo(whole);
  }

  private List<Incident> story(boolean restarting) {
    streamsOfNorth("a", "b", "c", "d", "e");
    List<Runnable> steps =
        List.of(
            () -> opens("a"),
            () -> opens("b"),
            () -> closes("a"),
            () -> opens("c"),
            () -> opens("a"),
            () -> closes("b"),
            () -> passes(70_000),
            () -> opens("b"),
            () -> closes("a"),
            () -> closes("b"),
            () -> closes("c"),
            () -> passes(70_000),
            () -> opens("e"));
    for (Runnable step : steps) {
      step.run();
      if (restarting) {
        restart();
      }
    }
    return stored();
  }

  @Test
  void take_flappingMember_isToldNothing() {
    streamsOfNorth("a", "b", "c");
    List.of("a", "b", "c").forEach(this::opens);

    for (int i = 0; i < 10; i++) {
      assertThat(closes("b")).isEmpty();
      assertThat(opens("b")).isEmpty();
    }
    assertThat(group().state()).isEqualTo(Incident.State.OPEN);
    assertThat(group().occurrences()).isEqualTo(1);
  }

  @Test
  void take_streamsThatShareTwoLabels_areOneGroup() {
    for (String name : List.of("a", "b", "c")) {
      labels.put(name, Map.of("cdn", "north", "origin", "one"));
    }
    List.of("a", "b").forEach(this::opens);

    assertThat(opens("c")).containsExactly("opened origin=one to hook");
    assertThat(folds.active("origin=one")).hasSize(1);
    assertThat(folds.active("cdn=north")).isEmpty();
    assertThat(folds.keys()).doesNotContain("cdn=north");
  }

  @Test
  void take_smallPartOfACdnButAllOfAnEncoder_isTheEncoder() {
    policy = new GroupPolicy(List.of("cdn", "encoder"), 3, 0.5, 60_000);
    for (int i = 0; i < 20; i++) {
      labels.put("s" + i, Map.of("cdn", "north", "encoder", i < 3 ? "x" : "y" + i));
    }
    List.of("s0", "s1").forEach(this::opens);

    assertThat(opens("s2")).containsExactly("opened encoder=x to hook");
  }

  @Test
  void take_channelThatIsNotToldOfTheGroup_isToldOfMembers() {
    streamsOfNorth("a", "b", "c", "d");
    labels.put("d", Map.of("cdn", "north", "team", "sports"));
    routing =
        new Routing(
            List.of(
                TestRoutes.route("all", Map.of(), true),
                TestRoutes.route("sports", Map.of("team", "sports"), true),
                TestRoutes.route("europe", Map.of("region", "eu"), true)),
            List.of());
    opens("a");
    opens("b");

    // All members so far are in Europe, so that the group is, too.
    assertThat(opens("c")).containsExactly("opened cdn=north to all", "opened cdn=north to europe");
    assertThat(opens("d")).containsExactly("opened d to sports");
  }

  @Test
  void take_streamIsRemoved_itsMemberIsOver() {
    streamsOfNorth("a", "b", "c");
    List.of("a", "b", "c").forEach(this::opens);
    labels.clear();
    List.of("a", "b", "c").forEach(stream -> take(new IncidentInput.Unwatched(stream, now + 1000)));

    assertThat(folds.keys()).isEmpty();
    assertThat(stored()).allMatch(incident -> incident.state() == Incident.State.CLOSED);
  }

  @Test
  void take_groupClosedByHand_closesItsMembers() {
    streamsOfNorth("a", "b", "c");
    List.of("a", "b", "c").forEach(this::opens);
    Incident group = group();

    List<String> told =
        take(
            new IncidentInput.Commanded(
                group.stream(), group.id(), Command.CLOSE, "ada", now + 1, "known"));

    assertThat(told)
        .containsExactlyInAnyOrder(
            "closed a to hook", "closed b to hook", "closed cdn=north to hook");
    assertThat(stored()).allMatch(incident -> incident.state() == Incident.State.CLOSED);
    // They stay closed until the defect is gone, and make no further group.
    assertThat(opens("a")).isEmpty();
    assertThat(folds.active("cdn=north")).isEmpty();
  }

  @Test
  void take_labelsAreSwitchedOff_groupsNothing() {
    policy = GroupPolicy.NONE;
    streamsOfNorth("a", "b", "c");
    opens("a");
    opens("b");

    assertThat(opens("c")).containsExactly("opened c to hook");
    assertThat(stored()).extracting(Incident::isGroup).containsOnly(false);
  }

  @Test
  void take_groupMemberReopenedByHand_isToldOfItsEndToo() {
    streamsOfNorth("a", "b", "c");
    List.of("a", "b", "c").forEach(this::opens);
    List.of("a", "b", "c").forEach(this::closes);
    passes(100_000);
    Incident late =
        stored().stream().filter(incident -> incident.stream().equals("c")).findFirst().get();

    assertThat(take(new IncidentInput.Reopened(late, IncidentPolicy.DEFAULT, "ada", now)))
        .containsExactly("reopened c to hook");
    assertThat(passes(100_000)).containsExactly("closed c to hook");
    assertThat(store.incidents().history(late.id()).getLast().type()).isEqualTo(Type.CLOSED);
  }
}
