package io.aircheck.deploy.serverless;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SafeUri;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds out what there is to do for a stream: its renditions and what to look for in each. Those of
 * a live stream that is not there yet are waited for by an input of its own, so that somebody is
 * told, and planned when they can be read. A watch that was begun earlier is gone on with where its
 * folds stand. Thread-safe.
 */
final class Planner {
  /** Of 25,000 in the history of an execution; the rest is for retries. */
  private static final int EVENTS = 20_000;

  /** Entering, scheduling, starting, ending and leaving of states, and the like. */
  private static final int EVENTS_PER_SEGMENT = 12;

  private static final int EVENTS_PER_LANE = 11;
  private static final int EVENTS_PER_LOOK = 7;

  /** Of the day after which an execution is ended; the rest is for the last segment. */
  private static final Duration LONGEST_EXECUTION = Duration.ofHours(12);

  private final DetectorCatalog catalog;
  private final List<ObservationFold<?>> folds;
  private final MediaSources sources;
  private final ObjectStore objects;
  private final InstantSource clock;

  Planner(
      DetectorCatalog catalog,
      List<ObservationFold<?>> folds,
      MediaSources sources,
      ObjectStore objects,
      InstantSource clock) {
    this.catalog = catalog;
    this.folds = List.copyOf(folds);
    this.sources = sources;
    this.objects = objects;
    this.clock = clock;
  }

  /**
   * Plans a watch.
   *
   * @throws IllegalArgumentException for an unknown detector, option or fold
   * @throws MediaException when the renditions cannot be found out, unless those of a live stream
   *     may be later
   */
  Calls.Planned plan(Calls.Watch watch) throws MediaException, IOException {
    List<ConfiguredDetector> detectors = catalog.configure(watch.detectors());
    InstalledFolds.choose(folds, watch.folds());
    Optional<FoldState> begun =
        FoldState.read(objects, watch.prefix()).map(FoldState.Versioned::state);
    Calls.At at;
    if (begun.isPresent()) {
      at = begun.get().at();
      if (at.next() == Calls.Next.ELSEWHERE) {
        List<Calls.Lane> lanes =
            at.lanes().isEmpty() ? lanes(watch, detectors, at.number()) : at.lanes();
        at = new Calls.At(at.number(), lanes, Calls.Next.SEGMENT, "");
      }
    } else {
      at = new Calls.At(0, lanes(watch, detectors, 0), Calls.Next.SEGMENT, "");
    }
    return new Calls.Planned(
        at,
        new Calls.FoldJob(
            watch.prefix(),
            watch.stream(),
            watch.live(),
            watch.folds(),
            watch.policy(),
            watch.labels(),
            at.number() + segmentsPerExecution(watch, at.lanes()),
            clock.millis() + LONGEST_EXECUTION.toMillis()));
  }

  /** As many as are asked for, and as fit into the history of one execution. */
  private static int segmentsPerExecution(Calls.Watch watch, List<Calls.Lane> lanes) {
    int eventsPerSegment = EVENTS_PER_SEGMENT;
    for (Calls.Lane lane : lanes) {
      eventsPerSegment += EVENTS_PER_LANE + EVENTS_PER_LOOK * lane.looks().size();
    }
    int fitting = Math.max(1, EVENTS / eventsPerSegment);
    return watch.segmentsPerExecution() == 0
        ? fitting
        : Math.min(fitting, watch.segmentsPerExecution());
  }

