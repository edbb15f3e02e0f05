/**
 * HTTP Live Streaming: playlists, their refreshing and checking, and the fetching of segments; and
 * MPEG-DASH, whose manifests ({@link io.aircheck.media.hls.MpdReader}) become the same playlists.
 *
 * <p>The playlist side ({@link io.aircheck.media.hls.PlaylistReader}, {@link
 * io.aircheck.media.hls.PlaylistTracker}) is pure: text and times in, segments and signals out.
 * What touches the network is {@link io.aircheck.media.hls.ResourceClient}; {@link
 * io.aircheck.media.hls.HlsSource} joins both with the decoder.
 */
@org.jspecify.annotations.NullMarked
package io.aircheck.media.hls;
