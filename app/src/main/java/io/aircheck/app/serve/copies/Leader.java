package io.aircheck.app.serve.copies;

import io.aircheck.app.serve.incidents.CohortKey;
import io.aircheck.app.serve.incidents.LeaderDesk;
import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.CopyDirectory;
import io.aircheck.core.copies.CopyDirectory.Member;
import io.aircheck.core.copies.CopyDirectory.Place;
import io.aircheck.core.copies.Division;
import io.aircheck.core.copies.Placement;
import io.aircheck.core.copies.Share;
import io.aircheck.core.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Says which copy watches what, for one term. It looks anew every second and decides anew when a
 * copy or a stream came, went or changed, a copy is too full, or something waits for room; what
 * streams cost alone moves none, unless their copy is too full. One thread.
 */
final class Leader implements AutoCloseable {
  private final CopyDirectory directory;
  private final InputSender sender;
  private final Fleet fleet;
  private final LongSupplier clock;
  private final long term;
  private final LeaderDesk desk;

  /** What was last decided on. */
  private record Situation(List<Share> shares, List<Member> members) {}

  /** What a share is, whoever watches it. */
  private record Part(String stream, String share) {}

  private Situation decided = new Situation(List.of(), List.of());
  private List<Share> waiting = List.of();

  /** Ids of copies that have come and have not got their part yet. */
  private final Set<String> joined = new HashSet<>();

  /** Whether what was last decided left nothing to move. */
  private boolean settled = true;

  /** Cores that shares used when last measured: a share that moves costs what it did. */
  private final Map<Part, Double> measured = new HashMap<>();

  /** Streams whose end was told, until their incidents have ended. */
  private final Set<String> toldGone = new HashSet<>();

  /**
   * @param clock wall-clock milliseconds since the epoch
   * @param desk makes incidents in this term; started and closed here
   */
  Leader(
      CopyDirectory directory,
      InputSender sender,
      Fleet fleet,
      LongSupplier clock,
      long term,
      LeaderDesk desk) {
    this.directory = directory;
    this.sender = sender;
    this.fleet = fleet;
    this.clock = clock;
    this.term = term;
    this.desk = desk;
    desk.start();
  }

  long term() {
    return term;
  }

  LeaderDesk desk() {
    return desk;
  }

  /** Shares that no copy watches, for want of room or of a copy that runs their detectors. */
  List<Share> waiting() {
    return waiting;
  }

  /**
   * Looks at everything once.
   *
   * @param due streams that are to be watched now
   * @param keepsViewers whether one copy is to have the viewers
   * @param trusting whether copies whose lease has run out are taken to be gone: not while this one
   *     has been away from the directory itself
   * @return false when the term is over
   * @throws StoreException when the directory does not answer
   */
  boolean look(
      List<WatchedStream> due, PolicyBook policies, boolean keepsViewers, boolean trusting) {
    List<Member> members =
        fleet.members().stream()
            .map(m -> new Member(m.copy(), m.draining(), m.alive() || !trusting))
            .toList();
    List<Assignment> now = fleet.assignments();
    measure(now);
    double usual = fleet.usualCores();
    List<Share> shares = new ArrayList<>();
    for (WatchedStream stream : due) {
      shares.addAll(divide(stream, policies, members, usual));
    }
    measured.keySet().retainAll(shares.stream().map(Leader::part).collect(Collectors.toSet()));
    Situation situation =
        new Situation(shares.stream().map(share -> share.costing(1)).toList(), members);
    boolean changed = !situation.equals(decided);
    boolean goesOn = true;
    if (changed || !settled || !waiting.isEmpty() || isTooFull(shares, members, now)) {
      welcome(members, now);
      Placement placement =
          changed || !settled
              ? Placement.evenly(shares, members, now, joined)
              : Placement.of(shares, members, now);
      goesOn = decide(placement, shares, members, now, keepsViewers);
      if (goesOn) {
        decided = situation;
        settled = placement.settled();
      }
      if (settled) {
        joined.clear();
      }
    }
    tellGone(due.stream().map(WatchedStream::id).collect(Collectors.toSet()), keepsViewers);
    return goesOn;
  }

  private void measure(List<Assignment> now) {
    for (Assignment share : now) {
      double cores = fleet.cores(share);
      if (cores >= 0) {
        measured.put(new Part(share.stream(), share.share()), Math.max(Fleet.LEAST_CORES, cores));
      }
    }
  }

  private static Part part(Share share) {
    return new Part(share.stream(), share.share());
  }

