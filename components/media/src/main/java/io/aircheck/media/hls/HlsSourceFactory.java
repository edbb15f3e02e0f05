package io.aircheck.media.hls;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSourceFactory;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.media.ffmpeg.FfmpegSourceFactory;
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

/**
 * Opens HLS streams: addresses and files that are playlists by name or by their first line, and
 * folders with a playlist in them.
 */
public final class HlsSourceFactory implements MediaSourceFactory {
  private static final int SUITABLE = 10;
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
    boolean local = MediaSources.schemeOf(request.uri()).equals("file");
    return namesPlaylist(request.uri()) || (local && leadsToPlaylist(request.uri())) ? SUITABLE : 0;
  }

  private static boolean namesPlaylist(String uri) {
    String path = uri.split("[?#]", 2)[0].toLowerCase(Locale.ROOT);
    return path.endsWith(".m3u8") || path.endsWith(".m3u");
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
      String head = new String(bytes.readNBytes(16), StandardCharsets.UTF_8);
      return head.replace("\uFEFF", "").startsWith(FIRST_LINE);
    }
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
    return HlsOpener.of(request, address(request), Pace.SYSTEM).renditions();
  }

  @Override
  public MediaSource open(SourceRequest request) throws MediaException {
    return HlsOpener.of(request, address(request), Pace.SYSTEM).open();
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
