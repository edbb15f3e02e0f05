package io.aircheck.core.media;

/** What a track carries. */
public enum TrackType {
  VIDEO,
  AUDIO,
  DATA;

  /**
   * The lower-case word used in track ids and reports: {@code video}, {@code audio}, {@code data}.
   */
  public String word() {
    return switch (this) {
      case VIDEO -> "video";
      case AUDIO -> "audio";
      case DATA -> "data";
    };
  }
}
