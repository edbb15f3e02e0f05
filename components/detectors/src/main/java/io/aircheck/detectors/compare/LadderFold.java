package io.aircheck.detectors.compare;

import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Fingerprint;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.detectors.compare.RenditionComparison.Relation;
import io.aircheck.detectors.compare.RenditionComparison.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares all renditions of a ladder with each other: {@code ladder.content_mismatch} when one
 * shows other pictures than its siblings, {@code ladder.misaligned} when it shows them at another
 * time. Two verdicts in a row must agree.
 *
 * <p>The majority is right. Without one, as with two renditions, the finding names both.
 */
public final class LadderFold implements ObservationFold<LadderState> {
  /** Name in a topology. */
  public static final String ID = "ladder";

  private static final int MOST_RENDITIONS = 16;
  private static final long HOP_MICROS = 2_000_000;
  private static final int VOTES = 2;

  /** Signatures kept: the look-back, with room for renditions that come late. */
  private static final long KEEP_MICROS = 30_000_000;

  /** Lags from comparison to comparison agree within two pictures at 25 per second. */
  private static final double LAG_AGREEMENT_MILLIS = 80;

  private static final double CONFIDENCE = 0.95;

  @Override
  public String id() {
    return ID;
  }

  @Override
  public LadderState initial(String key) {
    return new LadderState(key, Map.of(), Map.of(), Map.of(), 0, 0);
  }

  @Override
  public Step<LadderState, StreamObservation> apply(LadderState state, StreamObservation input) {
    if (input.rendition() == null
        || input.point() != Point.MONITORED
        || !(input.observation() instanceof Observation.Fingerprinted taken)
        || !taken.fingerprint().scheme().equals(PictureSignature.SCHEME)) {
      return Step.of(state, List.of());
    }
    String rendition = input.rendition();
    if (!state.renditions().containsKey(rendition)
        && state.renditions().size() == MOST_RENDITIONS) {
      return Step.of(state, List.of());
    }
    LadderState seen = with(state, rendition, taken.fingerprint(), input.wallClockMillis());
    Map<String, LadderState.Pair> pairs = new TreeMap<>(seen.pairs());
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
    LadderState judged =
        judge(
            new LadderState(
                seen.stream(),
                seen.renditions(),
                pairs,
                seen.open(),
                seen.serial(),
                seen.wallClockMillis()),
            out);
    return Step.of(judged, out);
  }

  private static LadderState with(
      LadderState state, String rendition, Fingerprint fingerprint, long wallClockMillis) {
    Map<String, SignatureHistory> renditions = new TreeMap<>(state.renditions());
    renditions.put(
        rendition,
        renditions.getOrDefault(rendition, SignatureHistory.EMPTY).with(fingerprint, KEEP_MICROS));
    return new LadderState(
        state.stream(), renditions, state.pairs(), state.open(), state.serial(), wallClockMillis);
  }

  /** Compares two renditions if both have moved on far enough. */
  private static boolean compare(
      LadderState state, String one, String other, Map<String, LadderState.Pair> pairs) {
    String a = one.compareTo(other) < 0 ? one : other;
    String b = a.equals(one) ? other : one;
    SignatureHistory first = history(state, a);
    SignatureHistory second = history(state, b);
    long reached = Math.min(first.pictureEndMicros(), second.pictureEndMicros());
    String key = LadderState.pair(a, b);
    LadderState.Pair pair = pairs.getOrDefault(key, LadderState.Pair.NEW);
    if (reached < Math.max(pair.nextMicros(), Offset.WINDOW_MICROS)) {
      return false;
    }
    pairs.put(key, vote(pair, RenditionComparison.compare(first, second), reached));
    return true;
  }

  private static LadderState.Pair vote(LadderState.Pair pair, Verdict verdict, long reached) {
    long next = reached + HOP_MICROS;
    if (verdict.relation() == Relation.UNKNOWN) {
      return new LadderState.Pair(next, pair.last(), pair.votes(), pair.sinceMicros());
    }
    return verdict.relation() == pair.last().relation()
            && (Double.isNaN(verdict.lagMillis())
                || Math.abs(verdict.lagMillis() - pair.last().lagMillis()) < LAG_AGREEMENT_MILLIS)
        ? new LadderState.Pair(
            next,
            Double.isNaN(verdict.lagMillis()) ? pair.last() : verdict,
            pair.votes() + 1,
            pair.sinceMicros())
        : new LadderState.Pair(next, verdict, 1, since(verdict, reached));
  }

  private static long since(Verdict verdict, long reached) {
    // Other pictures are looked back on for longer than the same ones.
    return verdict.relation() == Relation.DIFFERENT
        ? Math.max(0, reached - RenditionComparison.LOOK_BACK_MICROS)
        : Math.max(0, reached - Offset.WINDOW_MICROS);
  }

  /** Opens and closes what the relations of all pairs say. */
  private static LadderState judge(LadderState state, List<StreamObservation> out) {
    Map<String, Finding> current = new TreeMap<>();
    int serial = state.serial();
    for (LadderFault fault : LadderFault.of(state.renditions().keySet(), state.pairs(), VOTES)) {
      Finding before = state.open().get(fault.subject());
      int number = before == null ? ++serial : 0;
      Finding now = finding(state, fault, before, number);
      current.put(fault.subject(), now);
      if (before == null) {
        out.add(observation(state, now, new Observation.Opened(now)));
      }
    }
    for (Map.Entry<String, Finding> entry : state.open().entrySet()) {
      if (!current.containsKey(entry.getKey())) {
        out.add(observation(state, entry.getValue(), new Observation.Closed(entry.getValue())));
      }
    }
    return new LadderState(
        state.stream(),
        state.renditions(),
        state.pairs(),
        current,
        serial,
        state.wallClockMillis());
  }

  private static Finding finding(
      LadderState state, LadderFault fault, @Nullable Finding before, int number) {
    long end =
        fault.rendition() == null
            ? state.renditions().values().stream()
                .mapToLong(SignatureHistory::pictureEndMicros)
                .min()
                .orElse(0)
            : history(state, fault.rendition()).pictureEndMicros();
    long start = before == null ? fault.sinceMicros() : before.startMicros();
    return new Finding(
        before == null ? fault.kind() + "/" + number : before.id(),
        fault.kind(),
        start,
        Math.max(start, end),
        fault.kind().equals(Kinds.LADDER_CONTENT_MISMATCH) ? Severity.ERROR : Severity.WARNING,
        CONFIDENCE,
        null,
        fault.rendition(),
        fault.measurements(),
        fault.message());
  }

  private static SignatureHistory history(LadderState state, String rendition) {
    return state.renditions().getOrDefault(rendition, SignatureHistory.EMPTY);
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
