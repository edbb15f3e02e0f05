package io.aircheck.app.demo;

import io.aircheck.faults.scene.Scene;
import java.util.List;

/**
 * A rendition of a ladder.
 *
 * @param name of its folder and in the playlist
 * @param bitrate of its pictures, bits per second
 */
record Rung(String name, Scene.Format format, int bitrate) {
  static final Rung HIGH = new Rung("360p", new Scene.Format(640, 360, 25, 1), 1_200_000);

  /** Half as wide and high. */
  static final Rung LOW = new Rung("180p", new Scene.Format(320, 180, 25, 1), 400_000);

  /** A ladder of both. */
  static final List<Rung> BOTH = List.of(HIGH, LOW);

  /** What the playlist declares it to need, bits per second. */
  int bandwidth() {
    return bitrate * 5 / 4;
  }

  /** Its lines of the master playlist. */
  String playlistEntry() {
    return """
    #EXT-X-STREAM-INF:BANDWIDTH=%d,RESOLUTION=%dx%d,CODECS="avc1.42c01e,mp4a.40.2",NAME="%s"
    %s/index.m3u8
    """
        .formatted(bandwidth(), format.width(), format.height(), name, name);
  }
}
