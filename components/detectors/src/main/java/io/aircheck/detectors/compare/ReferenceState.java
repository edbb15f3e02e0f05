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
   * @param wallClockMillis wall-clock time of the last signature
   */
  record Monitored(
      SignatureHistory history,
      OffsetTracker fromHere,
      OffsetTracker fromThere,
      @Nullable Offset last,
      @Nullable Finding open,
      int serial,
      long wallClockMillis)
      implements Serializable {
    static final Monitored NEW =
        new Monitored(
            SignatureHistory.EMPTY, OffsetTracker.START, OffsetTracker.START, null, null, 0, 0);
  }

  ReferenceState withMonitored(String rendition, Monitored replacement) {
    Map<String, Monitored> all = new TreeMap<>(monitored);
    all.put(rendition, replacement);
    return new ReferenceState(stream, referenceRendition, reference, all);
  }
}
