package io.aircheck.detectors.compare;

import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Fingerprint;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the monitored point of a programme with its reference: {@code sync.offset} when sound
 * and picture do not arrive with the same delay.
 *
 * <p>Two of three windows of six seconds must agree within 10 ms. What is not certain is never
 * guessed: it leaves the last verdict as it is, and a stream that never had one ends with an
 * informational finding that says "inconclusive". One that was in step ends with an informational
 * finding that tells offset and delay.
 */
public final class ReferenceFold implements ObservationFold<ReferenceState> {
  /** Name in a topology. */
  public static final String ID = "reference";

  /** Renditions compared; further ones are left alone, so that the state stays bounded. */
  private static final int MOST_RENDITIONS = 16;

  /** No window of 690 was wrong by more than 2 ms where the picture rates are equal. */
  private static final double CONFIDENCE_EXACT = 0.98;

  /** At different rates one in twenty was more than 10 ms off; two must agree. */
  private static final double CONFIDENCE_INTERPOLATED = 0.9;

  /** A new offset this far from the one that is open is another finding. */
  private static final double CHANGE_MILLIS = 20;

  @Override
  public String id() {
    return ID;
  }

  @Override
  public ReferenceState initial(String key) {
    return new ReferenceState(key, null, SignatureHistory.EMPTY, Map.of());
  }

  @Override
  public Step<ReferenceState, StreamObservation> apply(
      ReferenceState state, StreamObservation input) {
    if (!(input.observation() instanceof Observation.Fingerprinted taken)) {
      return Step.of(state, List.of());
    }
    return input.point() == Point.REFERENCE
        ? fromReference(state, input, taken.fingerprint())
        : fromMonitored(state, input, taken.fingerprint());
  }

  private static Step<ReferenceState, StreamObservation> fromMonitored(
      ReferenceState state, StreamObservation input, Fingerprint fingerprint) {
    String rendition = name(input.rendition());
    ReferenceState.Monitored before = state.monitored().get(rendition);
    if (before == null) {
      if (state.monitored().size() == MOST_RENDITIONS) {
        return Step.of(state, List.of());
      }
      before = ReferenceState.Monitored.NEW;
    }
    SignatureHistory history = before.history().with(fingerprint);
    OffsetTracker.Step looked = before.fromHere().advance(history, state.reference());
    List<StreamObservation> out = new ArrayList<>();
    ReferenceState.Monitored after =
        judge(
            new ReferenceState.Monitored(
                history,
                looked.tracker(),
                before.fromThere(),
                before.last(),
                before.open(),
                before.serial(),
                input.wallClockMillis()),
            looked.agreed(),
            state.stream(),
            rendition,
            out);
    return Step.of(state.withMonitored(rendition, after), out);
  }

  private static Step<ReferenceState, StreamObservation> fromReference(
      ReferenceState state, StreamObservation input, Fingerprint fingerprint) {
    String rendition = name(input.rendition());
    if (state.referenceRendition() != null && !state.referenceRendition().equals(rendition)) {
      return Step.of(state, List.of());
    }
    SignatureHistory reference = state.reference().with(fingerprint);
    ReferenceState after =
        new ReferenceState(state.stream(), rendition, reference, state.monitored());
    List<StreamObservation> out = new ArrayList<>();
    for (Map.Entry<String, ReferenceState.Monitored> entry : state.monitored().entrySet()) {
      ReferenceState.Monitored before = entry.getValue();
      OffsetTracker.Step looked = before.fromThere().advance(reference, before.history());
      ReferenceState.Monitored next =
          judge(
              new ReferenceState.Monitored(
                  before.history(),
                  before.fromHere(),
                  looked.tracker(),
                  before.last(),
                  before.open(),
                  before.serial(),
                  before.wallClockMillis()),
              looked.agreed().map(Offset::reversed),
              state.stream(),
              entry.getKey(),
              out);
      after = after.withMonitored(entry.getKey(), next);
    }
    return Step.of(after, out);
  }

