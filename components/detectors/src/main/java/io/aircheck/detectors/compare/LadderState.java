package io.aircheck.detectors.compare;

import io.aircheck.core.observe.Finding;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * State of {@link LadderFold}. Signatures and pairs are in ladder time, findings in the media time
 * of their rendition.
 *
 * @param stream stream id
 * @param timeline how the media times of the renditions lie in ladder time
 * @param renditions signatures by rendition
 * @param pairs how each two renditions relate, by {@link #pair}
 * @param open open findings by what they are about
 * @param serial number of findings so far
 * @param wallClockMillis wall-clock time of the last signature
 */
record LadderState(
    String stream,
    LadderTimeline timeline,
    Map<String, SignatureHistory> renditions,
    Map<String, RenditionPair> pairs,
    Map<String, Finding> open,
    int serial,
    long wallClockMillis)
    implements Serializable {

  LadderState {
    renditions = Collections.unmodifiableMap(new TreeMap<>(renditions));
    pairs = Collections.unmodifiableMap(new TreeMap<>(pairs));
    open = Collections.unmodifiableMap(new TreeMap<>(open));
  }

  static LadderState of(String stream) {
    return new LadderState(stream, LadderTimeline.EMPTY, Map.of(), Map.of(), Map.of(), 0, 0);
  }

  /** Key of two renditions, whatever their order. */
  static String pair(String a, String b) {
    return a.compareTo(b) < 0 ? a + "\n" + b : b + "\n" + a;
  }

  SignatureHistory history(String rendition) {
    return renditions.getOrDefault(rendition, SignatureHistory.EMPTY);
  }

  LadderState withPairs(Map<String, RenditionPair> replaced) {
    return new LadderState(stream, timeline, renditions, replaced, open, serial, wallClockMillis);
  }

  LadderState withOpen(Map<String, Finding> replaced, int serialNow) {
    return new LadderState(
        stream, timeline, renditions, pairs, replaced, serialNow, wallClockMillis);
  }

  /** Without renditions that showed nothing for as long as signatures are kept. */
  LadderState withoutGone() {
    long newest =
        renditions.values().stream().mapToLong(SignatureHistory::pictureEndMicros).max().orElse(0);
    Map<String, SignatureHistory> left = new TreeMap<>(renditions);
    Map<String, RenditionPair> related = new TreeMap<>(pairs);
    LadderTimeline times = timeline;
    for (Map.Entry<String, SignatureHistory> entry : renditions.entrySet()) {
      String rendition = entry.getKey();
      if (newest - entry.getValue().pictureEndMicros() > SignatureHistory.KEEP_MICROS) {
        left.remove(rendition);
        renditions.keySet().forEach(other -> related.remove(pair(rendition, other)));
        times = times.without(rendition);
      }
    }
    return left.size() == renditions.size()
        ? this
        : new LadderState(stream, times, left, related, open, serial, wallClockMillis);
  }
}
