package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.media.input.Part.Continuity;
import java.util.List;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** One step of reading packets. */
sealed interface Item {

  /** A part was opened. */
  record Opened(
      List<StreamSpec> streams,
      String container,
      OptionalLong durationMicros,
      Continuity continuity,
      long sequence)
      implements Item {}

  /** A stream appeared in the middle of a part. */
  record Appeared(StreamSpec stream) implements Item {}

  /**
   * A packet, owned by whoever gets it.
   *
   * @param offset byte offset at which it starts, over all parts; -1 when unknown
   * @param arrivalNanos {@link System#nanoTime} at which it was read
   * @param decrypted whether it was encrypted
   */
  record Packet(AVPacket packet, long offset, long arrivalNanos, boolean decrypted)
      implements Item {}

  /** A part that could not be read was left out. */
  record Skipped(MediaException why) implements Item {}

  /** The input broke: nothing follows. */
  record Failed(MediaException why) implements Item {}

  /** The input ended: nothing follows. */
  record End() implements Item {}
}
