package io.aircheck.media.playlist;

/**
 * The segment to play next.
 *
 * @param segment what to fetch
 * @param continues whether it follows the one before without a hole
 * @param skippedMicros media that left the playlist before it could be fetched, by EXTINF of this
 *     segment; 0 where nothing is known to be missing
 */
public record PlannedSegment(Segment segment, boolean continues, long skippedMicros) {}
