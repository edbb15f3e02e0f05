package io.aircheck.deploy.serverless;

import io.aircheck.core.deploy.StreamObservation;
import java.util.Comparator;

/**
 * An observation with its place among those that other calls made of the same stream: sorted, they
 * come as one process would have made them.
 *
 * @param atMicros media time that its task had reached
 * @param lane input that it was made of
 * @param step how many events of the segment its task had been told
 * @param look detector that made it
 */
record Timed(long atMicros, int lane, int step, int look, StreamObservation observation) {
  /** As one process would have made them; what is alike stays in the order in which it was. */
  static final Comparator<Timed> ORDER =
      Comparator.comparingLong(Timed::atMicros)
          .thenComparingInt(Timed::lane)
          .thenComparingInt(Timed::step)
          .thenComparingInt(Timed::look);
}
