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
   * Reads a playlist that stands alone.
   *
   * @see #read(String, URI, PlaylistVariables)
   */
  public static Playlist read(String text, URI base) throws PlaylistException {
    return read(text, base, new PlaylistVariables());
  }

  /**
   * Reads a master or media playlist.
   *
   * @param text at most {@link #MAX_CHARACTERS}
   * @param base address that the text came from, after redirects
   * @param variables of the master playlist, if one was read before; a master playlist leaves its
   *     own here
   * @throws PlaylistException when it is no playlist, or none that is played by itself
   */
  public static Playlist read(String text, URI base, PlaylistVariables variables)
      throws PlaylistException {
    if (!looksLikePlaylist(text)) {
      throw new PlaylistException("not an HLS playlist: does not start with #EXTM3U");
    }
    List<String> lines = variables.replaceIn(withoutMark(text).lines().toList(), base);
    if (lines.stream().anyMatch(line -> line.startsWith("#EXT-X-I-FRAMES-ONLY"))) {
      throw new PlaylistException(
          "an I-frame playlist, with the single pictures that players show while seeking");
    }
    boolean media = lines.stream().anyMatch(PlaylistReader::belongsToMediaPlaylist);
    boolean master = lines.stream().anyMatch(line -> line.startsWith("#EXT-X-STREAM-INF"));
    if (master && !media) {
      variables.keep();
      return LadderReader.read(lines, base);
    }
    return MediaPlaylistReader.read(lines, base);
  }

  private static boolean belongsToMediaPlaylist(String line) {
    return line.startsWith("#EXTINF") || line.startsWith("#EXT-X-TARGETDURATION");
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
