package io.aircheck.deploy.serverless;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.core.deploy.FoldChain;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.incident.IncidentChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the folds of a stream stand after a segment: everything that the next call goes on from, in
 * one object, so that a call has either happened or not.
 *
 * @param at what the call answered
 * @param folds what the folds over observations know
 * @param incidents what the rules of incidents know, as they wrote it
 * @param incidentTimerMillis when they want to be called
 * @param waiting observations that folds have not been told: other inputs are not as far
 * @param open findings that are open, by detector of an input, see {@link #seat}, and id
 * @param untold changes of incidents that nobody has been told of
 */
record FoldState(
    Calls.At at,
    List<KnownFold> folds,
    JsonNode incidents,
    OptionalLong incidentTimerMillis,
    List<Timed> waiting,
    Map<String, Map<String, StreamObservation>> open,
    List<IncidentChange> untold) {

  FoldState {
    folds = List.copyOf(folds);
    waiting = List.copyOf(waiting);
    untold = List.copyOf(untold);
  }

  /** A {@link FoldChain.Snapshot} whose state is JSON, since only its fold knows its type. */
  record KnownFold(
      String fold,
      JsonNode state,
      OptionalLong timerMillis,
      Map<String, StreamObservation> open) {}

  /** A state as it was read. */
  record Versioned(FoldState state, String version) {}

  /** The name of a detector of an input. */
  static String seat(int lane, String detector) {
    return lane + " " + detector;
  }

  /** Where the folds of a stream stand; empty when nothing was folded yet. */
  static Optional<Versioned> read(ObjectStore objects, String prefix) throws IOException {
    Optional<ObjectStore.Stored> stored = objects.findStored(SegmentNames.folds(prefix));
    return stored.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Versioned(
                SegmentJson.read(stored.get().bytes(), FoldState.class), stored.get().version()));
  }

  /**
   * Writes it over what was read.
   *
   * @throws ObjectStoreException when somebody else has folded meanwhile, or it cannot be written
   */
  void write(ObjectStore objects, String prefix, Optional<String> over) throws IOException {
    objects.replace(SegmentNames.folds(prefix), SegmentJson.write(this), over);
  }

  /** Number of the segment that was folded last. */
  int number() {
    return at.number() - 1;
  }

  /** The same, with everybody told but of these changes. */
  FoldState withUntold(List<IncidentChange> changes) {
    return new FoldState(at, folds, incidents, incidentTimerMillis, waiting, open, changes);
  }

  static List<KnownFold> known(List<FoldChain.Snapshot> snapshots) {
    List<KnownFold> known = new ArrayList<>();
    for (FoldChain.Snapshot snapshot : snapshots) {
      known.add(
          new KnownFold(
              snapshot.fold(),
              SegmentJson.tree(snapshot.state()),
              snapshot.timerMillis(),
              snapshot.open()));
    }
    return known;
  }

  List<FoldChain.Snapshot> snapshots(List<ObservationFold<?>> installed) throws IOException {
    Map<String, Class<? extends Record>> types = new LinkedHashMap<>();
    installed.forEach(fold -> types.put(fold.id(), fold.stateType()));
    List<FoldChain.Snapshot> snapshots = new ArrayList<>();
    for (KnownFold known : folds) {
      Class<? extends Record> type = types.get(known.fold());
      if (type != null) {
        snapshots.add(
            new FoldChain.Snapshot(
                known.fold(),
                SegmentJson.read(known.state(), type),
                known.timerMillis(),
                known.open()));
      }
    }
    return snapshots;
  }
}
