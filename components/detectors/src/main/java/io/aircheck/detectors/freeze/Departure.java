package io.aircheck.detectors.freeze;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How the picture moved just before it came to rest.
 *
 * @param distance largest {@link CellDistance} of the pictures before, 8-bit scale
 * @param share largest share of cells, 0..1, that were {@value #MOVED} code values away or more
 */
record Departure(double distance, double share) {
  /** Nothing moved, or nothing is known of it. */
  static final Departure NONE = new Departure(0, 0);

  /** Change of a cell that is motion whatever the coding, 8-bit scale. */
  static final double MOVED = 3.5;

  void write(DataOutput state) throws IOException {
    state.writeDouble(distance);
    state.writeDouble(share);
  }

  static Departure read(DataInput state) throws IOException {
    return new Departure(state.readDouble(), state.readDouble());
  }
}
