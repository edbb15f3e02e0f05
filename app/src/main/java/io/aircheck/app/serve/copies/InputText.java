package io.aircheck.app.serve.copies;

import io.aircheck.core.copies.IncidentExchange.Waiting;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentInput;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.store.StoreException;
import io.aircheck.storage.RecordJson;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Inputs of the folds of incidents as they travel between copies: a type and a body in JSON. Ids of
 * findings get the epoch of the assignment before them, so that those of several copies of one
 * stream are told apart, and those of a former holder from those of the next.
 *
 * @param type says what the body is
 */
record InputText(String type, String body) {
  private static final String OPENED = "opened";
  private static final String UPDATED = "updated";
  private static final String CLOSED = "closed";
  private static final String REWATCHED = "rewatched";
  private static final String PAUSED = "paused";
  private static final String UNWATCHED = "unwatched";
  private static final String COMMANDED = "commanded";
  private static final String REOPENED = "reopened";

  private record Seen(
      String stream,
      @Nullable String rendition,
      StreamObservation.Point point,
      long atMillis,
      Finding finding) {
    Seen {
      Objects.requireNonNull(stream);
      Objects.requireNonNull(point);
      Objects.requireNonNull(finding);
    }
  }

  private record Moment(String stream, long atMillis) {
    Moment {
      Objects.requireNonNull(stream);
    }
  }

  private record Reopening(Incident incident, String by, long atMillis) {
    Reopening {
      Objects.requireNonNull(incident);
      Objects.requireNonNull(by);
    }
  }

  /** An observation of a finding. */
  static InputText of(StreamObservation seen, Finding finding) {
    String type =
        switch (seen.observation()) {
          case Observation.Opened opened -> OPENED;
          case Observation.Updated updated -> UPDATED;
          case Observation.Closed closed -> CLOSED;
          case Observation.Fingerprinted fingerprinted ->
              throw new IllegalArgumentException("not about a finding");
        };
    return new InputText(
        type,
        RecordJson.write(
            new Seen(
                seen.stream(), seen.rendition(), seen.point(), seen.wallClockMillis(), finding)));
  }

  static InputText rewatched(String stream, long atMillis) {
    return new InputText(REWATCHED, RecordJson.write(new Moment(stream, atMillis)));
  }

  static InputText paused(String stream, long atMillis) {
    return new InputText(PAUSED, RecordJson.write(new Moment(stream, atMillis)));
  }

  static InputText unwatched(String stream, long atMillis) {
    return new InputText(UNWATCHED, RecordJson.write(new Moment(stream, atMillis)));
  }

  static InputText of(IncidentInput.Commanded command) {
    return new InputText(COMMANDED, RecordJson.write(command));
  }

  static InputText reopened(Incident incident, String by, long atMillis) {
    return new InputText(REOPENED, RecordJson.write(new Reopening(incident, by, atMillis)));
  }

  /**
   * Reads what was sent.
   *
   * @param policies policies of streams
   * @param epochs epochs in which a stream is watched now
   * @throws IllegalArgumentException when it is not understood
   */
  static IncidentInput read(
      Waiting sent, Function<String, IncidentPolicy> policies, Function<String, Set<Long>> epochs) {
    return switch (sent.type()) {
      case OPENED, UPDATED, CLOSED -> {
        Seen seen = parse(sent, Seen.class);
        yield new IncidentInput.Observed(
            new StreamObservation(
                seen.stream(),
                seen.rendition(),
                seen.point(),
                seen.atMillis(),
                observation(sent.type(), named(seen.finding(), sent.epoch()))),
            policies.apply(seen.stream()));
      }
      case REWATCHED -> {
        Moment moment = parse(sent, Moment.class);
        yield new IncidentInput.Rewatched(
            moment.stream(),
            policies.apply(moment.stream()),
            moment.atMillis(),
            others(moment, sent.epoch(), epochs));
      }
      case PAUSED -> {
        Moment moment = parse(sent, Moment.class);
        yield new IncidentInput.Paused(
            moment.stream(), moment.atMillis(), others(moment, sent.epoch(), epochs));
      }
      case UNWATCHED -> {
        Moment moment = parse(sent, Moment.class);
        yield new IncidentInput.Unwatched(moment.stream(), moment.atMillis());
      }
      case COMMANDED -> parse(sent, IncidentInput.Commanded.class);
      case REOPENED -> {
        Reopening reopening = parse(sent, Reopening.class);
        yield new IncidentInput.Reopened(
            reopening.incident(),
            policies.apply(reopening.incident().stream()),
            reopening.by(),
            reopening.atMillis());
      }
      default -> throw new IllegalArgumentException("of type " + sent.type());
    };
  }

  private static <T extends Record> T parse(Waiting sent, Class<T> type) {
    try {
      return RecordJson.read(sent.body(), type);
    } catch (StoreException e) {
      throw new IllegalArgumentException(
          "of type %s: %s".formatted(sent.type(), e.getMessage()), e);
    }
  }

  private static Observation observation(String type, Finding finding) {
    return switch (type) {
      case OPENED -> new Observation.Opened(finding);
      case UPDATED -> new Observation.Updated(finding);
      default -> new Observation.Closed(finding);
    };
  }

  private static Finding named(Finding finding, long epoch) {
    return finding.withId(beginning(epoch) + finding.id());
  }

  private static String beginning(long epoch) {
    return epoch + "/";
  }

  /** Beginnings of the ids of findings of whoever else watches the stream now. */
  private static Set<String> others(Moment moment, long epoch, Function<String, Set<Long>> epochs) {
    return epochs.apply(moment.stream()).stream()
        .filter(other -> other != epoch)
        .map(InputText::beginning)
        .collect(Collectors.toSet());
  }
}
