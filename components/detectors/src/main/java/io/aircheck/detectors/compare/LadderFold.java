package io.aircheck.detectors.compare;

import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Fingerprint;
import io.aircheck.core.observe.Observation;
import io.aircheck.detectors.compare.RenditionComparison.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares all renditions of a ladder with each other, on one time line (see {@link
 * LadderTimeline}): {@code ladder.content_mismatch} when one shows other pictures than its
 * siblings, {@code ladder.misaligned} when it shows them at another time, {@code sync.offset} when
 * its sound lies differently against its pictures. Two comparisons in a row must agree.
 *
 * <p>The majority is right. Without one, as with two renditions, the finding names both.
 */
public final class LadderFold implements ObservationFold<LadderState> {
  /** Name in a topology. */
  public static final String ID = "ladder";

  private static final int MOST_RENDITIONS = 16;

  /**
   * Lags from here on say nothing where renditions tell no timestamps: those of a live ladder are
   * joined at segments of their own, and segments are longer than this.
   */
  private static final double JOINED_ELSEWHERE_MILLIS = 1000;

  private static final double CONFIDENCE = 0.95;

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Class<LadderState> stateType() {
    return LadderState.class;
  }

  @Override
  public LadderState initial(String key) {
    return LadderState.of(key);
  }

  @Override
  public Step<LadderState, StreamObservation> apply(LadderState state, StreamObservation input) {
    String rendition = input.rendition();
    if (rendition == null
        || input.point() != Point.MONITORED
        || !(input.observation() instanceof Observation.Fingerprinted taken)
        || (!state.renditions().containsKey(rendition)
            && state.renditions().size() == MOST_RENDITIONS)) {
      return Step.of(state, List.of());
    }
    LadderState seen = with(state, rendition, taken.fingerprint(), input.wallClockMillis());
    Map<String, RenditionPair> pairs = new TreeMap<>(seen.pairs());
    boolean compared = false;
    for (String other : seen.renditions().keySet()) {
      if (!other.equals(rendition)) {
        compared |= compare(seen, rendition, other, pairs);
      }
    }
    if (!compared) {
      return Step.of(seen, List.of());
    }
    List<StreamObservation> out = new ArrayList<>();
    return Step.of(judge(seen.withPairs(pairs).withoutGone(), out), out);
  }

  private static LadderState with(
      LadderState state, String rendition, Fingerprint fingerprint, long wallClockMillis) {
    LadderTimeline timeline =
        state.timeline().entered(rendition, fingerprint.scope(), fingerprint.ptsMicros());
    Map<String, SignatureHistory> renditions = new TreeMap<>(state.renditions());
    renditions.put(
        rendition,
        state.history(rendition).with(inLadderTime(fingerprint, timeline.shiftMicros(rendition))));
    return new LadderState(
        state.stream(),
        timeline,
        renditions,
        state.pairs(),
        state.open(),
        state.serial(),
        wallClockMillis);
  }

  private static Fingerprint inLadderTime(Fingerprint fingerprint, long shiftMicros) {
    return new Fingerprint(
        fingerprint.track(),
        fingerprint.scheme(),
        fingerprint.ptsMicros() + shiftMicros,
        fingerprint.stepMicros(),
        TimestampScope.UNKNOWN,
        fingerprint.values());
  }

  /** Compares two renditions if both have moved on far enough. */
  private static boolean compare(
      LadderState state, String one, String other, Map<String, RenditionPair> pairs) {
    String a = one.compareTo(other) < 0 ? one : other;
    String b = a.equals(one) ? other : one;
    SignatureHistory first = state.history(a);
    SignatureHistory second = state.history(b);
    if (first.pictures().isEmpty() || second.pictures().isEmpty()) {
      return false;
    }
    long reached = Math.min(first.pictureEndMicros(), second.pictureEndMicros());
    String key = LadderState.pair(a, b);
    RenditionPair pair = pairs.getOrDefault(key, RenditionPair.NEW);
    if (!pair.due(reached)) {
      return false;
    }
    Verdict verdict = RenditionComparison.compare(first, second, reached);
    boolean tellsJoining =
        !state.timeline().related(a, b) && Math.abs(verdict.lagMillis()) >= JOINED_ELSEWHERE_MILLIS;
    pairs.put(key, pair.with(tellsJoining ? verdict.withoutLag() : verdict, reached));
    return true;
  }

  /** Opens and closes what the relations of all pairs say. */
  private static LadderState judge(LadderState state, List<StreamObservation> out) {
    Map<String, Finding> current = new TreeMap<>();
    int serial = state.serial();
    for (LadderFault fault : LadderFault.of(state.renditions().keySet(), state.pairs())) {
      Finding before = state.open().get(fault.subject());
      String id = before == null ? fault.kind() + "/ladder/" + ++serial : before.id();
      Finding now = finding(state, fault, before, id);
      current.put(fault.subject(), now);
      if (before == null) {
        out.add(observation(state, now, new Observation.Opened(now)));
      } else if (before.severity() != now.severity()) {
        out.add(observation(state, now, new Observation.Updated(now)));
      }
    }
    for (Map.Entry<String, Finding> entry : state.open().entrySet()) {
      if (!current.containsKey(entry.getKey())) {
        out.add(observation(state, entry.getValue(), new Observation.Closed(entry.getValue())));
      }
    }
    return state.withOpen(current, serial);
  }

  private static Finding finding(
      LadderState state, LadderFault fault, @Nullable Finding before, String id) {
    // A finding of no single rendition is told in the time of the first.
    String clock =
        fault.rendition() != null
            ? fault.rendition()
            : state.renditions().keySet().iterator().next();
    long shift = state.timeline().shiftMicros(clock);
    long start = before == null ? Math.max(0, fault.sinceMicros() - shift) : before.startMicros();
    long end =
        fault.rendition() == null
            ? state.renditions().values().stream()
                .mapToLong(SignatureHistory::pictureEndMicros)
                .min()
                .orElse(0)
            : state.history(fault.rendition()).pictureEndMicros();
    return new Finding(
        id,
        fault.kind(),
        start,
        Math.max(start, end - shift),
        fault.severity(),
        CONFIDENCE,
        null,
        fault.rendition(),
        fault.measurements(),
        fault.message());
  }

  @Override
  public Step<LadderState, StreamObservation> finish(LadderState state) {
    List<StreamObservation> out = new ArrayList<>();
    for (Finding finding : state.open().values()) {
      out.add(observation(state, finding, new Observation.Closed(finding)));
    }
    return Step.of(initial(state.stream()), out);
  }

  private static StreamObservation observation(
      LadderState state, Finding finding, Observation observation) {
    return new StreamObservation(
        state.stream(), finding.rendition(), Point.MONITORED, state.wallClockMillis(), observation);
  }
}
