package io.aircheck.detectors.structure;

import io.aircheck.core.media.FrameView;
import io.aircheck.detectors.vector.SampleVectors;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Counts isolated steps on the block grid of one picture: segments of 16 samples along a possible
 * block border where the picture jumps between two samples while it is smooth on both sides.
 *
 * <p>A border lies between samples b and d of a row (or column) a b d e; the step is isolated when
 * {@code |b - d| - 2 max(|a - b|, |d - e|) > 10} on the 8-bit scale. Borders are looked for at the
 * phases 0, 4, 8 and 12 of a grid of 16 samples: damage in macroblock codecs shows at phase 0 only,
 * texture shows at all phases alike, the 8x8 transform grid at 0 and 8.
 *
 * <p>Keeps the segments of the picture before, to tell new borders from old ones. Not thread-safe.
 */
final class BlockGrid {
  /** Phases that are looked at: 0, 4, 8 and 12 samples off the grid. */
  static final int PHASES = 4;

  /** Kinds of segments that are counted. */
  enum Segment {
    /** Clearly a step now. */
    PRESENT,
    /** Clearly a step now and none in the picture before. */
    NEW,
    /** None now and clearly a step in the picture before. */
    GONE
  }

  /** Contrasts of a picture: two directions, each with the kinds of segments. */
  static final int SIGNALS = 2 * Segment.values().length;

  private static final int BLOCK = 16;
  private static final int FIRST = BLOCK;

  /** Smallest isolated step, 8-bit scale. */
  private static final int MIN_STEP = 10;

  /** Samples of eight (every other row of a block) that make a vertical segment certain / none. */
  private static final byte VERTICAL_HIGH = 5;

  private static final byte VERTICAL_LOW = 3;

  /** Samples of sixteen that make a horizontal segment certain / none. */
  private static final int HORIZONTAL_HIGH = 10;

  private static final int HORIZONTAL_LOW = 6;

  /** At most this many segments of one line count: a long edge in a graphic is one thing. */
  private static final int LINE_CAP = 2;

  /** A segment beside black bars says nothing. */
  private static final byte BLACK = 19;

  private final int columns;
  private final int bands;
  private final int width;
  private final int height;
  private final int rowLength;
  private byte[] vertical;
  private byte[] verticalBefore;
  private byte[] horizontal;
  private byte[] horizontalBefore;
  private boolean hasBefore;
  private final byte[][] perColumn = new byte[Segment.values().length][];
  private final int[][][] counts = new int[2][Segment.values().length][PHASES];
  private final double[] contrasts = new double[SIGNALS];

  BlockGrid(int width, int height) {
    this.width = width;
    this.height = height;
    columns = Math.max(0, (width - FIRST - 1) / ByteLanes.STEP) * ByteLanes.STEP;
    bands = Math.max(0, height / BLOCK);
    rowLength = columns / BLOCK;
    vertical = new byte[bands * columns];
    verticalBefore = new byte[bands * columns];
    horizontal = new byte[bands * PHASES * rowLength];
    horizontalBefore = new byte[bands * PHASES * rowLength];
    for (int s = 0; s < perColumn.length; s++) {
      perColumn[s] = new byte[columns];
    }
  }

  /** Whether a picture has the size that this was made for. */
  boolean fits(FrameView frame) {
    return frame.width() == width && frame.height() == height;
  }

  /** Forgets the picture before. */
  void clear() {
    hasBefore = false;
  }

  /**
   * How far the grid stands out of the other phases: one value for each direction (vertical borders
   * first) and kind of segment, in the order of {@link Segment}. Overwritten by the next call.
   *
   * <p>With n0 segments on the grid, n8 half-way and n4 and n12 in between, and m the mean of the
   * latter two: z is the smaller of (n0 - m) / sqrt(m + 1) and (n0 - n8) / sqrt(n8 + 1), the
   * distance from chance in standard deviations of a Poisson count; the value is sign(z) ln(1 +
   * |z|), 0 where the grid does not stand out.
   */
  double[] contrasts() {
    int i = 0;
    for (int[][] direction : counts) {
      for (int[] n : direction) {
        double between = (n[1] + n[3]) / 2.0;
        double z =
            Math.min(
                (n[0] - between) / Math.sqrt(between + 1), (n[0] - n[2]) / Math.sqrt(n[2] + 1.0));
        contrasts[i++] = Math.signum(z) * Math.log1p(Math.abs(z));
      }
    }
    return contrasts;
  }

  /** Looks at a picture; the one that was looked at before becomes the picture before. */
  void scan(LumaPlane luma) {
    for (int[][] direction : counts) {
      for (int[] segment : direction) {
        Arrays.fill(segment, 0);
      }
    }
    for (byte[] line : perColumn) {
      Arrays.fill(line, (byte) 0);
    }
    // Both directions band by band, so that the samples come from memory once.
    for (int band = 0; band < bands; band++) {
      scanVertical(luma, band);
      // Above the first band there is no line to compare with.
      for (int line = band * PHASES; band > 0 && line < (band + 1) * PHASES; line++) {
        scanHorizontal(luma, line);
      }
    }
    countColumns();
    byte[] swap = verticalBefore;
    verticalBefore = vertical;
    vertical = swap;
    swap = horizontalBefore;
    horizontalBefore = horizontal;
    horizontal = swap;
    hasBefore = true;
  }

