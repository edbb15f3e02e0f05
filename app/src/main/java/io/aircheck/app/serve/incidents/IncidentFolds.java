package io.aircheck.app.serve.incidents;

import io.aircheck.core.fold.Fold.Step;
import io.aircheck.core.incident.GroupPolicy;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentInput;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.store.IncidentStore.Commit;
import io.aircheck.incidents.GroupFold;
import io.aircheck.incidents.GroupInput;
import io.aircheck.incidents.GroupOutput;
import io.aircheck.incidents.GroupState;
import io.aircheck.incidents.IncidentFold;
import io.aircheck.incidents.IncidentState;
import io.aircheck.storage.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The folds of incidents and their states: one for each stream, and one for each label and value
 * that streams share, keyed by {@code label=value}. What happens to incidents of streams goes on to
 * the folds of what they share, and what those decide goes back. One thread.
 */
final class IncidentFolds {
  private final IncidentDesk.Streams streams;
  private final IncidentFold fold = new IncidentFold();
  private final GroupFold groupFold = new GroupFold();
  private final Map<String, IncidentState> states = new HashMap<>();
  private final Map<String, GroupState> groups = new HashMap<>();
  private final Map<String, Long> timers = new HashMap<>();

  IncidentFolds(IncidentDesk.Streams streams) {
    this.streams = streams;
  }

  /** Whether a key is a label and its value; ids of streams have no equals sign. */
  static boolean isShared(String key) {
    return key.indexOf('=') >= 0;
  }

  private static String shared(String label, String value) {
    return label + "=" + value;
  }

  /** Takes up states that were stored. */
  void restore(Map<String, byte[]> stored) {
    stored.forEach(
        (key, bytes) -> {
          String text = new String(bytes, StandardCharsets.UTF_8);
          if (isShared(key)) {
            groups.put(key, RecordJson.read(text, GroupState.class));
          } else {
            IncidentState state = RecordJson.read(text, IncidentState.class);
            states.put(key, state);
            state.nextDeadlineMillis().ifPresent(due -> timers.put(key, due));
          }
        });
  }

  /** Keys of all that have a state. */
  Set<String> keys() {
    Set<String> keys = new TreeSet<>(states.keySet());
    keys.addAll(groups.keySet());
    return keys;
  }

  /** Incidents of a stream, or of what streams share, that are not over. */
  List<Incident> active(String key) {
    if (isShared(key)) {
      return groups.getOrDefault(key, GroupState.NONE).groups().stream()
          .map(GroupState.Active::incident)
          .toList();
    }
    return states.getOrDefault(key, IncidentState.NONE).active().stream()
        .map(IncidentState.Active::incident)
        .filter(incident -> incident.state() != Incident.State.CLOSED)
        .toList();
  }

  /** When the next timer is due; {@link Long#MAX_VALUE}: none is set. */
  long dueMillis() {
    return timers.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
  }

  /** A batch of inputs that is stored as a whole. */
  Batch batch() {
    return new Batch();
  }

  /** What a batch does. */
  final class Batch {
    private final Map<String, Round> rounds = new LinkedHashMap<>();
    private final Map<String, GroupRound> groupRounds = new LinkedHashMap<>();

    /** Takes an input in, and says what happened to incidents of its own stream or group. */
    List<IncidentChange> take(IncidentInput input) {
      if (isShared(input.stream())) {
        return input instanceof IncidentInput.Commanded command
            ? takeShared(new GroupInput.Said(command))
            : List.of();
      }
      Round round = rounds.computeIfAbsent(input.stream(), Round::new);
      // A timer that is due before an input comes first, as it does in any other runtime.
      round.advance(input.atMillis());
      return round.take(fold.apply(round.state, input));
    }

    /** Lets timers that are due go off. */
    void advance(long toMillis) {
      for (String stream : List.copyOf(timers.keySet())) {
        if (timers.getOrDefault(stream, Long.MAX_VALUE) <= toMillis) {
          rounds.computeIfAbsent(stream, Round::new).advance(toMillis);
        }
      }
    }

    /** Tells the folds of what a stream shares what happened to one of its incidents. */
    private void share(IncidentChange change) {
      Incident incident = change.incident();
      GroupPolicy policy = streams.grouping();
      Map<String, String> labels = streams.labels(incident.stream());
      for (String label : policy.labels()) {
        String value = labels.get(label);
        if (value != null) {
          GroupInput input =
              new GroupInput.Happened(
                  shared(label, value), change, true, streams.sharing(label, value), policy);
          takeShared(input);
          boolean joined =
              incident.group().isEmpty() && belongs(shared(label, value), incident.id());
          if (joined) {
            // The others were told so as it joined.
            return;
          }
        }
      }
      // Labels may have changed since, or be gone with the stream.
      new TreeMap<>(groups)
          .forEach(
              (key, state) -> {
                if (state.knows(incident.id()) && !labelled(policy, labels, key)) {
                  takeShared(new GroupInput.Happened(key, change, false, 0, policy));
                }
              });
    }

    private static boolean labelled(GroupPolicy policy, Map<String, String> labels, String key) {
      return policy.labels().stream()
          .anyMatch(label -> key.equals(shared(label, labels.getOrDefault(label, ""))));
    }

    private boolean belongs(String key, String incident) {
      return groups.getOrDefault(key, GroupState.NONE).groups().stream()
          .anyMatch(group -> group.members().containsKey(incident));
    }

