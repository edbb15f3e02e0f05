package io.aircheck.incidents;

import io.aircheck.core.fold.Fold;
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
import io.aircheck.incidents.GroupState.Active;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one incident of the same defect on several streams that share a label: when enough of them
 * have it within a window of time. Later ones join, and the group is over when all its members are.
 *
 * <p>Only incidents that nothing explains count, so that a group is of causes and not of what they
 * bring about.
 */
public final class GroupFold implements Fold<String, GroupState, GroupInput, GroupOutput> {

  @Override
  public String key(GroupInput input) {
    return input.shared();
  }

  @Override
  public GroupState initial(String shared) {
    return GroupState.NONE;
  }

  @Override
  public Step<GroupState, GroupOutput> apply(GroupState state, GroupInput input) {
    Work work = new Work(state);
    switch (input) {
      case GroupInput.Happened happened -> happened(work, happened);
      case GroupInput.Said said -> said(work, said.command());
    }
    return Step.of(new GroupState(work.candidates, work.groups), work.outputs);
  }

  private static void happened(Work work, GroupInput.Happened input) {
    Incident incident = input.change().incident();
    int at = work.holding(incident.id());
    if (at >= 0) {
      work.follow(at, incident, input.atMillis());
      return;
    }
    work.forget(incident.id());
    boolean counts =
        input.shares()
            && incident.state() != State.CLOSED
            && incident.explainedBy().isEmpty()
            && incident.group().isEmpty();
    if (!counts) {
      return;
    }
    int about = work.about(incident.cause());
    if (about >= 0) {
      work.join(about, input.change());
    } else {
      work.candidates.add(incident);
      form(work, input);
    }
  }

  /** Makes a group of the candidates when there are enough of them. */
  private static void form(Work work, GroupInput.Happened input) {
    GroupPolicy policy = input.policy();
    String cause = input.change().incident().cause();
    long now = input.atMillis();
    work.candidates.removeIf(other -> other.openedMillis() < now - policy.windowMillis());
    List<Incident> alike =
        work.candidates.stream().filter(other -> other.cause().equals(cause)).toList();
    long streams = alike.stream().map(Incident::stream).distinct().count();
    if (streams < policy.minStreams() || streams < policy.minShare() * input.streams()) {
      return;
    }
    work.open(input.shared(), alike, now);
    String latest = input.change().incident().id();
    boolean isNew = input.change().type() == Type.OPENED;
    for (Incident member : alike) {
      work.forget(member.id());
      work.tell(member, !isNew || !member.id().equals(latest), now);
    }
  }

  private static void said(Work work, Commanded command) {
    int at = work.withId(command.incident());
    if (at < 0) {
      return;
    }
    Active active = work.groups.get(at);
    IncidentEditor edit = new IncidentEditor(active.incident());
    Type type = command.command() == Command.ACKNOWLEDGE ? Type.ACKNOWLEDGED : Type.NOTED;
    if (command.command() == Command.ACKNOWLEDGE) {
      edit.acknowledge(command.by(), command.atMillis());
    }
    if (!command.text().isEmpty()) {
      edit.note(command.by(), command.atMillis(), command.text());
    }
    if (command.command() == Command.CLOSE) {
      type = Type.CLOSED;
      edit.state(State.CLOSED);
      work.groups.remove(at);
      for (Member member : active.incident().members()) {
        if (active.members().get(member.id()) != State.CLOSED) {
          work.outputs.add(
              new GroupOutput.ForMember(
                  new Commanded(
                      member.stream(),
                      member.id(),
                      Command.CLOSE,
                      command.by(),
                      command.atMillis(),
                      "")));
        }
      }
    }
    Incident changed = edit.done();
    if (type != Type.CLOSED) {
      work.groups.set(at, active.with(changed, active.members()));
    }
    work.changed(type, changed, command.atMillis());
  }

  /** A step in the making. */
  private static final class Work {
    private final List<Incident> candidates;
    private final List<Active> groups;
    private final List<GroupOutput> outputs = new ArrayList<>();

