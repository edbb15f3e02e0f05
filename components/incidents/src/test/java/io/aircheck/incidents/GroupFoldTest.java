package io.aircheck.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.fold.Fold.Step;
import io.aircheck.core.incident.GroupPolicy;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.Incident.Group;
import io.aircheck.core.incident.Incident.Member;
import io.aircheck.core.incident.Incident.State;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentChange.Type;
import io.aircheck.core.incident.IncidentInput;
import io.aircheck.core.incident.IncidentInput.Commanded;
import io.aircheck.core.incident.IncidentInput.Commanded.Command;
import io.aircheck.core.observe.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupFoldTest {
  private static final String NORTH = "cdn=north";
  private static final GroupPolicy POLICY = new GroupPolicy(List.of("cdn"), 3, 0.5, 60_000);

  private final GroupFold fold = new GroupFold();
  private GroupState state = GroupState.NONE;
  private final List<IncidentChange> changes = new ArrayList<>();
  private final List<IncidentInput> forMembers = new ArrayList<>();
  private int streams = 4;

  private static Incident incident(String stream, State state, Severity severity, long opened) {
    return new Incident(
        Incident.id(stream, "video.black", opened),
        stream,
        "video.black",
        state,
        severity,
        0.9,
        opened - 1000,
        opened,
        opened,
        1,
        List.of(),
        List.of("video.black"),
        Map.of(),
        "black",
        Optional.empty(),
        Optional.empty(),
        List.of(),
        1);
  }

  private void take(GroupInput input) {
    Step<GroupState, GroupOutput> step = fold.apply(state, input);
    state = step.state();
    for (GroupOutput output : step.outputs()) {
      switch (output) {
        case GroupOutput.Changed changed -> changes.add(changed.change());
        case GroupOutput.ForMember member -> forMembers.add(member.input());
      }
    }
  }

  private void happens(Type type, Incident incident, long at) {
    take(
        new GroupInput.Happened(
            NORTH, new IncidentChange(type, incident, at), true, streams, POLICY));
  }

  private void opens(String stream, long at) {
    happens(Type.OPENED, incident(stream, State.OPEN, Severity.WARNING, at), at);
  }

  private void becomes(Type type, String stream, State to, long opened, long at) {
    happens(type, incident(stream, to, Severity.WARNING, opened), at);
  }

  private List<Type> types() {
    return changes.stream().map(IncidentChange::type).toList();
  }

  private Incident latest() {
    return changes.getLast().incident();
  }

  /** Streams a, b and c open one after the other. */
  private void three() {
    opens("a", 10_000);
    opens("b", 20_000);
    opens("c", 30_000);
  }

  @Test
  void apply_enoughStreamsWithinTheWindow_isOneGroup() {
    opens("a", 10_000);
    opens("b", 20_000);
    assertThat(changes).isEmpty();

    opens("c", 30_000);

    assertThat(types()).containsExactly(Type.OPENED);
    assertThat(latest().stream()).isEqualTo(NORTH);
    assertThat(latest().cause()).isEqualTo("video.black");
    assertThat(latest().message()).isEqualTo("3 streams on cdn=north: black");
    assertThat(latest().firstSeenMillis()).isEqualTo(9_000);
    assertThat(latest().openedMillis()).isEqualTo(30_000);
    assertThat(latest().measurements()).containsEntry("streams", 3.0);
    assertThat(latest().members()).extracting(Member::stream).containsExactly("a", "b", "c");
    String group = latest().id();
    assertThat(forMembers)
        .extracting(input -> ((IncidentInput.Grouped) input).group())
        .containsExactly(new Group(group, true), new Group(group, true), new Group(group, false));
  }

  @Test
  void apply_tooFewOfThoseWithTheLabel_isNone() {
    streams = 7;
    three();
    assertThat(changes).isEmpty();

    opens("d", 40_000);
    assertThat(types()).containsExactly(Type.OPENED);
    assertThat(latest().members()).hasSize(4);
  }

  @Test
  void apply_outsideTheWindow_isNone() {
    opens("a", 10_000);
    opens("b", 20_000);
    opens("c", 70_001);

    assertThat(changes).isEmpty();
  }

  @Test
  void apply_sameStreamAgainAndAgain_isNone() {
    opens("a", 10_000);
    becomes(Type.CLOSED, "a", State.CLOSED, 10_000, 12_000);
    opens("a", 13_000);
    opens("a", 14_000);
    opens("b", 15_000);

    assertThat(changes).isEmpty();
  }

  @Test
  void apply_closedOrExplainedBefore_doesNotCount() {
    opens("a", 10_000);
    opens("b", 11_000);
    becomes(Type.CLOSED, "b", State.CLOSED, 11_000, 12_000);
    opens("c", 13_000);

    assertThat(changes).isEmpty();
  }

  @Test
  void apply_lateMember_joinsAndIsNotToldAlone() {
    three();
    opens("d", 5_000_000);

    assertThat(types()).containsExactly(Type.OPENED, Type.UPDATED);
    assertThat(latest().members()).extracting(Member::stream).containsExactly("a", "b", "c", "d");
    assertThat(latest().message()).startsWith("4 streams");
    assertThat(((IncidentInput.Grouped) forMembers.getLast()).group().alone()).isFalse();
  }

  @Test
  void apply_lateMemberThatIsWorse_isToldAlone() {
    three();
    happens(Type.OPENED, incident("d", State.OPEN, Severity.ERROR, 40_000), 40_000);

    assertThat(latest().severity()).isEqualTo(Severity.ERROR);
    assertThat(((IncidentInput.Grouped) forMembers.getLast()).group().alone()).isTrue();
  }

  @Test
  void apply_flappingMember_changesTheGroupOnlyWhenItIsTheLast() {
    three();
    becomes(Type.RECOVERING, "a", State.RECOVERING, 10_000, 40_000);
    becomes(Type.RECURRED, "a", State.OPEN, 10_000, 41_000);
    becomes(Type.RECOVERING, "a", State.RECOVERING, 10_000, 42_000);
    becomes(Type.RECOVERING, "b", State.RECOVERING, 20_000, 42_000);
    assertThat(types()).containsExactly(Type.OPENED);

    becomes(Type.RECOVERING, "c", State.RECOVERING, 30_000, 43_000);
    becomes(Type.RECURRED, "b", State.OPEN, 20_000, 44_000);
    assertThat(types()).containsExactly(Type.OPENED, Type.RECOVERING, Type.RECURRED);
    assertThat(latest().occurrences()).isEqualTo(2);
  }

  @Test
  void apply_allMembersOver_closesAndKeepsTheirList() {
    three();
    for (int i = 0; i < 3; i++) {
      String stream = "abc".substring(i, i + 1);
      becomes(Type.RECOVERING, stream, State.RECOVERING, 10_000 * (i + 1), 50_000);
      becomes(Type.CLOSED, stream, State.CLOSED, 10_000 * (i + 1), 110_000);
    }

    assertThat(types()).containsExactly(Type.OPENED, Type.RECOVERING, Type.CLOSED);
    assertThat(latest().members()).hasSize(3);
    assertThat(state).isEqualTo(GroupState.NONE);
  }

  @Test
  void apply_memberThatComesBackAsANewIncident_isListedOnce() {
    three();
    becomes(Type.CLOSED, "a", State.CLOSED, 10_000, 100_000);
    for (int i = 0; i < 100; i++) {
      long at = 200_000 + i * 100_000L;
      opens("a", at);
      becomes(Type.CLOSED, "a", State.CLOSED, at, at + 90_000);
    }

    assertThat(latest().members()).extracting(Member::stream).containsExactly("b", "c", "a");
    assertThat(state.groups().getFirst().members()).hasSize(3);
  }

  @Test
  void apply_streamThatLostItsLabel_isFollowedToItsEnd() {
    three();
    Incident gone = incident("a", State.CLOSED, Severity.WARNING, 10_000);
    IncidentChange closed = new IncidentChange(Type.CLOSED, gone, 50_000);
    take(new GroupInput.Happened(NORTH, closed, false, 0, POLICY));

    assertThat(state.groups().getFirst().members())
        .containsEntry(Incident.id("a", "video.black", 10_000), State.CLOSED);
  }

  @Test
  void said_close_closesTheMembersToo() {
    three();
    Incident group = latest();
    forMembers.clear();
    take(
        new GroupInput.Said(
            new Commanded(NORTH, group.id(), Command.CLOSE, "ada", 60_000, "known")));

    assertThat(types()).containsExactly(Type.OPENED, Type.CLOSED);
    assertThat(latest().notes()).extracting(Incident.Note::text).containsExactly("known");
    assertThat(forMembers)
        .hasSize(3)
        .allSatisfy(input -> assertThat(((Commanded) input).command()).isEqualTo(Command.CLOSE));
    assertThat(state.groups()).isEmpty();
  }

  @Test
  void said_acknowledge_isKeptOnTheGroup() {
    three();
    take(
        new GroupInput.Said(
            new Commanded(NORTH, latest().id(), Command.ACKNOWLEDGE, "ada", 60_000, "")));
    opens("d", 70_000);

    assertThat(types()).containsExactly(Type.OPENED, Type.ACKNOWLEDGED, Type.UPDATED);
    assertThat(latest().acknowledgement()).isPresent();
    assertThat(latest().revision()).isEqualTo(3);
  }
}
