package io.aircheck.detectors.structure;

import io.aircheck.detectors.vector.SampleVectors;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Arithmetic on unsigned bytes that the kernels of this package share.
 *
 * <p>Kernels work in steps of {@link #STEP} samples whatever the width of the machine's vectors, so
 * that the same picture gives the same numbers on every machine; samples right of the last whole
 * step are not looked at.
 */
final class ByteLanes {
  /** Samples per step: the widest vector in use. */
  static final int STEP = SampleVectors.WIDEST;

  private static final VectorSpecies<Byte> BYTES = SampleVectors.BYTES;

  /** Lanes of the vectors. */
  static final int LANES = BYTES.length();

  private ByteLanes() {}

  static ByteVector load(MemorySegment samples, long offset) {
    return ByteVector.fromMemorySegment(BYTES, samples, offset, ByteOrder.nativeOrder());
  }

  /** |a - b|. */
  static ByteVector distance(ByteVector a, ByteVector b) {
    return excess(a, b).or(excess(b, a));
  }

  /** The larger of the two. */
  static ByteVector max(ByteVector a, ByteVector b) {
    return a.lanewise(VectorOperators.UMAX, b);
  }

  /** The smaller of the two. */
  static ByteVector min(ByteVector a, ByteVector b) {
    return a.lanewise(VectorOperators.UMIN, b);
  }

  /** By how much a is larger than b; 0 when it is not. */
  static ByteVector excess(ByteVector a, ByteVector b) {
    return a.lanewise(VectorOperators.SUSUB, b);
  }

  /** How far b lies outside the range between a and c; 0 inside. */
  static ByteVector outside(ByteVector b, ByteVector a, ByteVector c) {
    return excess(b, max(a, c)).or(excess(min(a, c), b));
  }

  /** Sums of neighbouring bytes: lane i holds the sum of bytes 2i and 2i+1. */
  static ShortVector pairSums(ByteVector bytes) {
    ShortVector pairs = bytes.reinterpretAsShorts();
    return pairs.and((short) 0xff).add(pairs.lanewise(VectorOperators.LSHR, 8));
  }

  /** Sum of unsigned 16-bit lanes. */
  static long sum(ShortVector lanes) {
    // Neighbours are added in 32 bits first: one reduction then does, and cannot overflow.
    IntVector pairs = lanes.reinterpretAsInts();
    return pairs
        .and(0xffff)
        .add(pairs.lanewise(VectorOperators.LSHR, 16))
        .reduceLanes(VectorOperators.ADD);
  }
}
