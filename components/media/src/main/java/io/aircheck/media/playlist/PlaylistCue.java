package io.aircheck.media.playlist;

import io.aircheck.media.splice.SpliceCue;

/**
 * A splice that a playlist announces.
 *
 * @param key the same in every version of the playlist that has it
 * @param sequence media sequence number of a segment
 * @param offsetMicros how long after the start of that segment it is; may be negative
 */
public record PlaylistCue(String key, SpliceCue cue, long sequence, long offsetMicros) {}
