package io.aircheck.detectors.freeze;

import io.aircheck.core.picture.PictureGrid;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Whether something in a stopped picture goes on: against a picture of at most a second ago rather
 * than the anchor, from which an encoder that settled stays away for ever.
 */
final class MovingPart {
  private static final long RENEW_MICROS = 1_000_000;

  /** An encoder settles this long after the stop. */
  private static final long SETTLED_MICROS = 300_000;

  /** Share of the pictures in which a part must move. */
  private static final double SHARE = 0.5;

  private final float[] earlier = new float[PictureGrid.CELLS];
  private long anchorMicros = Long.MIN_VALUE;
  private long earlierMicros;
  private long pictures;
  private long moving;

  /** Takes in a picture that mostly is as the anchor. */
  void update(float[] cells, long ptsMicros, long newAnchorMicros, double limit) {
    if (anchorMicros != newAnchorMicros) {
      anchorMicros = newAnchorMicros;
      earlierMicros = Long.MIN_VALUE;
      pictures = 0;
      moving = 0;
    }
    if (ptsMicros - anchorMicros < SETTLED_MICROS) {
      return;
    }
    if (earlierMicros != Long.MIN_VALUE) {
      pictures++;
      moving += CellDistance.of(cells, earlier) > limit ? 1 : 0;
    }
    if (earlierMicros == Long.MIN_VALUE || ptsMicros - earlierMicros >= RENEW_MICROS) {
      System.arraycopy(cells, 0, earlier, 0, cells.length);
      earlierMicros = ptsMicros;
    }
  }

  /** Whether a part moved in most pictures since the anchor. */
  boolean goesOn() {
    return moving > 0 && moving >= SHARE * pictures;
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeLong(anchorMicros);
    state.writeLong(earlierMicros);
    state.writeLong(pictures);
    state.writeLong(moving);
    CellDistance.write(earlier, state);
  }

  void restore(DataInput state) throws IOException {
    anchorMicros = state.readLong();
    earlierMicros = state.readLong();
    pictures = state.readLong();
    moving = state.readLong();
    CellDistance.read(earlier, state);
  }
}