    Work(GroupState state) {
      candidates = new ArrayList<>(state.candidates());
      groups = new ArrayList<>(state.groups());
    }

    void forget(String incident) {
      candidates.removeIf(candidate -> candidate.id().equals(incident));
    }

    /** The group that has a member, or -1. */
    int holding(String incident) {
      for (int i = 0; i < groups.size(); i++) {
        if (groups.get(i).members().containsKey(incident)) {
          return i;
        }
      }
      return -1;
    }

    /** The group of a cause, or -1. */
    int about(String cause) {
      for (int i = 0; i < groups.size(); i++) {
        if (groups.get(i).incident().cause().equals(cause)) {
          return i;
        }
      }
      return -1;
    }

    int withId(String id) {
      for (int i = 0; i < groups.size(); i++) {
        if (groups.get(i).incident().id().equals(id)) {
          return i;
        }
      }
      return -1;
    }

    void changed(Type type, Incident group, long now) {
      outputs.add(new GroupOutput.Changed(new IncidentChange(type, group, now)));
    }

    /** The fold of its stream is to know that an incident belongs to the group of its cause. */
    void tell(Incident member, boolean alone, long now) {
      String group = groups.get(about(member.cause())).incident().id();
      outputs.add(
          new GroupOutput.ForMember(
              new IncidentInput.Grouped(
                  member.stream(), member.id(), new Group(group, alone), now)));
    }

    void open(String shared, List<Incident> members, long now) {
      Incident first = members.getFirst();
      Map<String, State> states = new LinkedHashMap<>();
      IncidentEditor edit = new IncidentEditor(empty(shared, first, now));
      for (Incident member : members) {
        edit.member(member);
        states.put(member.id(), member.state());
      }
      Incident opened = edit.state(Active.stateOf(states)).quietly();
      groups.add(new Active(opened, opened.severity(), states));
      changed(Type.OPENED, opened, now);
    }

    private static Incident empty(String shared, Incident first, long now) {
      return new Incident(
          Incident.id(shared, first.cause(), now),
          shared,
          first.cause(),
          State.OPEN,
          first.severity(),
          first.confidence(),
          first.firstSeenMillis(),
          now,
          first.lastSeenMillis(),
          1,
          List.of(),
          List.of(first.cause()),
          Map.of(),
          first.message(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          1);
    }

    /**
     * A late member is not told on its own, unless it is new to whoever is told of such severities
     * alone.
     */
    void join(int at, IncidentChange change) {
      Incident incident = change.incident();
      boolean worse = incident.severity().compareTo(groups.get(at).openedSeverity()) > 0;
      tell(incident, worse || change.type() != Type.OPENED, change.atMillis());
      follow(at, incident, change.atMillis());
    }

    /** A member is in this state now. */
    void follow(int at, Incident member, long now) {
      Active before = groups.get(at);
      Map<String, State> states = new LinkedHashMap<>(before.members());
      states.put(member.id(), member.state());
      IncidentEditor edit = new IncidentEditor(before.incident()).member(member);
      List<String> listed = edit.quietly().members().stream().map(Member::id).toList();
      states.keySet().retainAll(listed);
      State state = Active.stateOf(states);
      edit.state(state);
      Type type = typeOf(before.incident().state(), state);
      if (type == Type.RECURRED) {
        edit.recurred();
      }
      if (type == null && edit.visiblyChanged()) {
        type = Type.UPDATED;
      }
      Incident after = type == null ? edit.quietly() : edit.done();
      if (state == State.CLOSED) {
        groups.remove(at);
      } else {
        groups.set(at, before.with(after, states));
      }
      if (type != null) {
        changed(type, after, now);
      }
    }

    private static @Nullable Type typeOf(State before, State after) {
      if (before == after) {
        return null;
      }
      return switch (after) {
        case OPEN -> Type.RECURRED;
        case RECOVERING -> Type.RECOVERING;
        case CLOSED -> Type.CLOSED;
      };
    }
  }
}
