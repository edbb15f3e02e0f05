package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.incident.IncidentChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What comes out of a job. */
sealed interface Outcome {

  /** Stream that it is about. */
  String stream();

  /**
   * A task came further, and the folds with it. Without fingerprints, which are for folds.
   *
   * @param task point and rendition
   * @param observations what the task observed, then what follows from it
   * @param watchedMicros media time that is watched up to; empty for a reference
   * @param ended whether the task has come to its end
   * @param atMillis wall-clock milliseconds since the epoch; the task has nothing left to say of
   *     earlier moments
   * @param glimpse what is to be seen of the task
   */
  record Observed(
      Run run,
      String task,
      List<StreamObservation> observations,
      OptionalLong watchedMicros,
      boolean ended,
      long atMillis,
      Glimpse glimpse)
      implements Outcome {
    public Observed {
      observations = List.copyOf(observations);
    }

    @Override
    public String stream() {
      return run.stream();
    }
  }

  /**
   * A run is over.
   *
   * @param observations what its folds said at the end
   * @param failure why, when it did not end in good order
   * @param again whether another run of the same stream follows
   * @param atMillis wall-clock milliseconds since the epoch
   */
  record Ended(
      Run run,
      List<StreamObservation> observations,
      Optional<String> failure,
      boolean again,
      long atMillis)
      implements Outcome {
    public Ended {
      observations = List.copyOf(observations);
    }

    @Override
    public String stream() {
      return run.stream();
    }
  }

  /**
   * What was told before, for who was not there.
   *
   * @param open a beginning for each finding that is open
   */
  record Retold(Run run, List<StreamObservation> open) implements Outcome {
    public Retold {
      open = List.copyOf(open);
    }

    @Override
    public String stream() {
      return run.stream();
    }
  }

  /**
   * Something happened to an incident.
   *
   * @param labels of its stream
   */
  record Changed(IncidentChange change, Map<String, String> labels) implements Outcome {
    public Changed {
      labels = Map.copyOf(labels);
    }

    @Override
    public String stream() {
      return change.incident().stream();
    }
  }
}
