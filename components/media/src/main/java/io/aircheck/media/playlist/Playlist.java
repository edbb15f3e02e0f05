package io.aircheck.media.playlist;

/** What the address of a playlist leads to: a list of renditions or a list of segments. */
public sealed interface Playlist permits Ladder, MediaPlaylist {}
