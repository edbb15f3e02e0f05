package io.aircheck.app.serve.streams;

import io.aircheck.app.image.Thumbnail;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.TrackType;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskStatistics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sees what an input is, and its first picture. Thread-safe. */
final class FirstLook implements TaskProbe {
  private static final int THUMBNAIL_WIDTH = 480;

  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable MediaInfo info;
  private volatile byte @Nullable [] picture;
  private volatile @Nullable MediaException failure;

  /**
   * Waits until it has seen enough, or the input is over.
   *
   * @return what the input is
   * @throws MediaException when it cannot be opened, or says nothing in time
   */
  MediaInfo await(Duration patience) throws MediaException {
    boolean said;
    try {
      said = over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MediaException(MediaException.Reason.DISCONNECTED, "stopped while looking at it");
    }
    MediaInfo seen = info;
    if (seen != null) {
      return seen;
    }
    MediaException why = failure;
    if (why != null) {
      throw why;
    }
    throw new MediaException(
        MediaException.Reason.TIMEOUT,
        said
            ? "there is nothing in it"
            : "nothing has come from it within %d s".formatted(patience.toSeconds()));
  }

  /** The first picture as JPEG, if there was one. */
  Optional<byte[]> picture() {
    return Optional.ofNullable(picture);
  }

  /** The process that looked is gone. */
  void lost(String why) {
    failed(new MediaException(MediaException.Reason.INVALID_DATA, why));
  }

  @Override
  public void configured(MediaInfo configured) {
    info = configured;
    if (configured.first(TrackType.VIDEO).isEmpty()) {
      over.countDown();
    }
  }

  @Override
  public void picture(FrameView frame) {
    if (picture == null) {
      still(frame.ptsMicros(), Thumbnail.jpeg(frame, THUMBNAIL_WIDTH));
    }
  }

  @Override
  public void still(long ptsMicros, byte[] jpeg) {
    picture = jpeg;
    over.countDown();
  }

  @Override
  public void ended(TaskStatistics statistics, @Nullable MediaException why) {
    failed(why);
  }

  private void failed(@Nullable MediaException why) {
    failure = why;
    over.countDown();
  }
}
