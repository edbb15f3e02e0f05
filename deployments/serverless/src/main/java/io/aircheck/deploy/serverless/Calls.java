package io.aircheck.deploy.serverless;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.SafeUri;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Observation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What functions are called with and answer, as JSON. Answers are small whatever was found: a state
 * machine carries 256 KiB from one state to the next, so that observations go through the bucket.
 */
final class Calls {
  private Calls() {}

  /**
   * Watch a stream, or look once at a finite input: what the state machine is started with. Only
   * stream, uri and detectors must be given.
   *
   * @param stream stream id
   * @param run tells watches of the same stream apart; started again, a watch goes on where it
   *     stands
   * @param uri address to read; may contain secrets, never print it
   * @param headers HTTP request headers by name: may contain secrets
   * @param decryptionKeys by key id: secrets
   * @param reference address of a second point of the same programme to compare with
   * @param renditions of the ladder; empty: all
   * @param detectors what to look for
   * @param live whether to open the input again when it ends or fails, for ever
   * @param folds ids of the folds over what is observed
   * @param policy how findings become incidents
   * @param labels of the stream, told with its incidents
   * @param segmentMicros how much is looked at by one round of calls, microseconds of media time
   * @param pictureStepMicros of each so much time one picture is written; 0: all are
   * @param segmentsPerExecution so many segments at most, then another execution goes on; 0: as
   *     many as fit into the history of one
   */
  record Watch(
      String stream,
      String run,
      String uri,
      Map<String, String> headers,
      Map<String, String> decryptionKeys,
      Optional<String> reference,
      List<String> renditions,
      List<DetectorChoice> detectors,
      boolean live,
      List<String> folds,
      IncidentPolicy policy,
      Map<String, String> labels,
      long segmentMicros,
      long pictureStepMicros,
      int segmentsPerExecution) {
    private static final long DEFAULT_SEGMENT_MICROS = 10_000_000;

    Watch {
      Objects.requireNonNull(stream, "stream is missing");
      Objects.requireNonNull(uri, "uri is missing");
      Objects.requireNonNull(detectors, "detectors are missing");
      run = Objects.requireNonNullElse(run, "1");
      headers = Map.copyOf(Objects.requireNonNullElse(headers, Map.of()));
      decryptionKeys = Map.copyOf(Objects.requireNonNullElse(decryptionKeys, Map.of()));
      renditions = List.copyOf(Objects.requireNonNullElse(renditions, List.of()));
      detectors = List.copyOf(detectors);
      folds = List.copyOf(Objects.requireNonNullElse(folds, List.of()));
      policy = Objects.requireNonNullElse(policy, IncidentPolicy.DEFAULT);
      labels = Map.copyOf(Objects.requireNonNullElse(labels, Map.of()));
      segmentMicros = segmentMicros == 0 ? DEFAULT_SEGMENT_MICROS : segmentMicros;
      if (segmentMicros < 0 || pictureStepMicros < 0 || segmentsPerExecution < 0) {
        throw new IllegalArgumentException(
            "segmentMicros, pictureStepMicros and segmentsPerExecution must not be negative");
      }
    }

    /** What the names of all its objects begin with. */
    String prefix() {
      return stream + "/" + run;
    }

    /** Addresses may hold secrets. */
    @Override
    public String toString() {
      return "Watch[" + stream + " " + run + " " + SafeUri.redact(uri) + "]";
    }
  }

  /**
   * How a watch is to be gone about.
   *
   * @param at where it stands
   */
  record Planned(At at, FoldJob fold) {}

  /**
   * Where a watch stands.
   *
   * @param number of the next segment, from 0
   * @param lanes inputs that are not over; none with {@link Next#ELSEWHERE}: they are to be planned
   * @param next what comes next
   * @param why what went wrong, when that is {@link Next#FAILED}; empty words otherwise
   */
  record At(int number, List<Lane> lanes, Next next, String why) {
    At {
      lanes = List.copyOf(lanes);
    }
  }

  /** What comes next. */
  enum Next {
    /** Another segment. */
    SEGMENT,
    /** Another execution. */
    ELSEWHERE,
    /** Nothing, all is done. */
    END,
    /** Nothing, since no input could be read. */
    FAILED
  }

