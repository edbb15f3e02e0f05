package io.aircheck.app.serve.copies;

import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.settings.StreamSettings;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.viewers.ViewerNumbers;
import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.Copy;
import io.aircheck.core.copies.CopyDirectory.Member;
import io.aircheck.core.copies.Division;
import io.aircheck.core.copies.Share;
import io.aircheck.core.copies.StatusBoard.Status;
import io.aircheck.core.copies.StatusBoard.Use;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.store.StoreException;
import io.aircheck.storage.RecordJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The copies of the service, what each watches and how that is doing, as of the last look at what
 * they have in common, some second ago. Thread-safe.
 */
public final class Fleet {
  /** Streams that use hardly anything still count. */
  static final double LEAST_CORES = 0.001;

  /** Cores that a stream is expected to use where none was measured. */
  private static final double UNKNOWN_CORES = 0.1;

  /** A share with what its copy says of it. */
  private record Report(StreamStatus status, double cores) {}

  private final Map<Assignment, Report> reports = new HashMap<>();
  private List<Member> members = List.of();
  private List<Assignment> assignments = List.of();
  private Map<String, List<Assignment>> byStream = Map.of();
  private Optional<String> leader = Optional.empty();
  private Map<String, Use> uses = Map.of();

  /** Who has said it, and what it has said. */
  private Map<Assignment, ViewerNumbers> viewers = Map.of();

  Fleet() {}

  /**
   * Takes note of what there is now.
   *
   * @return streams of which something else is known than before
   */
  synchronized Set<String> update(
      List<Member> nowMembers,
      List<Assignment> nowAssigned,
      Optional<String> nowLeading,
      List<Status> news) {
    Set<String> changed = new LinkedHashSet<>();
    if (!nowAssigned.equals(assignments)) {
      Set<Assignment> before = Set.copyOf(assignments);
      Set<Assignment> after = Set.copyOf(nowAssigned);
      before.stream().filter(a -> !after.contains(a)).forEach(a -> changed.add(a.stream()));
      after.stream().filter(a -> !before.contains(a)).forEach(a -> changed.add(a.stream()));
      byStream = new HashMap<>();
      nowAssigned.forEach(
          a -> byStream.computeIfAbsent(a.stream(), id -> new ArrayList<>()).add(a));
    }
    members = List.copyOf(nowMembers);
    assignments = List.copyOf(nowAssigned);
    leader = nowLeading;
    for (Status status : news) {
      if (ViewersShare.isOne(status.of())) {
        read(status, ViewerNumbers.class).ifPresent(said -> viewers = Map.of(status.of(), said));
        continue;
      }
      Optional<Report> report = read(status);
      if (report.isPresent() && !report.get().equals(reports.put(status.of(), report.get()))) {
        changed.add(status.of().stream());
      }
    }
    reports.keySet().retainAll(Set.copyOf(assignments));
    changed.remove(ViewersShare.STREAM);
    return changed;
  }

  /** Takes note of what copies use, by their ids. */
  synchronized void update(Map<String, Use> nowUsed) {
    uses = Map.copyOf(nowUsed);
  }

  private static Optional<Report> read(Status status) {
    return read(status, StreamStatus.class).map(said -> new Report(said, status.cores()));
  }

  private static <T extends Record> Optional<T> read(Status status, Class<T> type) {
    try {
      return Optional.of(RecordJson.read(status.body(), type));
    } catch (StoreException e) {
      // A copy of another version says it in other words.
      return Optional.empty();
    }
  }

  /** All copies by id, also those whose lease has run out. */
  public synchronized List<Member> members() {
    return members;
  }

  /** What is watched by whom, streams and viewers. */
  synchronized List<Assignment> assignments() {
    return assignments;
  }

  /** What is watched by whom of streams. */
  public synchronized List<Assignment> shares() {
    return assignments.stream().filter(share -> !ViewersShare.isOne(share)).toList();
  }

  /** Id of the copy that leads. */
  public synchronized Optional<String> leader() {
    return leader;
  }

  /** The copy that has the viewers, if its lease runs. */
  public synchronized Optional<Copy> withViewers() {
    return watching(ViewersShare.STREAM);
  }

  /** What the copy that has the viewers says of them; empty: it has said nothing yet. */
  public synchronized Optional<ViewerNumbers> viewers() {
    return byStream.getOrDefault(ViewersShare.STREAM, List.of()).stream()
        .flatMap(share -> Optional.ofNullable(viewers.get(share)).stream())
        .findFirst();
  }

  /** Shares of a stream that are watched. */
  synchronized List<Assignment> of(String stream) {
    return List.copyOf(byStream.getOrDefault(stream, List.of()));
  }

  /** The copy that watches a stream, the one with its first share where there are several. */
  public synchronized Optional<Copy> watching(String stream) {
    return byStream.getOrDefault(stream, List.of()).stream()
        .findFirst()
        .flatMap(share -> find(share.copy()));
  }

  /** A copy whose lease runs. */
  private Optional<Copy> find(String id) {
    return members.stream()
        .filter(member -> member.alive() && member.copy().id().equals(id))
        .map(Member::copy)
        .findFirst();
  }

  /** Copies that watch streams, whose lease runs, without one. */
  public synchronized List<Copy> others(String id) {
    return members.stream()
        .filter(Member::alive)
        .map(Member::copy)
        .filter(copy -> copy.role() != Copy.Role.API && !copy.id().equals(id))
        .toList();
  }

