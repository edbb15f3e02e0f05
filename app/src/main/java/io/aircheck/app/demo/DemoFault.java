package io.aircheck.app.demo;

import io.aircheck.audience.fault.FaultKind;
import io.aircheck.core.observe.Kinds;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the demo, and what the service should say of it.
 *
 * @param type what is done to a stream, or on the way from it to viewers
 * @param startSeconds programme time at which it begins
 * @param seconds how long it lasts
 */
record DemoFault(Type type, double startSeconds, double seconds) {

  /** What can be done to a stream, and where; or on the way from it to viewers. */
  enum Type {
    BLACK("black picture", null, Kinds.VIDEO_BLACK),
    BLACK_RENDITION("black picture in a rendition", Rung.LOW.name(), Kinds.VIDEO_BLACK),
    FREEZE("frozen picture", null, Kinds.VIDEO_FREEZE),
    SILENCE("silence", null, Kinds.AUDIO_SILENCE),
    MISSING_SEGMENT(
        "segment missing at the server", Rung.LOW.name(), "manifest.segment_unavailable"),
    PACKET_LOSS(
        "transport packets lost",
        Rung.HIGH.name(),
        "transport.continuity_count",
        Kinds.STREAM_DECODE_ERROR,
        Kinds.VIDEO_BLOCK_CORRUPTION),
    STALE_PLAYLIST("playlist not updated", null, "manifest.stale"),
    OTHER_PROGRAMME(
        "other programme in a rendition", Rung.LOW.name(), Kinds.LADDER_CONTENT_MISMATCH),
    /** Who waits falls behind, so the second may follow from the first. */
    LATE_CDN(
        "segments late from " + DemoAudience.LATE_CDN,
        null,
        "experience.rebuffering_percent",
        "experience.latency_seconds");

    private final String words;
    private final Optional<String> rendition;
    private final Set<String> kinds;

    Type(String words, @Nullable String rendition, String... kinds) {
      this.words = words;
      this.rendition = Optional.ofNullable(rendition);
      this.kinds = Set.of(kinds);
    }

    /** What is wrong, for people. */
    String words() {
      return words;
    }

    /** The rendition that it concerns; empty: all. */
    Optional<String> rendition() {
      return rendition;
    }

    /**
     * What it is to viewers who have it, of those faults that are in a stream; empty: nothing that
     * they would mind.
     */
    Optional<FaultKind> felt() {
      return Optional.ofNullable(
          switch (this) {
            case BLACK, BLACK_RENDITION -> FaultKind.BLACK;
            case FREEZE -> FaultKind.FREEZE;
            case SILENCE -> FaultKind.SILENCE;
            case OTHER_PROGRAMME -> FaultKind.WRONG_PROGRAMME;
            case STALE_PLAYLIST -> FaultKind.OUTAGE;
            case MISSING_SEGMENT -> FaultKind.GAP;
            case PACKET_LOSS, LATE_CDN -> null;
          });
    }

    /** Kinds of finding of which one is expected. */
    Set<String> kinds() {
      return kinds;
    }
  }

  double endSeconds() {
    return startSeconds + seconds;
  }

  /** Whether it is there at a programme time. */
  boolean lasts(double programmeSeconds) {
    return programmeSeconds >= startSeconds && programmeSeconds < endSeconds();
  }
}
