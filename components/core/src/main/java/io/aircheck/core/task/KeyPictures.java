package io.aircheck.core.task;

import io.aircheck.core.media.MediaEvent;
import java.util.HashMap;
import java.util.Map;

/**
 * How many pictures a key picture stands for while only those are decoded: as many as lay between
 * the two before it, since nobody knows yet when the next one comes. Not thread-safe.
 */
final class KeyPictures {
  private final Map<String, Integer> undecoded = new HashMap<>();

  /** A picture was left out. */
  void undecoded(MediaEvent.Undecoded picture) {
    undecoded.merge(picture.trackId(), 1, Integer::sum);
  }

  /** For how many pictures of its track a key picture stands, itself included. */
  int standsFor(String track) {
    Integer before = undecoded.put(track, 0);
    return before == null ? 1 : before + 1;
  }

  /** Everything is decoded again, or was so far. */
  void clear() {
    undecoded.clear();
  }
}
