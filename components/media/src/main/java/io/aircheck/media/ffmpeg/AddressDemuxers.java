package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.media.input.Part.Continuity;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one demuxer of an input that FFmpeg reads by itself from an address. */
final class AddressDemuxers implements Demuxers {
  private final String address;
  private final Map<String, String> options;
  private final Duration openTimeout;
  private final MediaLimits limits;
  private final Interrupt interrupt = new Interrupt();
  private boolean opened;

  AddressDemuxers(
      String address, Map<String, String> options, Duration openTimeout, MediaLimits limits) {
    this.address = address;
    this.options = options;
    this.openTimeout = openTimeout;
    this.limits = limits;
  }

  @Override
  public @Nullable Next open() throws MediaException {
    if (opened) {
      return null;
    }
    opened = true;
    interrupt.limit(openTimeout.toNanos());
    try {
      Demuxer demuxer = Demuxer.open(address, options, interrupt, limits);
      return new Next(demuxer, Continuity.DISCONTINUITY, 0);
    } finally {
      interrupt.unlimited();
    }
  }

  @Override
  public void stop() {
    interrupt.stop();
  }
}
