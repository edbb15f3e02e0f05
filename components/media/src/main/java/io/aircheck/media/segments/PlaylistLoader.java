package io.aircheck.media.segments;

import io.aircheck.media.playlist.Playlist;
import io.aircheck.media.playlist.PlaylistException;
import io.aircheck.media.resource.ResourceException;
import java.net.URI;

/** Fetches and reads the newest version of a playlist, in whichever format it is written. */
@FunctionalInterface
public interface PlaylistLoader {

  /**
   * Reads the playlist at an address.
   *
   * @throws ResourceException when it cannot be fetched, or is too large
   * @throws PlaylistException when what is there is no playlist
   */
  Playlist load(URI uri) throws ResourceException, PlaylistException;
}
