package io.aircheck.detectors.compare;

import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Fingerprint;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the monitored point of a programme with its reference: {@code sync.offset} when sound
 * and picture do not arrive with the same delay.
 *
 * <p>Two of three windows must agree within 10 ms. What is not certain is never guessed: it leaves
 * the last verdict as it is, and a stream that has had none for a minute, or at its end, gets an
 * informational finding that says "inconclusive" and why. One that was in step ends with an
 * informational finding that tells offset and delay.
 */
public final class ReferenceFold implements ObservationFold<ReferenceState> {
  /** Name in a topology. */
  public static final String ID = "reference";

  /** Renditions compared; further ones are left alone, so that the state stays bounded. */
  private static final int MOST_RENDITIONS = 16;

  /** Nothing could be measured for so long: that is told. */
  private static final long DOUBT_MICROS = 60_000_000;

  /** A new offset this far from the one that is open is another finding. */
  private static final double CHANGE_MILLIS = 20;

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Class<ReferenceState> stateType() {
    return ReferenceState.class;
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
            before.heardOf(history, looked.tracker(), input.wallClockMillis()),
            looked.agreed(),
            state.stream(),
            rendition,
            out);
    if (state.referenceRendition() != null) {
      after = doubt(after, state, rendition, out);
    }
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
              before.lookedForFromThere(looked.tracker()),
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
    if (open != null && (severity.isEmpty() || isAnother(open, offset))) {
      out.add(observation(stream, rendition, monitored, new Observation.Closed(open)));
      open = null;
    }
    if (severity.isPresent()) {
      if (open == null) {
        open =
            OffsetFinding.measured(
                ++serial, offset, offset.fromMicros(), severity.get(), rendition);
        out.add(observation(stream, rendition, monitored, new Observation.Opened(open)));
      } else {
        Finding longer =
            OffsetFinding.measured(
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
    return monitored.judged(offset, open, serial);
  }

  /**
   * Whether an open finding tells of something else: an offset that was, or that nothing is sure.
   */
  private static boolean isAnother(Finding open, Offset offset) {
    return isDoubt(open)
        || Math.abs(OffsetFinding.offsetMillis(open) - offset.offsetMillis()) > CHANGE_MILLIS;
  }

  private static boolean isDoubt(Finding finding) {
    return finding.measurements().isEmpty();
  }

  /** Tells when for a long time nothing was certain, unless an offset is being told of. */
  private static ReferenceState.Monitored doubt(
      ReferenceState.Monitored monitored,
      ReferenceState state,
      String rendition,
      List<StreamObservation> out) {
    long now = OffsetFinding.endMicros(monitored);
    long since = monitored.certainMicros();
    if (monitored.open() != null || now - since < DOUBT_MICROS) {
      return since < 0 || now < since ? monitored.certainAt(now) : monitored;
    }
    Finding doubt =
        OffsetFinding.inconclusive(
            monitored.serial() + 1, monitored, state.reference(), since, rendition);
    out.add(observation(state.stream(), rendition, monitored, new Observation.Opened(doubt)));
    return monitored.doubted(doubt);
  }

  @Override
  public Step<ReferenceState, StreamObservation> finish(ReferenceState state) {
    List<StreamObservation> out = new ArrayList<>();
    for (Map.Entry<String, ReferenceState.Monitored> entry : state.monitored().entrySet()) {
      String rendition = entry.getKey();
      ReferenceState.Monitored monitored = entry.getValue();
      if (monitored.open() != null) {
        Finding closed = untilEnd(monitored.open(), OffsetFinding.endMicros(monitored));
        out.add(observation(state.stream(), rendition, monitored, new Observation.Closed(closed)));
      } else if (monitored.serial() == 0 && state.referenceRendition() != null) {
        Finding told = summary(monitored, state.reference(), rendition);
        out.add(observation(state.stream(), rendition, monitored, new Observation.Opened(told)));
        out.add(observation(state.stream(), rendition, monitored, new Observation.Closed(told)));
      }
    }
    return Step.of(initial(state.stream()), out);
  }

  /** What is said of a rendition that had no finding. */
  private static Finding summary(
      ReferenceState.Monitored monitored, SignatureHistory reference, String rendition) {
    Offset last = monitored.last();
    return last == null
        ? OffsetFinding.inconclusive(1, monitored, reference, 0, rendition)
        : OffsetFinding.measured(1, last, last.fromMicros(), Severity.INFO, rendition);
  }

  /** An offset lasts: less than a window before the end could not be measured any more. */
  private static Finding untilEnd(Finding finding, long endMicros) {
    boolean close = endMicros - finding.endMicros() < 2 * Offset.WINDOW_MICROS;
    return close || isDoubt(finding) ? OffsetFinding.until(finding, endMicros) : finding;
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
