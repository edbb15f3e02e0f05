package io.aircheck.core.media;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of an opened input.
 *
 * @param uri the input's address with secrets removed, fit for logs and reports
 * @param container short container name: {@code mpegts}, {@code mp4}, {@code matroska}, {@code
 *     hls}, {@code dash} ...
 * @param durationMicros length in microseconds where the container tells; empty for live inputs
 * @param live whether the input goes on as wall-clock time goes on
 * @param rendition rendition id within a ladder, or empty for an input that has only one
 * @param bandwidth most bits per second of that rendition, as the ladder declares it; empty where
 *     none does
 * @param tracks tracks seen so far; a later {@link MediaEvent.FormatChange} replaces the list
 */
public record MediaInfo(
    String uri,
    String container,
    OptionalLong durationMicros,
    boolean live,
    Optional<String> rendition,
    OptionalLong bandwidth,
    List<Track> tracks) {

  public MediaInfo {
    tracks = List.copyOf(tracks);
  }

  /** Of an input of which no bandwidth is declared. */
  public MediaInfo(
      String uri,
      String container,
      OptionalLong durationMicros,
      boolean live,
      Optional<String> rendition,
      List<Track> tracks) {
    this(uri, container, durationMicros, live, rendition, OptionalLong.empty(), tracks);
  }

  /** Of a live input, or one rendition of it, that could not be opened yet. */
  public static MediaInfo unopened(SourceRequest request, Optional<String> rendition) {
    return new MediaInfo(
        SafeUri.redact(request.uri()), "", OptionalLong.empty(), true, rendition, List.of());
  }

  /** The first track of a type, if there is one. */
  public Optional<Track> first(TrackType type) {
    return tracks.stream().filter(track -> track.type() == type).findFirst();
  }

  /** The same input with other tracks. */
  public MediaInfo withTracks(List<Track> newTracks) {
    return new MediaInfo(uri, container, durationMicros, live, rendition, bandwidth, newTracks);
  }
}
