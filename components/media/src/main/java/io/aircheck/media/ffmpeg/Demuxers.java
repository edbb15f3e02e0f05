package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.media.input.Part.Continuity;
import org.jspecify.annotations.Nullable;

/** Opens one demuxer after the other; one thread, but {@link #stop()} may come from any. */
interface Demuxers {

  /** A demuxer and how its timestamps relate to the one before. */
  record Next(Demuxer demuxer, Continuity continuity, long sequence) {}

  /** Opens the next one, or gives null at the end. */
  @Nullable Next open() throws MediaException;

  /** Ends blocked calls, of this object and of demuxers that it opened. */
  void stop();
}
