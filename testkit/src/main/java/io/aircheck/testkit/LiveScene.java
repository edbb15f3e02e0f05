package io.aircheck.testkit;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.Track;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Grey pictures at 25 a second by the clock, until it is stopped; on a machine that has no time,
 * late ones come at once.
 */
public abstract class LiveScene implements MediaSource {
  /** From one picture to the next. */
  public static final int PICTURE_MILLIS = 40;

  private static final int SIZE = 64;

  private final MediaInfo info;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private long ptsMicros;
  private long startNanos;
  private int pictures = -1;

  /** A scene whose media time begins as the request says. */
  protected LiveScene(SourceRequest request) {
    ptsMicros = request.originMicros();
    info =
        new MediaInfo(
            request.uri(),
            "scene",
            OptionalLong.empty(),
            true,
            Optional.empty(),
            List.of(Track.video("video:0", "h264", SIZE, SIZE, 1000.0 / PICTURE_MILLIS)));
  }

  /** Luma of the next picture, of the number that counts from 0. */
  protected abstract int luma(int picture);

  @Override
  public MediaInfo info() {
    return info;
  }

  @Override
  public MediaEvent next() throws MediaException {
    if (pictures < 0) {
      pictures = 0;
      startNanos = System.nanoTime();
      return new MediaEvent.FormatChange(info, ptsMicros);
    }
    try {
      long dueNanos = TimeUnit.MILLISECONDS.toNanos((pictures + 1L) * PICTURE_MILLIS);
      if (stopped.await(startNanos + dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new MediaException(MediaException.Reason.DISCONNECTED, "closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MediaException(MediaException.Reason.DISCONNECTED, "interrupted", e);
    }
    ptsMicros += PICTURE_MILLIS * 1000L;
    return new MediaEvent.Video(
        TestFrame.grey(SIZE, SIZE, luma(pictures++)).at(ptsMicros, PICTURE_MILLIS * 1000));
  }

  @Override
  public String position() {
    return "";
  }

  @Override
  public void stop() {
    stopped.countDown();
  }

  @Override
  public void close() {
    stop();
  }
}
