package io.aircheck.core.media;

import java.util.OptionalLong;

/**
 * What an input says about leaving its programme for a break and coming back to it: a splice of
 * ANSI/SCTE 35 in a transport stream, or a cue tag or date range in a playlist.
 *
 * @param type what it says
 * @param means by what it is said, such as {@code splice_insert} or {@code EXT-X-CUE}; the return
 *     from a break comes by the same means as its beginning
 * @param eventId id of the break, unique for its means for as long as it lasts; empty where the
 *     signal has none
 * @param ptsMicros media time of the splice; often ahead of what has been decoded, and behind it
 *     where an input was joined in the middle of a break
 * @param durationMicros announced length of the break; of {@link Type#OUT} only
 * @param returnsByItself whether the break is over after the announced length although nothing says
 *     so
 * @param detail one line in words
 */
public record SpliceSignal(
    Type type,
    String means,
    String eventId,
    long ptsMicros,
    OptionalLong durationMicros,
    boolean returnsByItself,
    String detail) {

  /** What a signal says. */
  public enum Type {
    /** The programme is left: a break begins. */
    OUT,
    /** The programme comes back: the break is over. */
    IN,
    /** What was announced for this id will not happen. */
    CANCEL,
    /** Splice information that is encrypted, so that nobody without its key can tell. */
    ENCRYPTED,
    /** Splice information that is damaged. */
    UNREADABLE
  }
}
