package io.aircheck.app.serve.copies;

import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.viewers.ViewerNumbers;
import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.Copy;
import io.aircheck.core.copies.CopyDirectory.Member;
import io.aircheck.core.copies.StatusBoard.Status;
import io.aircheck.core.store.StoreException;
import io.aircheck.storage.RecordJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The copies of the service, what each watches and how that is doing, as of the last look at what
 * they have in common, some second ago. Thread-safe.
 */
public final class Fleet {
  /** A share with what its copy says of it. */
  private record Report(StreamStatus status, double cores) {}

  private final Map<Assignment, Report> reports = new HashMap<>();
  private List<Member> members = List.of();
  private List<Assignment> assignments = List.of();
  private Map<String, List<Assignment>> byStream = Map.of();
  private Optional<String> leader = Optional.empty();

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
   * Why a stream like the others would have to wait, and what to do, as far as is known; empty when
   * a copy has room.
   */
  public synchronized Optional<String> refusal() {
    return isFull()
        ? Optional.of(
            "no copy has room for another stream; start another copy, remove a stream, or raise"
                + " capacity.share")
        : Optional.empty();
  }

  private boolean isFull() {
    double usual =
        reports.values().stream()
            .mapToDouble(Report::cores)
            .filter(cores -> cores >= 0)
            .average()
            .orElse(0);
    return members.stream()
        .filter(member -> member.alive() && !member.draining())
        .map(Member::copy)
        .noneMatch(copy -> copy.capacity() > 0 && cores(copy.id()) + usual <= copy.capacity());
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
