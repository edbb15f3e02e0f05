package io.aircheck.core.task;

import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaSource;
import java.util.HashMap;
import java.util.Map;

/**
 * How much a task decodes, and what a picture that it does decode stands for: while only key
 * pictures are decoded, as many pictures as lay between the two key pictures before, since nobody
 * knows yet when the next one comes. Any thread may demand, the task's thread does the rest.
 */
final class PictureDepth {
  /** What to decode, and why, in words for people. */
  private record Demand(Decoding decoding, String why) {}

  private volatile Demand demand = new Demand(Decoding.FULL, "");
  private Demand met = demand;
  private final Map<String, Integer> undecoded = new HashMap<>();

  /** Decodes more or less from the next event on; from any thread. */
  void demand(Decoding decoding, String why) {
    demand = new Demand(decoding, why);
  }

  /** Does what was demanded since. */
  void meet(MediaSource source, DetectorBank bank, TaskProbe probe, long mediaMicros) {
    Demand next = demand;
    if (next == met) {
      return;
    }
    boolean other = next.decoding() != met.decoding();
    met = next;
    if (other) {
      undecoded.clear();
      source.decode(next.decoding());
      bank.decoding(next.decoding(), mediaMicros);
    }
    probe.decoding(next.decoding(), next.why());
  }

  /** The input was opened anew. */
  void opened(MediaSource source) {
    source.decode(met.decoding());
  }

  /** Whether only key pictures are decoded. */
  boolean keyPicturesOnly() {
    return met.decoding() == Decoding.KEY_PICTURES;
  }

  /** A picture was left out. */
  void undecoded(MediaEvent.Undecoded picture) {
    undecoded.merge(picture.trackId(), 1, Integer::sum);
  }

  /** For how many pictures of its track a key picture stands, itself included. */
  int standsFor(String track) {
    Integer before = undecoded.put(track, 0);
    return before == null ? 1 : before + 1;
  }
}