  /** How a stream is by what its copy last said; empty: it is assigned to none. */
  synchronized Optional<StreamStatus> status(String stream) {
    List<Assignment> shares = byStream.getOrDefault(stream, List.of());
    if (shares.isEmpty()) {
      return Optional.empty();
    }
    return shares.stream()
        .map(reports::get)
        .filter(report -> report != null)
        .map(Report::status)
        .findFirst()
        .or(() -> Optional.of(StreamStatus.UNKNOWN));
  }

  /**
   * Why a stream would have to wait, and what to do, as far as is known; empty when there is room.
   *
   * @param policy what it is to be watched by
   */
  public Optional<String> refusal(StreamSettings stream, PolicyBook.Policy policy) {
    return hasRoom(stream, policy)
        ? Optional.empty()
        : Optional.of(
            "no copy that takes such a stream has room for it; start another one, remove a stream,"
                + " or raise capacity.share");
  }

  /**
   * Whether there is room for a stream like the others, as far as is known: for each of its shares
   * on a copy that takes it. Detectors that no copy runs need none.
   *
   * @param policy what it is to be watched by
   */
  synchronized boolean hasRoom(StreamSettings stream, PolicyBook.Policy policy) {
    double usual = usualCores();
    List<Share> shares =
        Division.of(
            stream.id(),
            stream.labels(),
            policy.kinds(),
            policy.comparing(),
            members,
            (id, share) -> usual);
    Map<String, Double> given = new HashMap<>();
    boolean taken = false;
    for (Share share : shares) {
      List<Copy> suitable =
          members.stream()
              .filter(member -> member.alive() && !member.draining())
              .map(Member::copy)
              .filter(share::suits)
              .toList();
      Optional<Copy> roomy =
          suitable.stream()
              .filter(
                  copy ->
                      expectedCores(copy.id(), usual)
                              + given.getOrDefault(copy.id(), 0.0)
                              + share.cost()
                          <= copy.capacity())
              .findFirst();
      if (roomy.isEmpty() && !suitable.isEmpty()) {
        return false;
      }
      roomy.ifPresent(copy -> given.merge(copy.id(), share.cost(), Double::sum));
      taken |= roomy.isPresent();
    }
    return taken;
  }

  /** Cores that a share is expected to use of which nothing is known: the mean of the others. */
  synchronized double usualCores() {
    return reports.values().stream()
        .mapToDouble(Report::cores)
        .filter(cores -> cores >= 0)
        .map(cores -> Math.max(LEAST_CORES, cores))
        .average()
        .orElse(UNKNOWN_CORES);
  }

  private double expectedCores(String copy, double usual) {
    return shares().stream()
        .filter(share -> share.copy().equals(copy))
        .mapToDouble(this::cores)
        .map(cores -> cores < 0 ? usual : cores)
        .sum();
  }

  /**
   * Kinds that are not looked for on a stream though others are, for want of a copy that runs them
   * or has room.
   *
   * @param kinds what its policy looks for
   */
  synchronized Set<String> missing(String stream, Set<String> kinds) {
    List<Assignment> shares = byStream.getOrDefault(stream, List.of());
    Set<String> missing = new TreeSet<>(shares.isEmpty() ? Set.of() : kinds);
    for (Assignment share : shares) {
      missing.removeAll(Division.detectors(share.share()).orElse(kinds));
    }
    return missing;
  }

  /** What copies that are alive have used, each since its start. */
  public synchronized Usage usage() {
    return uses.values().stream().map(Use::sinceStart).reduce(Usage.NONE, Usage::plus);
  }

  /** What they have used for viewers. */
  public synchronized Usage viewerUsage() {
    return uses.values().stream().map(Use::ofViewers).reduce(Usage.NONE, Usage::plus);
  }

  /**
   * What a stream uses on all copies that watch it.
   *
   * @param cores positive
   * @param memoryGb GB
   */
  public record StreamUse(double cores, double memoryGb) {}

  /**
   * What a stream uses; empty: it is not watched, or that is not known of all of its shares yet.
   */
  public synchronized Optional<StreamUse> use(String stream) {
    List<Assignment> shares = byStream.getOrDefault(stream, List.of());
    if (shares.isEmpty()
        || !shares.stream().allMatch(s -> cores(s) > 0 && uses.containsKey(s.copy()))) {
      return Optional.empty();
    }
    // Several shares on one copy are watched as one.
    double memoryGb =
        shares.stream()
            .map(Assignment::copy)
            .distinct()
            .flatMap(copy -> Optional.ofNullable(uses.get(copy)).stream())
            .mapToDouble(Use::streamGb)
            .sum();
    return Optional.of(new StreamUse(shares.stream().mapToDouble(this::cores).sum(), memoryGb));
  }

  /** Cores that a share uses; negative: nobody knows. */
  synchronized double cores(Assignment share) {
    Report report = reports.get(share);
    return report == null ? -1 : report.cores();
  }

  /** Cores that the streams of a copy use, as far as is known. */
  public synchronized double cores(String copy) {
    return assignments.stream()
        .filter(share -> share.copy().equals(copy))
        .mapToDouble(share -> Math.max(0, cores(share)))
        .sum();
  }
}
