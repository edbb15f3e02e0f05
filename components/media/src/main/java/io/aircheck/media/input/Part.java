package io.aircheck.media.input;

/**
 * A run of bytes that one demultiplexer reads from end to end: a file, or all segments of a
 * rendition up to the next discontinuity. Segments of one run are best delivered as one input, one
 * after the other (with the initialisation section before the first), so that decoders and
 * timestamps go on undisturbed across their borders.
 *
 * @param input the bytes; closed by whoever reads the part
 * @param continuity how its timestamps relate to the part before
 * @param sequence discontinuity sequence number, 0 where none is counted: parts of sibling
 *     renditions with equal numbers have comparable timestamps
 */
public record Part(ByteInput input, Continuity continuity, long sequence) {

  /** How timestamps relate to the part before. */
  public enum Continuity {
    /** They go on: what is missing between the parts is missing from media time as well. */
    CONTINUES,
    /**
     * They start afresh, as the playlist declared: media time goes on where the part before ended.
     */
    DISCONTINUITY
  }
}
