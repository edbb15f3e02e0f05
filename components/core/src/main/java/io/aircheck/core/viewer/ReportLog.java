package io.aircheck.core.viewer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Takes what collectors hand over, in the order of each session. Thread-safe. */
public interface ReportLog extends AutoCloseable {
  /**
   * Reports of a session.
   *
   * @param session what is in order
   * @param reports as they are written; not copied, and not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // written as they are, never compared
  record Entry(String session, byte[] reports) {}

  /** Too many wait already: nothing was taken, and it may be tried again in a moment. */
  final class BusyException extends IOException {
    /** Says so. */
    public BusyException() {
      super("too many reports wait to be written");
    }
  }

  /**
   * Hands over: when it returns, it is durable.
   *
   * @param atMillis when it was received, milliseconds since the epoch
   * @throws IOException when that is not known: some of it may be there; one line without secrets
   */
  void append(long atMillis, List<Entry> entries) throws IOException;

  /**
   * Tells whoever reads how late it is, so that time passes for them where nothing comes. Does not
   * wait, and is not told whether it arrives.
   */
  void tick(long atMillis);

  /** Why it takes nothing now, as of the last that was handed over or told; empty: it does. */
  Optional<String> problem();

  @Override
  void close();
}
