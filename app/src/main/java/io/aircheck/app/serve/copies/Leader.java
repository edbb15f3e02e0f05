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
import io.aircheck.core.deploy.DetectorChoice;
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
 * streams cost alone moves none. One thread.
 */
final class Leader implements AutoCloseable {
  /** Cores that a stream is expected to use where none was measured. */
  private static final double UNKNOWN_CORES = 0.1;

  /** Streams that use hardly anything still count. */
  private static final double LEAST_CORES = 0.001;

  private final CopyDirectory directory;
  private final InputSender sender;
  private final Fleet fleet;
  private final LongSupplier clock;
  private final long term;
  private final LeaderDesk desk;

  /** What was last decided on. */
  private record Situation(List<Share> shares, List<Member> members) {}

  private Situation decided = new Situation(List.of(), List.of());
  private List<Share> waiting = List.of();

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
    double usual = usualCores(now);
    List<Share> shares = new ArrayList<>();
    for (WatchedStream stream : due) {
      shares.addAll(divide(stream, policies, members, now, usual));
    }
    Situation situation =
        new Situation(shares.stream().map(share -> share.costing(1)).toList(), members);
    boolean goesOn = true;
    if (!situation.equals(decided) || !waiting.isEmpty() || isTooFull(shares, members, now)) {
      goesOn = decide(shares, members, now, keepsViewers);
      if (goesOn) {
        decided = situation;
      }
    }
    tellGone(due.stream().map(WatchedStream::id).collect(Collectors.toSet()), keepsViewers);
    return goesOn;
  }

  private List<Share> divide(
      WatchedStream stream,
      PolicyBook policies,
      List<Member> members,
      List<Assignment> now,
      double usual) {
    Set<String> kinds =
        policies
            .find(stream.settings().policy())
            .map(PolicyBook.Policy::detectors)
            .orElse(List.of())
            .stream()
            .map(DetectorChoice::kind)
            .collect(Collectors.toSet());
    Map<String, Double> known = new HashMap<>();
    for (Assignment share : fleet.of(stream.id())) {
      double cores = fleet.cores(share);
      if (cores >= 0) {
        known.put(share.share(), Math.max(LEAST_CORES, cores));
      }
    }
    return Division.of(
        stream.id(),
        stream.settings().labels(),
        kinds,
        members,
        (id, share) -> known.getOrDefault(share, usual));
  }

  private double usualCores(List<Assignment> now) {
    return now.stream()
        .mapToDouble(fleet::cores)
        .filter(cores -> cores >= 0)
        .map(cores -> Math.max(LEAST_CORES, cores))
        .average()
        .orElse(UNKNOWN_CORES);
  }

  private static boolean isTooFull(List<Share> shares, List<Member> members, List<Assignment> now) {
    Map<Place, Double> costs = new HashMap<>();
    shares.forEach(share -> costs.put(new Place(share.stream(), share.share(), ""), share.cost()));
    Map<String, Double> loads = new HashMap<>();
    for (Assignment a : now) {
      double cost = costs.getOrDefault(new Place(a.stream(), a.share(), ""), 0.0);
      loads.merge(a.copy(), cost, Double::sum);
    }
    return members.stream()
        .map(Member::copy)
        .anyMatch(copy -> loads.getOrDefault(copy.id(), 0.0) > copy.capacity());
  }

  private boolean decide(
      List<Share> shares, List<Member> members, List<Assignment> now, boolean keepsViewers) {
    Placement placement = Placement.of(shares, members, now);
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
