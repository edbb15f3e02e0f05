package io.aircheck.deploy.flink;

import io.aircheck.core.task.Spares;
import java.nio.ByteBuffer;
import java.util.Arrays;
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

  /** Memory to compress into: new memory costs more than LZ4. */
  private static final Spares<byte[]> SPARES = new Spares<>();

  /**
   * Of a task that has come to this snapshot.
   *
   * @param snapshot in an array; only read
   */
  static SavedTask at(ByteBuffer snapshot) {
    int most = COMPRESSOR.maxCompressedLength(snapshot.remaining());
    byte[] spare = SPARES.take();
    byte[] room = spare == null || spare.length < most ? new byte[most] : spare;
    int size =
        COMPRESSOR.compress(
            snapshot.array(),
            snapshot.arrayOffset() + snapshot.position(),
            snapshot.remaining(),
            room,
            0);
    byte[] packed = Arrays.copyOf(room, size);
    SPARES.giveBack(room);
    return new SavedTask(false, packed);
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
