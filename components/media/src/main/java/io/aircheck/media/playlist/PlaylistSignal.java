package io.aircheck.media.playlist;

import io.aircheck.core.media.ManifestSignal.Fault;
import java.util.Map;

/**
 * Something that a playlist reveals, before it is known where in media time it is.
 *
 * @param ongoing as in {@link io.aircheck.core.media.ManifestSignal}
 * @param dueMicros length of the media that was due since the latest segment and has not come
 * @param values measured quantities by name, with the unit in the name
 * @param detail what was expected and what was found
 */
public record PlaylistSignal(
    Fault fault, boolean ongoing, long dueMicros, Map<String, Double> values, String detail) {

  /** A signal for an instant. */
  public static PlaylistSignal instant(Fault fault, Map<String, Double> values, String detail) {
    return new PlaylistSignal(fault, false, 0, values, detail);
  }
}
