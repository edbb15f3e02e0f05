package io.aircheck.media.hls;

/** What the address of a playlist leads to: a list of renditions or a list of segments. */
sealed interface Playlist permits Ladder, MediaPlaylist {}