  private void scanVertical(LumaPlane luma, int band) {
    ByteVector cap = ByteVector.broadcast(SampleVectors.BYTES, LINE_CAP);
    long top = (long) band * BLOCK * luma.stride();
    long middle = top + BLOCK / 2 * luma.stride();
    for (int x = 0; x < columns; x += ByteLanes.LANES) {
      ByteVector count = ByteVector.zero(SampleVectors.BYTES);
      for (int row = 0; row < BLOCK; row += 2) {
        count = count.sub((byte) -1, isolated(quads(luma, top + row * luma.stride() + x)));
      }
      IntVector beside = quads(luma, middle + x);
      VectorMask<Byte> bright =
          ByteLanes.min(second(beside), third(beside)).compare(VectorOperators.UGT, BLACK);
      count = count.blend((byte) 0, bright.not());
      int index = band * columns + x;
      count.intoArray(vertical, index);
      VectorMask<Byte> high = count.compare(VectorOperators.GE, VERTICAL_HIGH);
      add(perColumn[0], x, high, cap);
      if (hasBefore) {
        ByteVector before = ByteVector.fromArray(SampleVectors.BYTES, verticalBefore, index);
        add(perColumn[1], x, high.and(before.compare(VectorOperators.LT, VERTICAL_LOW)), cap);
        VectorMask<Byte> highBefore = before.compare(VectorOperators.GE, VERTICAL_HIGH);
        add(perColumn[2], x, highBefore.and(count.compare(VectorOperators.LT, VERTICAL_LOW)), cap);
      }
    }
  }

  private void countColumns() {
    for (int s = 0; s < perColumn.length; s++) {
      int[] byPhase = counts[0][s];
      for (int x = 0; x < columns; x += BLOCK / PHASES) {
        byPhase[x / (BLOCK / PHASES) % PHASES] += perColumn[s][x];
      }
    }
  }

  private static void add(byte[] line, int x, VectorMask<Byte> which, ByteVector cap) {
    if (which.anyTrue()) {
      ByteVector sum = ByteVector.fromArray(SampleVectors.BYTES, line, x);
      sum.sub((byte) -1, which).min(cap).intoArray(line, x);
    }
  }

  private void scanHorizontal(LumaPlane luma, int line) {
    int perVector = ByteLanes.LANES / BLOCK;
    long at = (long) line * (BLOCK / PHASES) * luma.stride() + FIRST;
    int phase = line % PHASES;
    int present = 0;
    int fresh = 0;
    int gone = 0;
    int index = line * rowLength;
    for (int x = 0; x < columns; x += ByteLanes.LANES) {
      long bits = isolatedAcross(luma, at + x);
      for (int s = 0; s < perVector; s++, index++) {
        int count = Long.bitCount(bits & 0xffff);
        bits >>>= BLOCK;
        horizontal[index] = (byte) count;
        if (count >= HORIZONTAL_HIGH) {
          present++;
          if (hasBefore && horizontalBefore[index] < HORIZONTAL_LOW) {
            fresh++;
          }
        } else if (hasBefore
            && count < HORIZONTAL_LOW
            && horizontalBefore[index] >= HORIZONTAL_HIGH) {
          gone++;
        }
      }
    }
    counts[1][0][phase] += Math.min(LINE_CAP, present);
    counts[1][1][phase] += Math.min(LINE_CAP, fresh);
    counts[1][2][phase] += Math.min(LINE_CAP, gone);
  }

  /** The samples below a horizontal border, one bit each, that lie at an isolated step. */
  private static long isolatedAcross(LumaPlane luma, long at) {
    ByteVector b = ByteLanes.load(luma.samples(), at - luma.stride());
    ByteVector d = ByteLanes.load(luma.samples(), at);
    ByteVector step = ByteLanes.distance(b, d);
    if (!step.compare(VectorOperators.UGT, (byte) MIN_STEP).anyTrue()) {
      return 0;
    }
    ByteVector a = ByteLanes.load(luma.samples(), at - 2 * luma.stride());
    ByteVector e = ByteLanes.load(luma.samples(), at + luma.stride());
    ByteVector slope = ByteLanes.max(ByteLanes.distance(a, b), ByteLanes.distance(d, e));
    VectorMask<Byte> bright = ByteLanes.min(b, d).compare(VectorOperators.UGT, BLACK);
    return isolated(step, slope).and(bright).toLong();
  }

  /**
   * The samples a b d e of each possible border of a row, as the four bytes of an integer. What is
   * computed of them is found in the first byte, that of d's column; the other three, of columns
   * without a possible border, hold nothing of use.
   */
  private static IntVector quads(LumaPlane luma, long rowOffset) {
    return ByteLanes.load(luma.samples(), rowOffset + FIRST - 2).reinterpretAsInts();
  }

  private static ByteVector second(IntVector quads) {
    return quads.lanewise(VectorOperators.LSHR, 8).reinterpretAsBytes();
  }

  private static ByteVector third(IntVector quads) {
    return quads.lanewise(VectorOperators.LSHR, 16).reinterpretAsBytes();
  }

  private static VectorMask<Byte> isolated(IntVector quads) {
    // |a - b|, |b - d|, |d - e|
    ByteVector steps = ByteLanes.distance(quads.reinterpretAsBytes(), second(quads));
    IntVector each = steps.reinterpretAsInts();
    return isolated(second(each), ByteLanes.max(steps, third(each)));
  }

  private static VectorMask<Byte> isolated(ByteVector step, ByteVector slope) {
    return step.lanewise(VectorOperators.SUSUB, slope)
        .lanewise(VectorOperators.SUSUB, slope)
        .compare(VectorOperators.UGT, (byte) MIN_STEP);
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeBoolean(hasBefore);
    state.write(verticalBefore);
    state.write(horizontalBefore);
  }

  void restore(DataInput state) throws IOException {
    hasBefore = state.readBoolean();
    state.readFully(verticalBefore);
    state.readFully(horizontalBefore);
  }
}
