package io.aircheck.media.hls;

import io.aircheck.media.playlist.Playlist;
import io.aircheck.media.playlist.PlaylistException;
import java.net.URI;
import java.util.List;

/**
 * Text to playlists. Never fails on a playlist that a lenient player would play: what is wrong is
 * listed beside what could be read. Thread-safe.
 */
public final class PlaylistReader {

  /**
   * Longest playlist that is read, in characters. A day of segments of 2 s takes about 4 million.
   */
  public static final int MAX_CHARACTERS = 16 << 20;

  private PlaylistReader() {}

  /**
   * Whether text is a playlist at all: the tag that all begin with, or tags that only they have.
   */
  static boolean looksLikePlaylist(String text) {
    String start = withoutMark(text).stripLeading();
    return start.startsWith("#EXTM3U") || text.contains("#EXTINF") || text.contains("#EXT-X-");
  }

  /**
   * Reads a master or media playlist.
   *
   * @param text at most {@link #MAX_CHARACTERS}
   * @param base address that the text came from, after redirects
   * @throws PlaylistException when it is no playlist
   */
  public static Playlist read(String text, URI base) throws PlaylistException {
    if (!looksLikePlaylist(text)) {
      throw new PlaylistException("not an HLS playlist: does not start with #EXTM3U");
    }
    List<String> lines = withoutMark(text).lines().toList();
    boolean media = lines.stream().anyMatch(PlaylistReader::belongsToMediaPlaylist);
    boolean master = lines.stream().anyMatch(line -> line.startsWith("#EXT-X-STREAM-INF"));
    return master && !media
        ? LadderReader.read(lines, base)
        : MediaPlaylistReader.read(lines, base);
  }

  private static boolean belongsToMediaPlaylist(String line) {
    return line.startsWith("#EXTINF") || line.startsWith("#EXT-X-TARGETDURATION");
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