  /**
   * One input of a stream: a rendition, or the reference.
   *
   * @param looks what its detectors are called with
   */
  record Lane(Where where, Input input, List<Look> looks) {
    Lane {
      looks = List.copyOf(looks);
    }
  }

  /**
   * Which input.
   *
   * @param prefix what the names of its objects begin with
   * @param index of the lane in its stream, from 0
   */
  record Where(String prefix, int index, String stream, Point point, Optional<String> rendition) {

    /** What was observed of it. */
    StreamObservation observed(long wallClockMillis, Observation observation) {
      return new StreamObservation(
          stream, rendition.orElse(null), point, wallClockMillis, observation);
    }
  }

  /**
   * How an input is read, see {@link Watch}.
   *
   * @param awaited whether its renditions cannot be read yet: then it is only waited for
   */
  record Input(
      String uri,
      Optional<String> rendition,
      Map<String, String> headers,
      Map<String, String> decryptionKeys,
      boolean live,
      long segmentMicros,
      long pictureStepMicros,
      boolean awaited) {

    SourceRequest request() {
      return new SourceRequest(
          uri,
          rendition,
          Optional.empty(),
          0,
          SourceRequest.DEFAULT_READ_TIMEOUT,
          decryptionKeys,
          headers,
          Duration.ZERO,
          AddressRule.ANY);
    }

    /** Addresses may hold secrets. */
    @Override
    public String toString() {
      return "Input[" + SafeUri.redact(uri) + rendition.map(id -> " " + id).orElse("") + "]";
    }
  }

  /**
   * One detector of an input.
   *
   * @param index of the detector in its lane, from 0
   * @param beside detectors that excuse what others find; run with it silently, heard elsewhere
   */
  record Look(int index, DetectorChoice detector, List<DetectorChoice> beside) {
    Look {
      beside = List.copyOf(beside);
    }
  }

  /** Convert the next segment of an input. */
  record Convert(Where where, Input input, int number) {}

  /**
   * A segment was converted.
   *
   * @param wallClockMillis when, milliseconds since the epoch
   * @param ended whether the input ended in it
   * @param arrived whether it ended because what was only waited for can be read now
   */
  record Converted(
      int number,
      long fromMicros,
      long toMicros,
      long wallClockMillis,
      boolean ended,
      boolean arrived) {}

  /** Look at a converted segment with one detector. */
  record Detect(Where where, Look look, int number) {}

  /**
   * A detector has looked, or failed to.
   *
   * @param kind the detector
   * @param key object with what it observed, see {@link Observed}
   * @param count how many observations that are
   * @param anew whether it began without knowing what it had seen before
   * @param failed why there is nothing, written by the state machine
   */
  record Detected(
      String kind, Optional<String> key, int count, boolean anew, Optional<Failed> failed) {

    /** One that has looked. */
    static Detected of(String kind, String key, int count, boolean anew) {
      return new Detected(kind, Optional.of(key), count, anew, Optional.empty());
    }
  }

  /** Why a state failed, as a state machine says it. */
  record Failed(@JsonProperty("Error") String error, @JsonProperty("Cause") String cause) {}

  /** What one detector observed in one segment, in order. */
  record Observed(List<Timed> observations) {
    Observed {
      observations = List.copyOf(observations);
    }
  }

  /**
   * How the observations of a stream are folded.
   *
   * @param prefix what the names of its objects begin with
   * @param until number of the segment from which on another execution goes on
   * @param untilMillis when another execution goes on at the latest, milliseconds since the epoch
   */
  record FoldJob(
      String prefix,
      String stream,
      boolean live,
      List<String> folds,
      IncidentPolicy policy,
      Map<String, String> labels,
      int until,
      long untilMillis) {}

  /** Fold what was observed in a segment. */
  record Fold(FoldJob fold, int number, List<Watched> lanes) {}

  /**
   * What became of the segment of one lane.
   *
   * @param failed why it was not converted, written by the state machine
   */
  record Watched(
      Lane lane, Optional<Converted> converted, List<Detected> detected, Optional<Failed> failed) {
    Watched {
      detected = List.copyOf(Objects.requireNonNullElse(detected, List.of()));
    }
  }
}
