package io.aircheck.detectors.compare;

import io.aircheck.core.observe.Finding;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * State of {@link ReferenceFold}.
 *
 * @param stream stream id
 * @param referenceRendition the rendition of the reference that is compared with, once there is one
 * @param reference signatures of the reference
 * @param monitored what is known of each monitored rendition; the empty string where there is none
 */
record ReferenceState(
    String stream,
    @Nullable String referenceRendition,
    SignatureHistory reference,
    Map<String, Monitored> monitored)
    implements Serializable {

  ReferenceState {
    monitored = Collections.unmodifiableMap(new TreeMap<>(monitored));
  }

  /**
   * One monitored rendition.
   *
   * @param history its signatures
   * @param fromHere its windows looked for in the reference: finds it when it is behind
   * @param fromThere windows of the reference looked for here: finds it when it is ahead
   * @param last the last offset agreed on, or null before the first
   * @param open the open finding, or null
   * @param serial number of findings so far
   * @param certainMicros media time up to which something was certain; before there was anything to
   *     compare, -1
   * @param wallClockMillis wall-clock time of the last signature
   */
  record Monitored(
      SignatureHistory history,
      OffsetTracker fromHere,
      OffsetTracker fromThere,
      @Nullable Offset last,
      @Nullable Finding open,
      int serial,
      long certainMicros,
      long wallClockMillis)
      implements Serializable {
    static final Monitored NEW =
        new Monitored(
            SignatureHistory.EMPTY, OffsetTracker.START, OffsetTracker.START, null, null, 0, -1, 0);

    /** With another signature of its own, and what looking for it told. */
    Monitored heardOf(SignatureHistory longer, OffsetTracker tracker, long nowMillis) {
      return new Monitored(
          longer, tracker, fromThere, last, open, serial, certainMicros, nowMillis);
    }

    /** With what looking for a signature of the reference told. */
    Monitored lookedForFromThere(OffsetTracker tracker) {
      return new Monitored(
          history, fromHere, tracker, last, open, serial, certainMicros, wallClockMillis);
    }

    /** With an offset, and the finding that is open because of it, if any. */
    Monitored judged(Offset offset, @Nullable Finding nowOpen, int findings) {
      return new Monitored(
          history,
          fromHere,
          fromThere,
          offset,
          nowOpen,
          findings,
          Math.max(certainMicros, offset.toMicros()),
          wallClockMillis);
    }

    /** With the finding that tells that nothing is certain. */
    Monitored doubted(Finding doubt) {
      return new Monitored(
          history, fromHere, fromThere, last, doubt, serial + 1, certainMicros, wallClockMillis);
    }

    Monitored certainAt(long micros) {
      return new Monitored(
          history, fromHere, fromThere, last, open, serial, micros, wallClockMillis);
    }
  }

  ReferenceState withMonitored(String rendition, Monitored replacement) {
    Map<String, Monitored> all = new TreeMap<>(monitored);
    all.put(rendition, replacement);
    return new ReferenceState(stream, referenceRendition, reference, all);
  }
}
