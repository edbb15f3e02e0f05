package io.aircheck.media.playlist;

/**
 * A rule of RFC 8216 that a playlist breaks.
 *
 * @param line line number from 1; 0 when it concerns the playlist as a whole
 * @param detail what was expected and what was found, without addresses that carry secrets
 */
public record PlaylistIssue(int line, String detail) {}
