package io.aircheck.detectors.compare;

import io.aircheck.core.observe.Finding;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * State of {@link LadderFold}.
 *
 * @param stream stream id
 * @param renditions signatures by rendition
 * @param pairs how each two renditions relate, by {@link #pair}
 * @param open open findings by what they are about
 * @param serial number of findings so far
 * @param wallClockMillis wall-clock time of the last signature
 */
record LadderState(
    String stream,
    Map<String, SignatureHistory> renditions,
    Map<String, Pair> pairs,
    Map<String, Finding> open,
    int serial,
    long wallClockMillis)
    implements Serializable {

  LadderState {
    renditions = Collections.unmodifiableMap(new TreeMap<>(renditions));
    pairs = Collections.unmodifiableMap(new TreeMap<>(pairs));
    open = Collections.unmodifiableMap(new TreeMap<>(open));
  }

  /**
   * Two renditions.
   *
   * @param nextMicros media time that both must reach for the next comparison
   * @param last the last verdict that was not unknown
   * @param votes how many verdicts in a row agree with it
   * @param sinceMicros where the window of the first of them begins
   */
  record Pair(long nextMicros, RenditionComparison.Verdict last, int votes, long sinceMicros)
      implements Serializable {
    static final Pair NEW = new Pair(0, RenditionComparison.Verdict.UNKNOWN, 0, 0);
  }

  /** Key of two renditions, whatever their order. */
  static String pair(String a, String b) {
    return a.compareTo(b) < 0 ? a + "\n" + b : b + "\n" + a;
  }
}
