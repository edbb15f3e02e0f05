package io.aircheck.core.media;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The latest requests that a source made for playlists and segments, and what was answered: what a
 * defect of manifest or delivery is proved with. Thread-safe; may be read on after its source was
 * closed.
 */
public interface RequestLog {

  /** The exchanges that are kept, oldest first. */
  List<Exchange> latest();

  /**
   * One request and its answer.
   *
   * @param atMillis wall-clock time of the request, milliseconds since the epoch
   * @param uri what was asked for, with secrets removed
   * @param status HTTP status; 0 without an answer, or for a file
   * @param tookMillis time until the answer began, milliseconds
   * @param headers headers of the answer that tell about delivery, by lower-case name; never
   *     cookies or credentials
   * @param failure why there was no answer, in one line
   * @param playlist text of the playlist that was answered, with secrets removed; empty for
   *     segments, and where it is the same as in the exchange before for this address
   */
  record Exchange(
      long atMillis,
      String uri,
      int status,
      long tookMillis,
      Map<String, String> headers,
      Optional<String> failure,
      Optional<String> playlist) {

    public Exchange {
      headers = Map.copyOf(headers);
    }

    /** The same exchange, with the playlist that it brought. */
    public Exchange withPlaylist(String text) {
      return new Exchange(atMillis, uri, status, tookMillis, headers, failure, Optional.of(text));
    }
  }
}
