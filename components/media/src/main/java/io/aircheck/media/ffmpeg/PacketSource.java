package io.aircheck.media.ffmpeg;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Hands out packets; one thread, but {@link #close()} may come from any. */
interface PacketSource extends AutoCloseable {

  /** The next item, or null when none came within a time. */
  @Nullable Item poll(Duration timeout);

  /** How long {@link #poll} has waited so far, in nanoseconds; empty when it reads by itself. */
  default OptionalLong waitedNanos() {
    return OptionalLong.empty();
  }

  /** Ends reading; a blocked {@link #poll} returns soon. */
  void stop();

  /** Releases everything; no call of {@link #poll} may be running or follow. */
  @Override
  void close();
}
