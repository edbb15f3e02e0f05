package io.aircheck.deploy.serverless;

import io.aircheck.core.deploy.FoldChain;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentInput;
import io.aircheck.core.incident.IncidentRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Folds what was observed in one segment of a stream: brings the observations of all calls into the
 * order of media time, through the folds over observations, and makes incidents of it all. Does no
 * I/O and reads no clock: called again with the same, it comes to the same.
 *
 * <p>An observation goes through the folds only when every input of the stream has come as far.
 */
final class SegmentFold {
  /** Before and after any event of a segment. */
  private static final int BEFORE_ALL = -1;

  private static final int AFTER_ALL = Integer.MAX_VALUE;

  private final Calls.Fold call;
  private final FoldChain chain;
  private final IncidentRun<?> incidents;
  private final OpenFindings open;
  private final List<Timed> waiting;
  private final List<StreamObservation> told = new ArrayList<>();
  private final FailureWords failures = new FailureWords();
  private final long wallClockMillis;

  /**
   * @param folds those that the stream names
   * @param before empty for the first segment
   */
  SegmentFold(
      Calls.Fold call,
      List<ObservationFold<?>> folds,
      IncidentRules<?> rules,
      Optional<FoldState> before)
      throws IOException {
    this.call = call;
    this.chain = new FoldChain(call.fold().stream(), folds, false, this::tell);
    this.incidents = IncidentRun.of(rules, call.fold().stream(), before);
    this.open = new OpenFindings(before.map(FoldState::open).orElse(Map.of()));
    this.waiting = new ArrayList<>(before.map(FoldState::waiting).orElse(List.of()));
    this.wallClockMillis =
        call.lanes().stream()
            .flatMap(lane -> lane.converted().stream())
            .mapToLong(Calls.Converted::wallClockMillis)
            .max()
            .orElse(0);
    if (before.isPresent()) {
      chain.restore(before.get().snapshots(folds));
    }
  }

  /**
   * Folds.
   *
   * @param observed by the calls of this segment, in any order of calls
   */
  void fold(List<Timed> observed) {
    List<Timed> fresh = new ArrayList<>();
    for (Calls.Watched lane : call.lanes()) {
      for (Calls.Detected detected : lane.detected()) {
        if (detected.anew()) {
          // What it had open it does not know any more.
          long atMicros = lane.converted().map(Calls.Converted::fromMicros).orElse(0L);
          fresh.addAll(ends(lane.lane(), detected.kind(), atMicros, BEFORE_ALL));
        }
      }
    }
    fresh.addAll(observed);
    observed.stream()
        .sorted(Timed.ORDER)
        .forEach(next -> open.observed(seat(next), next.observation()));
    for (Calls.Watched lane : call.lanes()) {
      if (isOver(lane)) {
        // Detectors that have failed have not told the end of what they had open.
        long atMicros = lane.converted().map(Calls.Converted::toMicros).orElse(0L);
        for (Calls.Look look : lane.lane().looks()) {
          fresh.addAll(ends(lane.lane(), look.detector().kind(), atMicros, AFTER_ALL));
        }
      }
    }
    long watermarkMicros = watermarkMicros();
    pass(fresh, watermarkMicros);
    if (watermarkMicros != Long.MAX_VALUE && watermarkMicros != Long.MIN_VALUE) {
      chain.advance(watermarkMicros);
    }
    if (going().isEmpty() && !hasArrived()) {
      chain.finish();
      incidents.take(new IncidentInput.Unwatched(call.fold().stream(), wallClockMillis));
    } else {
      incidents.advance(wallClockMillis);
    }
    call.lanes().forEach(failures::add);
  }

  private String seat(Timed observed) {
    Calls.Watched lane =
        call.lanes().stream()
            .filter(watched -> watched.lane().where().index() == observed.lane())
            .findFirst()
            .orElseThrow();
    Calls.Look look =
        lane.lane().looks().stream()
            .filter(candidate -> candidate.index() == observed.look())
            .findFirst()
            .orElseThrow();
    return FoldState.seat(observed.lane(), look.detector().kind());
  }

