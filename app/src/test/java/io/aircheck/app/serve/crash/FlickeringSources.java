package io.aircheck.app.serve.crash;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.Track;
import io.aircheck.testkit.TestFrame;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Live inputs of grey pictures that go dark and bright again every second or so, each its way. */
final class FlickeringSources implements MediaSources {
  private static final int BRIGHT = 120;
  private static final int PICTURE_MILLIS = 40;
  private static final int SHORTEST_PICTURES = 5;
  private static final int LONGEST_PICTURES = 50;

  private final boolean flickers;

  /**
   * @param flickers whether they ever go dark
   */
  FlickeringSources(boolean flickers) {
    this.flickers = flickers;
  }

  @Override
  public List<String> renditions(SourceRequest request) {
    return List.of();
  }

  @Override
  public MediaSource open(SourceRequest request) {
    return new Flickering(request.originMicros());
  }

  private final class Flickering implements MediaSource {
    private final MediaInfo info =
        new MediaInfo(
            "fake:flickering",
            "fake",
            OptionalLong.empty(),
            true,
            Optional.empty(),
            List.of(Track.video("video:0", "h264", 16, 16, 25)));

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Random random = new Random();
    private long ptsMicros;
    private boolean started;
    private boolean dark;
    private int left;

    Flickering(long originMicros) {
      ptsMicros = originMicros;
    }

    @Override
    public MediaInfo info() {
      return info;
    }

    @Override
    public MediaEvent next() throws MediaException {
      if (!started) {
        started = true;
        return new MediaEvent.FormatChange(info, ptsMicros);
      }
      try {
        if (closed.await(PICTURE_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new MediaException(MediaException.Reason.DISCONNECTED, "closed");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new MediaException(MediaException.Reason.DISCONNECTED, "interrupted", e);
      }
      if (left-- == 0) {
        left = random.nextInt(SHORTEST_PICTURES, LONGEST_PICTURES);
        dark = flickers && !dark;
      }
      ptsMicros += PICTURE_MILLIS * 1000L;
      return new MediaEvent.Video(
          TestFrame.grey(16, 16, dark ? 0 : BRIGHT).at(ptsMicros, PICTURE_MILLIS * 1000));
    }

    @Override
    public OptionalLong waitedNanos() {
      return OptionalLong.empty();
    }

    @Override
    public String position() {
      return "";
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
