package io.aircheck.media.adaptive;

import io.aircheck.core.media.MediaInfo;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a rendition by its playlists.
 *
 * @param container hls or dash
 * @param uri address without secrets
 * @param rendition its id, where one was asked for
 * @param bandwidth most bits per second, as the ladder declares it
 * @param durationMicros length, empty for a live playlist
 */
record PlaylistFacts(
    String container,
    String uri,
    Optional<String> rendition,
    OptionalLong bandwidth,
    OptionalLong durationMicros) {

  /** What is known of it with what its segments tell. */
  MediaInfo with(MediaInfo decoded) {
    return new MediaInfo(
        uri, container, durationMicros, decoded.live(), rendition, bandwidth, decoded.tracks());
  }
}
