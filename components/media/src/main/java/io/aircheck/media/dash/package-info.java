/**
 * MPEG-DASH: the text of manifests (ISO/IEC 23009-1) to {@link
 * io.aircheck.media.playlist.Playlist}.
 */
@org.jspecify.annotations.NullMarked
package io.aircheck.media.dash;
