package io.aircheck.core.media;

/** Creates writers; found by {@link java.util.ServiceLoader}. Thread-safe. */
public interface MediaWriterFactory {

  /**
   * Opens an output for writing, replacing an existing file.
   *
   * @throws MediaException when the format is not supported or the output cannot be written
   */
  MediaWriter create(WriteRequest request) throws MediaException;
}