  /**
   * @param number of the segment in which they begin
   */
  private List<Calls.Lane> lanes(Calls.Watch watch, List<ConfiguredDetector> detectors, int number)
      throws MediaException {
    Optional<List<String>> found = found(watch);
    if (found.isEmpty()) {
      return List.of(awaited(watch, detectors, number));
    }
    List<Optional<String>> renditions = renditions(watch, found.get());
    boolean comparing = watch.reference().isPresent() || renditions.size() > 1;
    List<Calls.Lane> lanes = new ArrayList<>();
    for (Optional<String> rendition : renditions) {
      lanes.add(
          lane(
              watch,
              watch.uri(),
              new Calls.Where(
                  watch.prefix() + "/" + lanes.size(),
                  lanes.size(),
                  watch.stream(),
                  Point.MONITORED,
                  rendition),
              looks(watch, detectors, d -> comparing || !d.factory().fingerprints()),
              false));
    }
    if (watch.reference().isPresent()) {
      lanes.add(
          lane(
              watch,
              watch.reference().get(),
              new Calls.Where(
                  watch.prefix() + "/" + lanes.size(),
                  lanes.size(),
                  watch.stream(),
                  Point.REFERENCE,
                  Optional.empty()),
              looks(watch, detectors, d -> d.factory().fingerprints()),
              false));
    }
    return lanes;
  }

  /** What is watched until the renditions can be read. Nothing of it is gone on from. */
  private static Calls.Lane awaited(
      Calls.Watch watch, List<ConfiguredDetector> detectors, int number) {
    return lane(
        watch,
        watch.uri(),
        new Calls.Where(
            "%s/awaited-%d".formatted(watch.prefix(), number),
            0,
            watch.stream(),
            Point.MONITORED,
            Optional.empty()),
        looks(watch, detectors, d -> !d.factory().fingerprints()),
        true);
  }

  private static Calls.Lane lane(
      Calls.Watch watch, String uri, Calls.Where where, List<Calls.Look> looks, boolean awaited) {
    return new Calls.Lane(
        where,
        new Calls.Input(
            uri,
            where.rendition(),
            watch.headers(),
            watch.decryptionKeys(),
            watch.live(),
            watch.segmentMicros(),
            watch.pictureStepMicros(),
            awaited),
        looks);
  }

  /** The renditions to watch; one without a name for an input that is not a ladder. */
  private static List<Optional<String>> renditions(Calls.Watch watch, List<String> found)
      throws MediaException {
    for (String wanted : watch.renditions()) {
      if (!found.contains(wanted)) {
        throw new MediaException(
            MediaException.Reason.NOT_FOUND,
            "%s has no rendition %s; it has %s"
                .formatted(
                    SafeUri.redact(watch.uri()),
                    wanted,
                    found.isEmpty() ? "none, it is not a ladder" : String.join(", ", found)));
      }
    }
    if (found.isEmpty()) {
      return List.of(Optional.empty());
    }
    return found.stream()
        .filter(id -> watch.renditions().isEmpty() || watch.renditions().contains(id))
        .map(Optional::of)
        .toList();
  }

  /** Ids of the renditions that there are; empty when they may be there later. */
  private Optional<List<String>> found(Calls.Watch watch) throws MediaException {
    Calls.Input input =
        new Calls.Input(
            watch.uri(),
            Optional.empty(),
            watch.headers(),
            watch.decryptionKeys(),
            watch.live(),
            0,
            0,
            false);
    try {
      return Optional.of(sources.renditions(input.request()));
    } catch (MediaException e) {
      if (watch.live() && e.reason().isTransient()) {
        // Nobody may be sending yet.
        return Optional.empty();
      }
      throw e;
    }
  }

  private static List<Calls.Look> looks(
      Calls.Watch watch, List<ConfiguredDetector> detectors, Predicate<ConfiguredDetector> wanted) {
    List<DetectorChoice> excusing = new ArrayList<>();
    for (int i = 0; i < detectors.size(); i++) {
      if (detectors.get(i).excuses()) {
        excusing.add(watch.detectors().get(i).silently());
      }
    }
    List<Calls.Look> looks = new ArrayList<>();
    for (int i = 0; i < detectors.size(); i++) {
      if (wanted.test(detectors.get(i))) {
        DetectorChoice choice = watch.detectors().get(i);
        looks.add(
            new Calls.Look(
                i,
                choice,
                excusing.stream().filter(other -> !other.equals(choice.silently())).toList()));
      }
    }
    return looks;
  }
}
