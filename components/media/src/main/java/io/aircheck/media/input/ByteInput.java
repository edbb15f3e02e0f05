package io.aircheck.media.input;

import io.aircheck.core.media.MediaException;

/**
 * The bytes of one input, pulled by one thread; only {@link #close()} may be called from another.
 */
public interface ByteInput extends AutoCloseable {

  /**
   * Reads some bytes, waiting until there is at least one. An input that is open but silent may
   * wait for as long as it likes, provided that {@link #close()} ends the wait.
   *
   * @return number of bytes read, at least 1, or -1 at the end (also after {@link #close()})
   * @throws MediaException when the input broke; told to whoever decodes after all bytes before
   *     were decoded
   */
  int read(byte[] buffer, int offset, int length) throws MediaException;

  /** Whether {@link #seek} works. */
  default boolean seekable() {
    return false;
  }

  /** Length in bytes, or -1 when unknown. */
  default long size() {
    return -1;
  }

  /**
   * Goes to a position counted from the start of the input.
   *
   * @throws MediaException when the input broke
   */
  default void seek(long position) throws MediaException {
    throw new UnsupportedOperationException("not seekable");
  }

  /** Releases the input; a blocked {@link #read} returns soon. May be called more than once. */
  @Override
  void close();
}