  /** Takes note of copies that have come, or have come back, since the last decision. */
  private void welcome(List<Member> members, List<Assignment> now) {
    // Who begins to lead has decided nothing yet: to it, those have come that watch nothing.
    Set<String> known =
        decided.members().isEmpty()
            ? now.stream().map(Assignment::copy).collect(Collectors.toSet())
            : here(decided.members());
    here(members).stream().filter(copy -> !known.contains(copy)).forEach(joined::add);
  }

  private static Set<String> here(List<Member> members) {
    return members.stream()
        .filter(member -> member.alive() && !member.draining())
        .map(member -> member.copy().id())
        .collect(Collectors.toSet());
  }

  private List<Share> divide(
      WatchedStream stream, PolicyBook policies, List<Member> members, double usual) {
    Optional<PolicyBook.Policy> policy = policies.find(stream.settings().policy());
    return Division.of(
        stream.id(),
        stream.settings().labels(),
        policy.map(PolicyBook.Policy::kinds).orElse(Set.of()),
        policy.map(PolicyBook.Policy::comparing).orElse(Set.of()),
        members,
        (id, share) -> measured.getOrDefault(new Part(id, share), usual));
  }

  private static boolean isTooFull(List<Share> shares, List<Member> members, List<Assignment> now) {
    Map<Part, Double> costs = new HashMap<>();
    shares.forEach(share -> costs.put(part(share), share.cost()));
    Map<String, Double> loads = new HashMap<>();
    for (Assignment a : now) {
      double cost = costs.getOrDefault(new Part(a.stream(), a.share()), 0.0);
      loads.merge(a.copy(), cost, Double::sum);
    }
    return members.stream()
        .map(Member::copy)
        .anyMatch(copy -> loads.getOrDefault(copy.id(), 0.0) > copy.capacity());
  }

  private boolean decide(
      Placement placement,
      List<Share> shares,
      List<Member> members,
      List<Assignment> now,
      boolean keepsViewers) {
    waiting = placement.waiting();
    List<Place> places = new ArrayList<>(placement.places());
    if (keepsViewers) {
      ViewersShare.place(members, now, copy -> fleet.cores(copy.id())).ifPresent(places::add);
    }
    Set<Place> before =
        now.stream()
            .map(a -> new Place(a.stream(), a.share(), a.copy()))
            .collect(Collectors.toSet());
    if (before.equals(Set.copyOf(places))) {
      return true;
    }
    pause(shares, members, now, places);
    return directory.assign(term, places);
  }

  /**
   * Nobody can tell what is over on streams that no copy watches any more, nor for viewers whose
   * copy is gone: until they are watched again, what is open stays open. That has to be known
   * before anybody watches them again.
   */
  private void pause(
      List<Share> shares, List<Member> members, List<Assignment> now, List<Place> places) {
    Set<String> alive =
        members.stream()
            .filter(Member::alive)
            .map(member -> member.copy().id())
            .collect(Collectors.toSet());
    Set<String> placed = places.stream().map(Place::stream).collect(Collectors.toSet());
    Set<String> paused = new LinkedHashSet<>();
    now.forEach(assignment -> paused.add(assignment.stream()));
    paused.retainAll(shares.stream().map(Share::stream).collect(Collectors.toSet()));
    for (Assignment assignment : now) {
      if (alive.contains(assignment.copy()) && placed.contains(assignment.stream())) {
        paused.remove(assignment.stream());
      }
    }
    if (now.stream().filter(ViewersShare::isOne).anyMatch(a -> !alive.contains(a.copy()))) {
      desk.streams().stream().filter(CohortKey::isOne).forEach(paused::add);
    }
    if (!paused.isEmpty()) {
      paused.forEach(
          stream -> sender.add(Optional.empty(), InputText.paused(stream, clock.getAsLong())));
      sender.flush();
    }
  }

  /**
   * Streams that are not to be watched any more have no incidents; nobody watches them by now.
   * Neither have viewers whose reports are not collected any more.
   */
  private void tellGone(Set<String> due, boolean keepsViewers) {
    Set<String> withIncidents = desk.streams();
    toldGone.retainAll(withIncidents);
    toldGone.removeAll(due);
    for (String stream : withIncidents) {
      boolean watched =
          CohortKey.isOne(stream)
              ? keepsViewers
              : due.contains(stream) || !fleet.of(stream).isEmpty();
      if (!watched && toldGone.add(stream)) {
        sender.add(Optional.empty(), InputText.unwatched(stream, clock.getAsLong()));
      }
    }
  }

  @Override
  public void close() {
    desk.close();
  }
}
