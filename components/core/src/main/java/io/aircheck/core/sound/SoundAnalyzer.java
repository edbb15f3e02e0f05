package io.aircheck.core.sound;

import io.aircheck.core.media.AudioView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Cuts the sound of one track into {@link SoundBlock}s; one instance per audio track, one thread.
 * Implementations keep scratch memory and reuse the block object.
 */
public interface SoundAnalyzer {

  /**
   * Takes the next run of sound of the track and hands out the blocks that it completes, none or
   * several, in order. What does not fill a block waits for the next run; a gap or a change of
   * format discards it.
   */
  void analyze(AudioView audio, Consumer<SoundBlock> blocks);

  /** Writes the state that {@link #restore} needs to go on as if nothing had happened. */
  void snapshot(DataOutput state) throws IOException;

  /**
   * Takes over a state before anything else.
   *
   * @throws IOException when the state is not of this version
   */
  void restore(DataInput state) throws IOException;

  /** Creates analyzers; found by {@link java.util.ServiceLoader}. */
  interface Factory {
    SoundAnalyzer create();
  }
}
