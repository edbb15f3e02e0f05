package io.aircheck.media.adaptive;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSourceFactory;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.media.ffmpeg.FfmpegSourceFactory;
import io.aircheck.media.resource.Addresses;
import io.aircheck.media.resource.Resource;
import io.aircheck.media.resource.ResourceClient;
import io.aircheck.media.resource.ResourceException;
import io.aircheck.media.segments.Pace;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Opens HLS and DASH streams: addresses and files that are playlists by name or by their first
 * line, and folders with a playlist in them; HTTP addresses that say it by content type or content.
 */
public final class AdaptiveSourceFactory implements MediaSourceFactory {
  private static final int PLAYLIST_BY_NAME = 10;

  /** Above the default of other factories: an address that may be a playlist has to be asked. */
  private static final int PERHAPS_PLAYLIST = 2;

  private static final Pattern OTHER_MEDIA =
      Pattern.compile(".*\\.(ts|m2ts|mts|mp4|m4v|m4a|m4s|mov|mkv|webm|flv|mp3|aac|ac3|wav|ogg)");

  private static final Set<String> PLAYLIST_TYPES =
      Set.of(
          "application/dash+xml",
          "application/vnd.apple.mpegurl",
          "application/x-mpegurl",
          "application/mpegurl",
          "audio/mpegurl",
          "audio/x-mpegurl");
  private static final String FIRST_LINE = "#EXTM3U";

  /** Names that a folder's playlist may have, the most telling first. */
  private static final List<String> FOLDER_PLAYLISTS =
      List.of("master.m3u8", "index.m3u8", "playlist.m3u8");

  private final FfmpegSourceFactory decoder = new FfmpegSourceFactory();

  @Override
  public Set<String> schemes() {
    return Set.of("file", "http", "https");
  }

  @Override
  public int suitability(SourceRequest request) {
    if (namesPlaylist(request.uri())) {
      return PLAYLIST_BY_NAME;
    }
    if (MediaSources.schemeOf(request.uri()).equals("file")) {
      return leadsToPlaylist(request.uri()) ? PLAYLIST_BY_NAME : 0;
    }
    return OTHER_MEDIA.matcher(path(request.uri())).matches() ? 0 : PERHAPS_PLAYLIST;
  }

  private static boolean namesPlaylist(String uri) {
    return path(uri).endsWith(".m3u8") || path(uri).endsWith(".m3u") || path(uri).endsWith(".mpd");
  }

  private static String path(String uri) {
    return uri.split("[?#]", 2)[0].toLowerCase(Locale.ROOT);
  }

  private static boolean leadsToPlaylist(String uri) {
    try {
      Path path = Path.of(Addresses.ofInput(uri));
      return folderPlaylist(path).isPresent() || startsAsPlaylist(path);
    } catch (IllegalArgumentException | IOException e) {
      return false;
    }
  }

  private static boolean startsAsPlaylist(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (InputStream bytes = Files.newInputStream(path)) {
      return startsAsPlaylist(bytes);
    }
  }

  private static boolean startsAsPlaylist(InputStream bytes) throws IOException {
    String head = new String(bytes.readNBytes(16), StandardCharsets.UTF_8);
    return head.replace("\uFEFF", "").startsWith(FIRST_LINE);
  }

  private static Optional<Path> folderPlaylist(Path folder) {
    return FOLDER_PLAYLISTS.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }

  @Override
  public boolean available() {
    return decoder.available();
  }

  @Override
  public String unavailableReason() {
    return decoder.unavailableReason();
  }

  @Override
  public List<String> renditions(SourceRequest request) throws MediaException {
    return isPlaylist(request)
        ? AdaptiveOpener.of(request, address(request), Pace.SYSTEM).renditions()
        : decoder.renditions(request);
  }

  @Override
  public MediaSource open(SourceRequest request) throws MediaException {
    return isPlaylist(request)
        ? AdaptiveOpener.of(request, address(request), Pace.SYSTEM).open()
        : decoder.open(request);
  }

  /** Asks the server what an address is that does not say so by its name. */
  private boolean isPlaylist(SourceRequest request) throws MediaException {
    if (suitability(request) == PLAYLIST_BY_NAME) {
      return true;
    }
    URI uri = address(request);
    ResourceClient client = new ResourceClient(uri, request.headers(), request.readTimeout(), request.addresses());
    try (Resource resource = client.open(uri, Optional.empty())) {
      return resource.contentType().filter(PLAYLIST_TYPES::contains).isPresent()
          || startsAsPlaylist(resource.body());
    } catch (ResourceException | IOException e) {
      // Whoever opens it for good tells what is wrong.
      return false;
    }
  }

  private static URI address(SourceRequest request) throws MediaException {
    try {
      URI uri = Addresses.ofInput(request.uri());
      return "file".equals(uri.getScheme())
          ? folderPlaylist(Path.of(uri)).map(Path::toUri).orElse(uri)
          : uri;
    } catch (IllegalArgumentException e) {
      throw new MediaException(
          Reason.NOT_FOUND, "not a valid address or path; check how it is written");
    }
  }
}
