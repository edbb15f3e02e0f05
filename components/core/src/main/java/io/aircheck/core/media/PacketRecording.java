package io.aircheck.core.media;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The last seconds of an input as they were received, undecoded, bounded in time and bytes: what a
 * playable clip is made of without encoding again. Thread-safe; valid until its source is closed.
 */
public interface PacketRecording {

  /**
   * Writes a clip in a container that browsers play, beginning with a key frame at or before the
   * start. Blocks for the time that writing takes, not for media still to come.
   *
   * @param fromMicros media time of the start; earlier than what is kept: from the oldest on
   * @param toMicros media time of the end; later than what was received: to the newest
   * @param file file to write; MP4
   * @return whether there was anything to write
   * @throws IOException when the file cannot be written or the codec does not fit the container
   */
  boolean write(long fromMicros, long toMicros, Path file) throws IOException;
}
