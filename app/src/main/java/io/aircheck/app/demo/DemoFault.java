package io.aircheck.app.demo;

import io.aircheck.core.observe.Kinds;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the demo's stream, and what the monitor should say of it.
 *
 * @param type what is done to the stream
 * @param startSeconds programme time at which it begins
 * @param seconds how long it lasts
 */
record DemoFault(Type type, double startSeconds, double seconds) {

  /** What can be done to the stream, and where. */
  enum Type {
    BLACK("black picture", null, Kinds.VIDEO_BLACK),
    FREEZE("frozen picture", null, Kinds.VIDEO_FREEZE),
    SILENCE("silence", null, Kinds.AUDIO_SILENCE),
    MISSING_SEGMENT(
        "segment missing at the server", LiveLadder.LOW, "manifest.segment_unavailable"),
    PACKET_LOSS(
        "transport packets lost",
        LiveLadder.HIGH,
        "transport.continuity_count",
        Kinds.STREAM_DECODE_ERROR,
        Kinds.VIDEO_BLOCK_CORRUPTION),
    STALE_PLAYLIST("playlist not updated", null, "manifest.stale"),
    OTHER_PROGRAMME(
        "another programme in one rendition", LiveLadder.LOW, Kinds.LADDER_CONTENT_MISMATCH);

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

    /** Kinds of finding of which one is expected. */
    Set<String> kinds() {
      return kinds;
    }
  }

  /** Whether the fault is in force at a programme time in a rendition. */
  boolean holds(double programmeSeconds, String renditionId) {
    return programmeSeconds >= startSeconds
        && programmeSeconds < endSeconds()
        && type.rendition().map(renditionId::equals).orElse(true);
  }

  double endSeconds() {
    return startSeconds + seconds;
  }

  /** Each type once, as close together as they can be told apart. */
  static List<DemoFault> schedule() {
    return List.of(
        new DemoFault(Type.BLACK, 14, 4),
        new DemoFault(Type.FREEZE, 22, 4),
        new DemoFault(Type.SILENCE, 30, 4),
        new DemoFault(Type.MISSING_SEGMENT, 38, 2),
        new DemoFault(Type.PACKET_LOSS, 44, 2),
        new DemoFault(Type.OTHER_PROGRAMME, 50, 26),
        // Last, since it empties every player: what is compared has to find its place again.
        new DemoFault(Type.STALE_PLAYLIST, 78, 12));
  }
}
