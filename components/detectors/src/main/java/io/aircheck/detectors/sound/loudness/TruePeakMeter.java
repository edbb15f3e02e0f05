package io.aircheck.detectors.sound.loudness;

import io.aircheck.detectors.vector.SampleVectors;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Largest magnitude of one channel between the samples: four times oversampled with the 48-tap
 * interpolator of ITU-R BS.1770-4 annex 2, in four phases of twelve taps.
 */
final class TruePeakMeter {
  private static final VectorSpecies<Float> SPECIES = SampleVectors.FLOATS;
  private static final int TAPS = 12;
  private static final int HISTORY = TAPS - 1;

  /** Phases 0 and 1 of annex 2; phases 3 and 2 are the same in reverse. */
  private static final float[] OUTER = {
    0.0017089843750f, 0.0109863281250f, -0.0196533203125f, 0.0332031250000f,
    -0.0594482421875f, 0.1373291015625f, 0.9721679687500f, -0.1022949218750f,
    0.0476074218750f, -0.0266113281250f, 0.0148925781250f, -0.0083007812500f
  };

  private static final float[] INNER = {
    -0.0291748046875f, 0.0292968750000f, -0.0517578125000f, 0.0891113281250f,
    -0.1665039062500f, 0.4650878906250f, 0.7797851562500f, -0.2003173828125f,
    0.1015625000000f, -0.0582275390625f, 0.0330810546875f, -0.0189208984375f
  };

  /** The last samples of the run before, then those of this one. */
  private float[] line = new float[HISTORY];

  /**
   * Takes the next samples.
   *
   * @return their largest true peak, full scale 1; the interpolator lags by six samples
   */
  double peak(float[] samples, int count) {
    int needed = HISTORY + count;
    if (line.length < needed) {
      float[] longer = new float[needed];
      System.arraycopy(line, 0, longer, 0, HISTORY);
      line = longer;
    }
    System.arraycopy(samples, 0, line, HISTORY, count);
    float peak = interpolated(count);
    System.arraycopy(line, count, line, 0, HISTORY);
    return peak;
  }

  private float interpolated(int count) {
    // Products are rounded before they are added, as in DotProduct.
    FloatVector largest = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i <= count - SPECIES.length(); i += SPECIES.length()) {
      FloatVector outer = FloatVector.zero(SPECIES);
      FloatVector inner = FloatVector.zero(SPECIES);
      FloatVector innerReversed = FloatVector.zero(SPECIES);
      FloatVector outerReversed = FloatVector.zero(SPECIES);
      for (int tap = 0; tap < TAPS; tap++) {
        FloatVector x = FloatVector.fromArray(SPECIES, line, i + tap);
        outer = outer.add(x.mul(OUTER[tap]));
        inner = inner.add(x.mul(INNER[tap]));
        innerReversed = innerReversed.add(x.mul(INNER[HISTORY - tap]));
        outerReversed = outerReversed.add(x.mul(OUTER[HISTORY - tap]));
      }
      largest =
          largest
              .max(outer.abs().max(inner.abs()))
              .max(innerReversed.abs().max(outerReversed.abs()));
    }
    float peak = largest.reduceLanes(VectorOperators.MAX);
    for (; i < count; i++) {
      float outer = 0;
      float inner = 0;
      float innerReversed = 0;
      float outerReversed = 0;
      for (int tap = 0; tap < TAPS; tap++) {
        float x = line[i + tap];
        outer += x * OUTER[tap];
        inner += x * INNER[tap];
        innerReversed += x * INNER[HISTORY - tap];
        outerReversed += x * OUTER[HISTORY - tap];
      }
      peak = Math.max(peak, Math.max(Math.abs(outer), Math.abs(inner)));
      peak = Math.max(peak, Math.max(Math.abs(innerReversed), Math.abs(outerReversed)));
    }
    return peak;
  }

  void snapshot(DataOutput state) throws IOException {
    for (int i = 0; i < HISTORY; i++) {
      state.writeFloat(line[i]);
    }
  }

  void restore(DataInput state) throws IOException {
    for (int i = 0; i < HISTORY; i++) {
      line[i] = state.readFloat();
    }
  }
}
