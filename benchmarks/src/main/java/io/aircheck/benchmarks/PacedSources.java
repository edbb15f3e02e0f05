package io.aircheck.benchmarks;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes files behave like live inputs: each picture is held back until its presentation time has
 * come on the wall clock, and how late pictures are taken is recorded.
 */
final class PacedSources implements MediaSources {
  private final MediaSources files = MediaSources.installed();
  private final AtomicLong pictures = new AtomicLong();
  private final AtomicLong latePictures = new AtomicLong();
  private final AtomicLong worstLatenessNanos = new AtomicLong();
  private final long lateNanos;

  /**
   * @param lateMillis from which lateness on a picture counts as late
   */
  PacedSources(long lateMillis) {
    this.lateNanos = TimeUnit.MILLISECONDS.toNanos(lateMillis);
  }

  long pictures() {
    return pictures.get();
  }

  long latePictures() {
    return latePictures.get();
  }

  double worstLatenessSeconds() {
    return worstLatenessNanos.get() / 1e9;
  }

  /** Forgets what was recorded so far. */
  void reset() {
    pictures.set(0);
    latePictures.set(0);
    worstLatenessNanos.set(0);
  }

  @Override
  public List<String> renditions(SourceRequest request) throws MediaException {
    return files.renditions(request);
  }

  @Override
  public MediaSource open(SourceRequest request) throws MediaException {
    return new Paced(files.open(request));
  }

  private final class Paced implements MediaSource {
    private final MediaSource file;
    private long startNanos;
    private long firstMicros;
    private boolean started;
    private long waitedNanos;

    Paced(MediaSource file) {
      this.file = file;
    }

    @Override
    public MediaInfo info() {
      return file.info();
    }

    @Override
    public MediaEvent next() throws MediaException {
      MediaEvent event = file.next();
      if (event instanceof MediaEvent.Video video) {
        long pts = video.frame().ptsMicros();
        if (!started) {
          started = true;
          startNanos = System.nanoTime();
          firstMicros = pts;
        }
        long due = startNanos + TimeUnit.MICROSECONDS.toNanos(pts - firstMicros);
        long wait = due - System.nanoTime();
        waitedNanos += Math.max(0, wait);
        while (wait > 0) {
          LockSupport.parkNanos(wait);
          wait = due - System.nanoTime();
        }
        pictures.incrementAndGet();
        worstLatenessNanos.accumulateAndGet(-wait, Math::max);
        if (-wait > lateNanos) {
          latePictures.incrementAndGet();
        }
      }
      return event;
    }

    @Override
    public OptionalLong waitedNanos() {
      return OptionalLong.of(waitedNanos);
    }

    @Override
    public String position() {
      return file.position();
    }

    @Override
    public void stop() {
      file.stop();
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
