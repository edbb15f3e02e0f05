package io.aircheck.media.input;

import io.aircheck.core.media.MediaException;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an input one after the other; see {@link Part}. Used by one thread; only {@link
 * #close()} may be called from another.
 */
public interface PartSupplier extends AutoCloseable {

  /**
   * The next part, waiting for it if need be. Asked for when the part before has been read to its
   * end and closed.
   *
   * @return the part, or null at the end of the input
   * @throws MediaException when the input broke
   */
  @Nullable Part next() throws MediaException;

  /** Makes a blocked {@link #next} return null soon. Does not close parts handed out. */
  @Override
  void close();

  /** An input of one part. */
  static PartSupplier of(ByteInput input) {
    return new PartSupplier() {
      private boolean handedOut;

      @Override
      public @Nullable Part next() {
        if (handedOut) {
          return null;
        }
        handedOut = true;
        return new Part(input, Part.Continuity.DISCONTINUITY, 0);
      }

      @Override
      public void close() {
        // The part is closed by whoever took it, or needs no closing because nobody asked for it.
      }
    };
  }
}
