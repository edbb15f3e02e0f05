package io.aircheck.core.media;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A blocking pull source of decoded media: one input, or one rendition of a ladder.
 *
 * <p>Used by one thread at a time; only {@link #stop()} may be called from another thread. No call
 * blocks for longer than the read time-out of the request. A source reports errors and does not
 * retry: the task decides about that.
 */
public interface MediaSource extends AutoCloseable {

  /** What is known of the input now. */
  MediaInfo info();

  /**
   * The next event, waiting for it if need be. The views of the event before become invalid.
   *
   * @throws MediaException when the input cannot be read on; the source is then only good for
   *     closing
   */
  MediaEvent next() throws MediaException;

  /**
   * Decodes less from the next key pictures on, or everything; everything at first. A source may
   * keep the latest of what it leaves out, and on return decode that first, as {@link
   * MediaEvent.Late}. Between two calls of {@link #next}, on its thread. A source that cannot do
   * with less decodes everything.
   */
  default void decode(Decoding decoding) {}

  /**
   * A token from which {@link SourceRequest#resumeFrom} continues where this source stands, as far
   * as the protocol allows; empty when it does not.
   */
  String position();

  /**
   * For how many nanoseconds in all {@link #next} has waited for the input, rather than worked; a
   * task that never waits does not keep up. Empty where that is not known, or waiting is not what
   * sets the pace.
   */
  default OptionalLong waitedNanos() {
    return OptionalLong.empty();
  }

  /**
   * The latest of the input as it was received, when the request asked for it; valid until the
   * source is closed. May be used from any thread.
   */
  default Optional<PacketRecording> recording() {
    return Optional.empty();
  }

  /** The latest requests for playlists and segments; empty for inputs that have none. */
  default Optional<RequestLog> requests() {
    return Optional.empty();
  }

  /**
   * Makes a blocked {@link #next()} return soon; it and those that follow may fail as disconnected.
   * From any thread, also after the close. Views remain valid: whoever uses them need not know.
   */
  void stop();

  /**
   * Gives back what the source holds, native memory that its views lead to as well; on the thread
   * that uses the source, or when none does any more. Closing again does nothing.
   */
  @Override
  void close();
}
