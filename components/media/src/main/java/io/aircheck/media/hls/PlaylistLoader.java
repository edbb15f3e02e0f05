package io.aircheck.media.hls;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Fetches and reads playlists. */
final class PlaylistLoader {
  private final ResourceClient client;

  PlaylistLoader(ResourceClient client) {
    this.client = client;
  }

  /**
   * Reads the playlist at an address.
   *
   * @throws ResourceException when it cannot be fetched, or is too large
   * @throws PlaylistException when what is there is no playlist
   */
  Playlist load(URI uri) throws ResourceException, PlaylistException {
    try (Resource resource = client.open(uri, Optional.empty())) {
      byte[] bytes = client.read(resource, PlaylistReader.MAX_CHARACTERS);
      return PlaylistReader.read(new String(bytes, StandardCharsets.UTF_8), resource.uri());
    }
  }
}
