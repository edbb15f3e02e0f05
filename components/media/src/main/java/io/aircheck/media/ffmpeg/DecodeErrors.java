package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaEvent.DecodeError.Fault;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Thins decode errors out: of each fault of each track at most one in a tenth of a second of media
 * time; those left out are counted in the next one.
 */
final class DecodeErrors {
  private static final long MIN_DISTANCE_MICROS = 100_000;

  private record Key(String trackId, Fault fault) {}

  private static final class Last {
    private long micros;
    private int leftOut;

    Last(long micros) {
      this.micros = micros;
    }
  }

  private final Map<Key, Last> lasts = new HashMap<>();

  /** The event to send for an error, or null when it is only counted. */
  MediaEvent.@Nullable DecodeError thin(MediaEvent.DecodeError error) {
    Key key = new Key(error.trackId(), error.fault());
    Last last = lasts.get(key);
    if (last == null) {
      lasts.put(key, new Last(error.ptsMicros()));
      return error;
    }
    if (Math.abs(error.ptsMicros() - last.micros) < MIN_DISTANCE_MICROS) {
      last.leftOut++;
      return null;
    }
    int leftOut = last.leftOut;
    last.micros = error.ptsMicros();
    last.leftOut = 0;
    return leftOut == 0
        ? error
        : new MediaEvent.DecodeError(
            error.trackId(),
            error.ptsMicros(),
            error.fault(),
            error.detail() + " (and " + leftOut + " more before)");
  }
}
