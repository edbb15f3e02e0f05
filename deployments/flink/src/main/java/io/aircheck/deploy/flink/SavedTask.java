package io.aircheck.deploy.flink;

import net.jpountz.lz4.LZ4CompressorWithLength;
import net.jpountz.lz4.LZ4DecompressorWithLength;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;

/**
 * What is known of a task, and travels in splits and checkpoints. The snapshot is compressed: with
 * all detectors it is some 220 kB for each stream and checkpoint, which Flink copies several times
 * and writes byte by byte; LZ4 halves it for less than that costs.
 *
 * @param ended whether the task has come to its end
 * @param packed its compressed state while it has not; empty when it has ended
 */
record SavedTask(boolean ended, byte[] packed) {
  static final SavedTask ENDED = new SavedTask(true, new byte[0]);

  private static final LZ4CompressorWithLength COMPRESSOR =
      new LZ4CompressorWithLength(LZ4Factory.fastestInstance().fastCompressor());
  private static final LZ4DecompressorWithLength DECOMPRESSOR =
      new LZ4DecompressorWithLength(LZ4Factory.fastestInstance().fastDecompressor());

  /** Of a task that has come to this snapshot. */
  static SavedTask at(byte[] snapshot) {
    return new SavedTask(false, COMPRESSOR.compress(snapshot));
  }

  /**
   * Its state.
   *
   * @throws IllegalStateException when it is not what {@link #at} has made of one
   */
  byte[] snapshot() {
    try {
      return DECOMPRESSOR.decompress(packed);
    } catch (LZ4Exception e) {
      throw new IllegalStateException("the snapshot of a task is damaged", e);
    }
  }
}
