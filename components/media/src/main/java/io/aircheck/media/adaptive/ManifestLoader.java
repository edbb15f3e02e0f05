package io.aircheck.media.adaptive;

import io.aircheck.media.dash.MpdReader;
import io.aircheck.media.dash.SegmentNumbers;
import io.aircheck.media.hls.PlaylistReader;
import io.aircheck.media.hls.PlaylistVariables;
import io.aircheck.media.playlist.Playlist;
import io.aircheck.media.playlist.PlaylistException;
import io.aircheck.media.resource.ByteSpan;
import io.aircheck.media.resource.RequestJournal;
import io.aircheck.media.resource.Resource;
import io.aircheck.media.resource.ResourceClient;
import io.aircheck.media.resource.ResourceException;
import io.aircheck.media.segments.Pace;
import io.aircheck.media.segments.PlaylistLoader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Fetches and reads playlists and manifests. One for each playlist that is followed: it knows the
 * version before. Not thread-safe.
 */
final class ManifestLoader implements PlaylistLoader {
  /** Longest index of a single file that is read; it has 12 bytes for each segment. */
  private static final int MAX_INDEX_BYTES = 4 << 20;

  private final ResourceClient client;
  private final RequestJournal journal;
  private final Pace pace;
  private final SegmentNumbers numbers = new SegmentNumbers();
  private final PlaylistVariables variables = new PlaylistVariables();

  ManifestLoader(ResourceClient client, RequestJournal journal, Pace pace) {
    this.client = client;
    this.journal = journal;
    this.pace = pace;
  }

  @Override
  public Playlist load(URI uri) throws ResourceException, PlaylistException {
    try (Resource resource = client.open(uri, Optional.empty())) {
      byte[] bytes = client.read(resource, PlaylistReader.MAX_CHARACTERS);
      String text = new String(bytes, StandardCharsets.UTF_8);
      journal.playlist(uri, text);
      return MpdReader.looksLikeManifest(text)
          ? MpdReader.read(
              text,
              uri,
              resource.uri(),
              Instant.ofEpochMilli(pace.nowMillis()),
              this::index,
              numbers)
          : PlaylistReader.read(text, resource.uri(), variables);
    }
  }

  private byte[] index(URI uri, ByteSpan span) throws ResourceException {
    try (Resource resource = client.open(uri, Optional.of(span))) {
      return client.read(resource, MAX_INDEX_BYTES);
    }
  }
}
