package io.aircheck.app;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, whose failures writers do not tell: the first one is kept, and whoever wants to
 * stop because nobody reads on is told at once. Thread-safe.
 */
final class StandardOutput extends OutputStream {
  private final OutputStream out;
  private final Runnable onBrokenPipe;
  private @Nullable IOException failure;

  /**
   * @param onBrokenPipe run once when the reader is gone
   */
  StandardOutput(OutputStream out, Runnable onBrokenPipe) {
    this.out = out;
    this.onBrokenPipe = onBrokenPipe;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (failure != null) {
      return;
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      if (isBrokenPipe(e)) {
        onBrokenPipe.run();
      }
    }
  }

  /** The first failure that is not a reader that went away. */
  synchronized Optional<IOException> failure() {
    return Optional.ofNullable(failure).filter(e -> !isBrokenPipe(e));
  }

  private static boolean isBrokenPipe(IOException e) {
    return String.valueOf(e.getMessage()).contains("Broken pipe");
  }
}