  private static ReferenceState.Monitored judge(
      ReferenceState.Monitored monitored,
      Optional<Offset> agreed,
      String stream,
      String rendition,
      List<StreamObservation> out) {
    Offset last = monitored.last();
    if (agreed.isEmpty() || (last != null && agreed.get().toMicros() <= last.toMicros())) {
      // An older window does not overrule a newer one: the two directions see them at other times.
      return monitored;
    }
    Offset offset = agreed.get();
    Finding open = monitored.open();
    int serial = monitored.serial();
    Optional<Severity> severity = OffsetTolerance.severity(offset.offsetMillis());
    if (open != null
        && (severity.isEmpty()
            || Math.abs(offsetOf(open) - offset.offsetMillis()) > CHANGE_MILLIS)) {
      out.add(observation(stream, rendition, monitored, new Observation.Closed(open)));
      open = null;
    }
    if (severity.isPresent()) {
      if (open == null) {
        open = finding(++serial, offset, offset.fromMicros(), severity.get(), rendition);
        out.add(observation(stream, rendition, monitored, new Observation.Opened(open)));
      } else {
        Finding longer =
            finding(
                serial,
                offset,
                Math.min(open.startMicros(), offset.fromMicros()),
                severity.get(),
                rendition);
        if (longer.severity() != open.severity()) {
          out.add(observation(stream, rendition, monitored, new Observation.Updated(longer)));
        }
        open = longer;
      }
    }
    return new ReferenceState.Monitored(
        monitored.history(),
        monitored.fromHere(),
        monitored.fromThere(),
        offset,
        open,
        serial,
        monitored.wallClockMillis());
  }

  private static double offsetOf(Finding finding) {
    return Objects.requireNonNull(finding.measurements().get("offsetMillis"));
  }

  private static Finding finding(
      int serial, Offset offset, long startMicros, Severity severity, String rendition) {
    boolean inStep = severity == Severity.INFO;
    return new Finding(
        id(rendition, serial),
        Kinds.SYNC_OFFSET,
        startMicros,
        offset.toMicros(),
        severity,
        offset.exact() ? CONFIDENCE_EXACT : CONFIDENCE_INTERPOLATED,
        null,
        rendition.isEmpty() ? null : rendition,
        Map.of(
            "offsetMillis", offset.offsetMillis(),
            "delayMillis", offset.delayMillis()),
        inStep
            ? "In step with the reference: " + OffsetTolerance.inWords(offset.offsetMillis())
            : "Against the reference, " + OffsetTolerance.inWords(offset.offsetMillis()));
  }

  @Override
  public Step<ReferenceState, StreamObservation> finish(ReferenceState state) {
    List<StreamObservation> out = new ArrayList<>();
    for (Map.Entry<String, ReferenceState.Monitored> entry : state.monitored().entrySet()) {
      String rendition = entry.getKey();
      ReferenceState.Monitored monitored = entry.getValue();
      if (monitored.open() != null) {
        Finding closed = untilEnd(monitored.open(), monitored.history().pictureEndMicros());
        out.add(observation(state.stream(), rendition, monitored, new Observation.Closed(closed)));
      } else if (monitored.serial() == 0 && state.referenceRendition() != null) {
        Finding told = summary(monitored, rendition);
        out.add(observation(state.stream(), rendition, monitored, new Observation.Opened(told)));
        out.add(observation(state.stream(), rendition, monitored, new Observation.Closed(told)));
      }
    }
    return Step.of(initial(state.stream()), out);
  }

  /** What is said of a rendition that had no finding. */
  private static Finding summary(ReferenceState.Monitored monitored, String rendition) {
    Offset last = monitored.last();
    if (last != null) {
      return finding(1, last, last.fromMicros(), Severity.INFO, rendition);
    }
    return new Finding(
        id(rendition, 1),
        Kinds.SYNC_OFFSET,
        0,
        Math.max(0, monitored.history().pictureEndMicros()),
        Severity.INFO,
        0,
        null,
        rendition.isEmpty() ? null : rendition,
        Map.of(),
        "Inconclusive: picture and sound could not both be placed in the reference");
  }

  /** An offset lasts: less than a window before the end could not be measured any more. */
  private static Finding untilEnd(Finding finding, long endMicros) {
    boolean close = endMicros - finding.endMicros() < 2 * Offset.WINDOW_MICROS;
    return new Finding(
        finding.id(),
        finding.kind(),
        finding.startMicros(),
        close ? Math.max(endMicros, finding.endMicros()) : finding.endMicros(),
        finding.severity(),
        finding.confidence(),
        finding.track(),
        finding.rendition(),
        finding.measurements(),
        finding.message());
  }

  private static String id(String rendition, int serial) {
    return Kinds.SYNC_OFFSET
        + "/reference/"
        + (rendition.isEmpty() ? "" : rendition + "/")
        + serial;
  }

  private static StreamObservation observation(
      String stream,
      String rendition,
      ReferenceState.Monitored monitored,
      Observation observation) {
    return new StreamObservation(
        stream,
        rendition.isEmpty() ? null : rendition,
        Point.MONITORED,
        monitored.wallClockMillis(),
        observation);
  }

  private static String name(@Nullable String rendition) {
    return rendition == null ? "" : rendition;
  }
}