    private List<IncidentChange> takeShared(GroupInput input) {
      GroupRound round = groupRounds.computeIfAbsent(input.shared(), GroupRound::new);
      GroupState before = groups.getOrDefault(input.shared(), GroupState.NONE);
      Step<GroupState, GroupOutput> step = groupFold.apply(before, input);
      if (step.state().isEmpty()) {
        groups.remove(input.shared());
      } else {
        groups.put(input.shared(), step.state());
      }
      List<IncidentChange> changes = new ArrayList<>();
      for (GroupOutput output : step.outputs()) {
        switch (output) {
          case GroupOutput.Changed changed -> {
            changes.add(changed.change());
            round.changes.add(changed.change());
          }
          case GroupOutput.ForMember member -> take(member.input());
        }
      }
      return changes;
    }

    /** Streams, and what they share, that the batch is about. */
    Collection<String> keys() {
      Set<String> keys = new LinkedHashSet<>(rounds.keySet());
      keys.addAll(groupRounds.keySet());
      return keys;
    }

    /** What is to be stored. */
    List<Commit> commits(Routing routing) {
      List<Commit> commits = new ArrayList<>();
      for (Round round : rounds.values()) {
        if (round.changed()) {
          commits.add(round.commit(routing));
        }
      }
      for (GroupRound round : groupRounds.values()) {
        if (round.changed()) {
          commits.add(round.commit(routing));
        }
      }
      return commits;
    }

    /** The group of an incident as it is after the batch, or was when it ended in it. */
    private Optional<Incident> group(Incident.Group group) {
      for (GroupState state : groups.values()) {
        for (GroupState.Active active : state.groups()) {
          if (active.incident().id().equals(group.id())) {
            return Optional.of(active.incident());
          }
        }
      }
      return groupRounds.values().stream()
          .flatMap(round -> round.changes.stream())
          .map(IncidentChange::incident)
          .filter(incident -> incident.id().equals(group.id()))
          .reduce((earlier, later) -> later);
    }

    /** What the batch does to one stream. */
    private final class Round {
      private final String stream;
      private final IncidentState before;
      private IncidentState state;
      private final List<IncidentChange> changes = new ArrayList<>();

      Round(String stream) {
        this.stream = stream;
        this.before = states.getOrDefault(stream, fold.initial(stream));
        this.state = before;
      }

      void advance(long toMillis) {
        Long due = timers.get(stream);
        while (due != null && due <= toMillis) {
          take(fold.onTimer(state, due));
          Long next = timers.get(stream);
          due = next != null && next > due ? next : null;
        }
      }

      List<IncidentChange> take(Step<IncidentState, IncidentChange> step) {
        state = step.state();
        if (state.active().isEmpty()) {
          states.remove(stream);
        } else {
          states.put(stream, state);
        }
        OptionalLong timer = step.timerMillis();
        if (timer.isPresent()) {
          timers.put(stream, timer.getAsLong());
        } else {
          timers.remove(stream);
        }
        changes.addAll(step.outputs());
        step.outputs().forEach(Batch.this::share);
        return step.outputs();
      }

      boolean changed() {
        return !changes.isEmpty() || !state.equals(before);
      }

      Commit commit(Routing routing) {
        Map<String, String> labels =
            CohortKey.isOne(stream) ? CohortKey.values(stream) : streams.labels(stream);
        Map<String, Incident.Group> joined = new HashMap<>();
        changes.forEach(
            change ->
                change
                    .incident()
                    .group()
                    .ifPresent(group -> joined.put(change.incident().id(), group)));
        List<Notification> notifications = new ArrayList<>();
        for (IncidentChange change : changes) {
          Incident.Group group = joined.get(change.incident().id());
          Optional<Incident> instead =
              group != null && Routing.isToldByGroup(change.type(), group)
                  ? group(group)
                  : Optional.empty();
          notifications.addAll(
              instead.isEmpty()
                  ? routing.notifications(change, labels)
                  : routing.beyond(change, labels, instead.get(), common(instead.get())));
        }
        return new Commit(stream, bytes(state, state.active().isEmpty()), changes, notifications);
      }
    }

    /** What the batch does to what streams share. */
    private final class GroupRound {
      private final String shared;
      private final GroupState before;
      private final List<IncidentChange> changes = new ArrayList<>();

      GroupRound(String shared) {
        this.shared = shared;
        this.before = groups.getOrDefault(shared, GroupState.NONE);
      }

      boolean changed() {
        return !changes.isEmpty() || !groups.getOrDefault(shared, GroupState.NONE).equals(before);
      }

      Commit commit(Routing routing) {
        List<Notification> notifications = new ArrayList<>();
        for (IncidentChange change : changes) {
          notifications.addAll(routing.notifications(change, common(change.incident())));
        }
        GroupState state = groups.getOrDefault(shared, GroupState.NONE);
        return new Commit(shared, bytes(state, state.isEmpty()), changes, notifications);
      }
    }
  }

  /** What all streams of a group have in common, the label that makes it first of all. */
  private Map<String, String> common(Incident group) {
    Map<String, String> common = new HashMap<>();
    boolean first = true;
    for (Incident.Member member : group.members()) {
      Map<String, String> labels = streams.labels(member.stream());
      if (first) {
        common.putAll(labels);
        first = false;
      } else {
        common.entrySet().retainAll(new HashSet<>(labels.entrySet()));
      }
    }
    String[] shared = group.stream().split("=", 2);
    common.put(shared[0], shared[1]);
    return common;
  }

  private static byte[] bytes(Record state, boolean isEmpty) {
    return isEmpty ? new byte[0] : RecordJson.write(state).getBytes(StandardCharsets.UTF_8);
  }
}
