/**
 * HTTP Live Streaming: the text of playlists (RFC 8216) to {@link
 * io.aircheck.media.playlist.Playlist}.
 */
@org.jspecify.annotations.NullMarked
package io.aircheck.media.hls;
