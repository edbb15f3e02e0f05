package io.aircheck.detectors.compare;

import io.aircheck.core.media.TimestampScope;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A {@link TimestampScope} in the state of a detector. */
final class Scopes {
  private Scopes() {}

  static void write(TimestampScope scope, DataOutput state) throws IOException {
    state.writeLong(scope.sequence());
    state.writeLong(scope.offsetMicros());
    state.writeLong(scope.periodMicros());
  }

  static TimestampScope read(DataInput state) throws IOException {
    return new TimestampScope(state.readLong(), state.readLong(), state.readLong());
  }
}