  /** How what a detector of an input has open ends without it. */
  private List<Timed> ends(Calls.Lane lane, String detector, long atMicros, int step) {
    int index = lane.where().index();
    return open.end(FoldState.seat(index, detector), wallClockMillis).stream()
        .map(end -> new Timed(atMicros, index, step, 0, end))
        .toList();
  }

  /**
   * Tells of observations, and lets them and those that wait through the folds as far as every
   * input has come.
   */
  private void pass(List<Timed> fresh, long watermarkMicros) {
    Set<Timed> earlier = Collections.newSetFromMap(new IdentityHashMap<>());
    earlier.addAll(waiting);
    List<Timed> all = new ArrayList<>(waiting);
    all.addAll(fresh);
    all.sort(Timed.ORDER);
    waiting.clear();
    for (Timed next : all) {
      if (!earlier.contains(next)) {
        tell(next.observation());
      }
      if (next.atMicros() <= watermarkMicros) {
        chain.advance(next.atMicros());
        chain.accept(next.observation());
      } else {
        waiting.add(next);
      }
    }
  }

  private void tell(StreamObservation observation) {
    told.add(observation);
    incidents.take(new IncidentInput.Observed(observation, call.fold().policy()));
  }

  /** Media time of which nothing more will come. */
  private long watermarkMicros() {
    if (going().isEmpty()) {
      return Long.MAX_VALUE;
    }
    // Observations still to come at the very time reached must not be overtaken. An input that
    // could not be converted is not waited for.
    return call.lanes().stream()
        .filter(lane -> !isOver(lane))
        .flatMap(lane -> lane.converted().stream())
        .mapToLong(converted -> converted.toMicros() - 1)
        .min()
        .orElse(Long.MIN_VALUE);
  }

  private boolean isOver(Calls.Watched lane) {
    return lane.converted().map(Calls.Converted::ended).orElse(!call.fold().live());
  }

  /** Whether a stream that was only waited for can be read now. */
  private boolean hasArrived() {
    return call.lanes().stream()
        .flatMap(lane -> lane.converted().stream())
        .anyMatch(Calls.Converted::arrived);
  }

  private List<Calls.Lane> going() {
    return call.lanes().stream().filter(lane -> !isOver(lane)).map(Calls.Watched::lane).toList();
  }

  /** What has come of the segment. */
  FoldedSegment folded() {
    return new FoldedSegment(call.number(), told, incidents.changes(), failures.lines());
  }

  /**
   * Where the folds stand now.
   *
   * @param before whose untold changes are still to be told
   */
  FoldState state(Optional<FoldState> before) {
    List<IncidentChange> untold = new ArrayList<>(before.map(FoldState::untold).orElse(List.of()));
    untold.addAll(incidents.changes());
    return new FoldState(
        at(),
        FoldState.known(chain.snapshot()),
        incidents.state(),
        incidents.timerMillis(),
        waiting,
        open.now(),
        untold);
  }

  private Calls.At at() {
    int next = call.number() + 1;
    List<Calls.Lane> going = going();
    if (!going.isEmpty()) {
      boolean elsewhere =
          next >= call.fold().until() || wallClockMillis >= call.fold().untilMillis();
      return new Calls.At(next, going, elsewhere ? Calls.Next.ELSEWHERE : Calls.Next.SEGMENT, "");
    }
    if (hasArrived()) {
      // Its lanes are not known here.
      return new Calls.At(next, going, Calls.Next.ELSEWHERE, "");
    }
    boolean read = call.lanes().stream().anyMatch(lane -> lane.converted().isPresent());
    return read
        ? new Calls.At(next, going, Calls.Next.END, "")
        : new Calls.At(next, going, Calls.Next.FAILED, String.join("; ", failures.lines()));
  }
}
