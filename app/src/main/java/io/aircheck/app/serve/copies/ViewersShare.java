package io.aircheck.app.serve.copies;

import io.aircheck.app.serve.incidents.CohortKey;
import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.Copy;
import io.aircheck.core.copies.CopyDirectory.Member;
import io.aircheck.core.copies.CopyDirectory.Place;
import io.aircheck.core.copies.Division;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The viewers as a share that one copy has as a whole, beside the shares of streams: assigned with
 * an epoch as those are, in whose name its findings are sent.
 */
final class ViewersShare {
  /** Stands in the place of a stream; no stream has such an id. */
  static final String STREAM = CohortKey.of(Map.of());

  private ViewersShare() {}

  /** What a stream belongs to, or some viewers: one share is that of all viewers. */
  static String of(String stream) {
    return CohortKey.isOne(stream) ? STREAM : stream;
  }

  /** Whether an assignment is that of the viewers. */
  static boolean isOne(Assignment assignment) {
    return assignment.stream().equals(STREAM);
  }

  /**
   * Where the viewers are to be: where they are, as long as that copy is there; else at one that
   * has least to do, rather one that answers requests. Moving them costs the reading of an hour of
   * reports, so nothing else moves them.
   *
   * @param now all assignments
   * @param cores that the streams of a copy use
   * @return empty: no copy is there
   */
  static Optional<Place> place(
      List<Member> members, List<Assignment> now, ToDoubleFunction<Copy> cores) {
    List<Copy> there =
        members.stream()
            .filter(member -> member.alive() && !member.draining())
            .map(Member::copy)
            .toList();
    Optional<String> before =
        now.stream().filter(ViewersShare::isOne).map(Assignment::copy).findFirst();
    return there.stream()
        .min(
            Comparator.comparing((Copy copy) -> !before.equals(Optional.of(copy.id())))
                .thenComparing(copy -> copy.role() == Copy.Role.WORKER)
                .thenComparingDouble(cores)
                .thenComparing(Copy::id))
        .map(copy -> new Place(STREAM, Division.WHOLE, copy.id()));
  }
}
