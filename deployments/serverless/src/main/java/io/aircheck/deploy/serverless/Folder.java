package io.aircheck.deploy.serverless;

import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.incident.IncidentRules;
import io.aircheck.core.meter.Meter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Folds the segments of a stream one after the other, keeps where the folds stand in the bucket,
 * and tells of what has happened to incidents. A call that is made again changes nothing more: all
 * that follows from a segment is in one object, with what is still to be told, and that is written
 * only over what was read. Thread-safe.
 */
final class Folder {
  private final List<ObservationFold<?>> folds;
  private final IncidentRules<?> rules;
  private final ObjectStore objects;
  private final Teller teller;
  private final Meter meter;

  Folder(
      List<ObservationFold<?>> folds,
      IncidentRules<?> rules,
      ObjectStore objects,
      Teller teller,
      Meter meter) {
    this.folds = List.copyOf(folds);
    this.rules = rules;
    this.objects = objects;
    this.teller = teller;
    this.meter = meter;
  }

  /**
   * Folds a segment.
   *
   * @throws IllegalArgumentException for an unknown fold
   * @throws CallFailedException when the segment before it has not been folded, or all is done but
   *     for telling somebody
   * @throws ObjectStoreException when objects cannot be read or written, or another call folds the
   *     same
   */
  Calls.At fold(Calls.Fold call) throws IOException, CallFailedException {
    String prefix = call.fold().prefix();
    List<ObservationFold<?>> chosen = InstalledFolds.choose(folds, call.fold().folds());
    Optional<FoldState.Versioned> stored = FoldState.read(objects, prefix);
    Optional<FoldState> before = stored.map(FoldState.Versioned::state);
    int folded = before.map(FoldState::number).orElse(-1);
    if (folded == call.number()) {
      tell(call.fold(), stored.get().state());
      return stored.get().state().at();
    }
    if (folded != call.number() - 1) {
      throw new CallFailedException(
          CallFailedException.Reason.OUT_OF_ORDER,
          "segment %d cannot be folded: %s; are there two watches of one stream and run?"
              .formatted(call.number(), folded < 0 ? "none was before" : "the last was " + folded));
    }
    SegmentFold fold = new SegmentFold(call, chosen, rules, before);
    fold.fold(observed(call));
    objects.put(SegmentNames.folded(prefix, call.number()), SegmentJson.write(fold.folded()));
    FoldState state = fold.state(before);
    FoldState after = teller.tells() ? state : state.withUntold(List.of());
    after.write(objects, prefix, stored.map(FoldState.Versioned::version));
    tell(call.fold(), after);
    return after.at();
  }

  private List<Timed> observed(Calls.Fold call) throws IOException {
    List<Timed> observed = new ArrayList<>();
    for (Calls.Watched lane : call.lanes()) {
      for (Calls.Detected detected : lane.detected()) {
        if (detected.key().isPresent() && detected.count() > 0) {
          byte[] json = objects.get(detected.key().get());
          observed.addAll(SegmentJson.read(json, Calls.Observed.class).observations());
        }
      }
    }
    return observed;
  }

  /** What cannot be told now is told with the next segment, if there is one. */
  private void tell(Calls.FoldJob job, FoldState state) throws IOException, CallFailedException {
    if (state.untold().isEmpty()) {
      return;
    }
    Teller.Told told = teller.tell(state.untold(), job.labels(), meter);
    if (told.untold().size() < state.untold().size()) {
      Optional<FoldState.Versioned> now = FoldState.read(objects, job.prefix());
      state
          .withUntold(told.untold())
          .write(objects, job.prefix(), now.map(FoldState.Versioned::version));
    }
    boolean last = state.at().next() == Calls.Next.END || state.at().next() == Calls.Next.FAILED;
    if (last && !told.untold().isEmpty()) {
      throw new CallFailedException(
          CallFailedException.Reason.UNTOLD,
          "%d changes of incidents could not be told yet: %s"
              .formatted(told.untold().size(), told.why()));
    }
  }
}
