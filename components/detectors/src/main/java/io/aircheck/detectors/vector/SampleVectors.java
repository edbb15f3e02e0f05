package io.aircheck.detectors.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors in which samples of pictures and sound are looked at: those of the machine, at most
 * {@link #WIDEST} bytes wide.
 *
 * <p>All code that looks at samples has to use these. Where one place uses wider vectors than
 * another, the compiler finds two classes behind one type and keeps vectors on the heap, in both
 * (decision 139).
 */
public final class SampleVectors {
  /** Bytes of the widest vector in use. */
  public static final int WIDEST = 32;

  /** Lanes of 8 bits. */
  public static final VectorSpecies<Byte> BYTES =
      ByteVector.SPECIES_PREFERRED.length() > WIDEST
          ? ByteVector.SPECIES_256
          : ByteVector.SPECIES_PREFERRED;

  /** As {@link #BYTES}, in lanes of 16 bits. */
  public static final VectorSpecies<Short> SHORTS = BYTES.withLanes(short.class);

  /** As many bytes as {@link #SHORTS} has lanes. */
  public static final VectorSpecies<Byte> HALF_BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2));

  /** As {@link #BYTES}, in lanes of a sample of sound. */
  public static final VectorSpecies<Float> FLOATS = BYTES.withLanes(float.class);

  private SampleVectors() {}
}
