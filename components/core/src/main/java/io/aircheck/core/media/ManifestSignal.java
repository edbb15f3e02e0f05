package io.aircheck.core.media;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that a playlist, or the delivery of its segments, reveals.
 *
 * @param fault what
 * @param rendition rendition whose playlist it concerns, or null for the master playlist
 * @param uri playlist or segment with secrets removed
 * @param ptsMicros media time at which it starts
 * @param endMicros media time at which it ends; equal to {@code ptsMicros} for instants
 * @param ongoing for faults that last in wall-clock time (a stale playlist): true while it lasts,
 *     false in the signal that ends it; false for instants
 * @param values measured quantities by name, with the unit in the name
 * @param detail what was expected and what was found, in words
 */
public record ManifestSignal(
    Fault fault,
    @Nullable String rendition,
    String uri,
    long ptsMicros,
    long endMicros,
    boolean ongoing,
    Map<String, Double> values,
    String detail) {

  public ManifestSignal {
    values = Map.copyOf(values);
  }

  /** What can be wrong with playlists and the delivery of segments. */
  public enum Fault {
    STALE("manifest.stale"),
    MEDIA_SEQUENCE("manifest.media_sequence"),
    DISCONTINUITY_SEQUENCE("manifest.discontinuity_sequence"),
    SEGMENT_UNAVAILABLE("manifest.segment_unavailable"),
    SEGMENT_SLOW("manifest.segment_slow"),
    SEGMENT_DURATION("manifest.segment_duration"),
    INVALID("manifest.invalid"),
    RENDITION_MISSING("manifest.rendition_missing"),
    GAP_DECLARED("manifest.gap");

    private final String kind;

    Fault(String kind) {
      this.kind = kind;
    }

    /** The kind of finding that it leads to. */
    public String kind() {
      return kind;
    }
  }
}
