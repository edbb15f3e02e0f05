package io.aircheck.media.playlist;

/** Text that is not a playlist, or too large a one. The message holds no addresses. */
public final class PlaylistException extends Exception {
  private static final long serialVersionUID = 1L;

  public PlaylistException(String message) {
    super(message);
  }
}
