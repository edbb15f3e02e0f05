package io.aircheck.app.check;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Sources that end after a time, for looking at a live input for a while. */
public final class LimitedSources implements MediaSources {
  private final MediaSources sources;
  private final long limitNanos;

  /**
   * @param limit wall-clock time after which an input ends
   */
  public LimitedSources(MediaSources sources, Duration limit) {
    this.sources = sources;
    this.limitNanos = limit.toNanos();
  }

  @Override
  public List<String> renditions(SourceRequest request) throws MediaException {
    return sources.renditions(request);
  }

  @Override
  public MediaSource open(SourceRequest request) throws MediaException {
    long endNanos = System.nanoTime() + limitNanos;
    return new Limited(sources.open(request), endNanos);
  }

  private static final class Limited implements MediaSource {
    private final MediaSource source;
    private final long endNanos;
    private long reachedMicros;

    Limited(MediaSource source, long endNanos) {
      this.source = source;
      this.endNanos = endNanos;
    }

    @Override
    public MediaEvent next() throws MediaException {
      if (System.nanoTime() >= endNanos) {
        return new MediaEvent.End(reachedMicros);
      }
      MediaEvent event = source.next();
      if (event instanceof MediaEvent.Video video) {
        reachedMicros =
            Math.max(reachedMicros, video.frame().ptsMicros() + video.frame().durationMicros());
      } else if (event instanceof MediaEvent.Audio audio) {
        reachedMicros =
            Math.max(reachedMicros, audio.audio().ptsMicros() + audio.audio().durationMicros());
      }
      return event;
    }

    @Override
    public MediaInfo info() {
      return source.info();
    }

    @Override
    public OptionalLong waitedNanos() {
      return source.waitedNanos();
    }

    @Override
    public String position() {
      return source.position();
    }

    @Override
    public void stop() {
      source.stop();
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
