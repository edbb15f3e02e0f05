package io.aircheck.app.serve.streams;

import io.aircheck.app.image.Thumbnail;
import io.aircheck.core.media.FrameView;
import io.aircheck.deploy.isolated.StillMaker;
import java.util.Optional;

/** Makes a small picture a second, by media time, of those of one task. Used by its thread. */
final class StillTaker implements StillMaker {
  /** Wide enough for a tile and for evidence that tells what was on air. */
  private static final int WIDTH = 320;

  private static final long INTERVAL_MICROS = 1_000_000;

  private long nextMicros = Long.MIN_VALUE;

  @Override
  public Optional<byte[]> take(FrameView frame) {
    long pts = frame.ptsMicros();
    // Media time that lies far back has begun anew.
    if (pts < nextMicros && pts > nextMicros - 10 * INTERVAL_MICROS) {
      return Optional.empty();
    }
    nextMicros = pts + INTERVAL_MICROS;
    return Optional.of(Thumbnail.jpeg(frame, WIDTH));
  }
}
