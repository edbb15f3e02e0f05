package io.aircheck.media.hls;

/** Text that is not a playlist, or too large a one. The message holds no addresses. */
final class PlaylistException extends Exception {
  private static final long serialVersionUID = 1L;

  PlaylistException(String message) {
    super(message);
  }
}
