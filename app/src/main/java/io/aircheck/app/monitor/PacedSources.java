package io.aircheck.app.monitor;

import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.RequestLog;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.task.TaskClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Plays finite inputs at the speed of a viewer; live inputs have a speed of their own. */
public final class PacedSources implements MediaSources {
  private final MediaSources sources;
  private final TaskClock clock;

  public PacedSources(MediaSources sources, TaskClock clock) {
    this.sources = sources;
    this.clock = clock;
  }

  @Override
  public List<String> renditions(SourceRequest request) throws MediaException {
    return sources.renditions(request);
  }

  @Override
  public MediaSource open(SourceRequest request) throws MediaException {
    MediaSource source = sources.open(request);
    return source.info().live() ? source : new Paced(source, clock, request.originMicros());
  }

  private static final class Paced implements MediaSource {
    private final MediaSource source;
    private final TaskClock clock;
    private final long originMicros;
    private final long startedNanos;
    private long waitedNanos;

    Paced(MediaSource source, TaskClock clock, long originMicros) {
      this.source = source;
      this.clock = clock;
      this.originMicros = originMicros;
      this.startedNanos = clock.nanoTime();
    }

    @Override
    public MediaEvent next() throws MediaException {
      MediaEvent event = source.next();
      if (event instanceof MediaEvent.Video video) {
        waitUntil(video.frame().ptsMicros());
      } else if (event instanceof MediaEvent.Audio audio) {
        waitUntil(audio.audio().ptsMicros());
      } else if (event instanceof MediaEvent.Undecoded undecoded) {
        waitUntil(undecoded.ptsMicros());
      }
      return event;
    }

    private void waitUntil(long ptsMicros) throws MediaException {
      long aheadMicros = ptsMicros - originMicros - (clock.nanoTime() - startedNanos) / 1000;
      if (aheadMicros <= 0) {
        return;
      }
      try {
        clock.sleep(Duration.ofNanos(aheadMicros * 1000));
        waitedNanos += aheadMicros * 1000;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new MediaException(MediaException.Reason.DISCONNECTED, "stopped", e);
      }
    }

    @Override
    public MediaInfo info() {
      return source.info();
    }

    @Override
    public void decode(Decoding decoding) {
      source.decode(decoding);
    }

    @Override
    public Optional<PacketRecording> recording() {
      return source.recording();
    }

    @Override
    public Optional<RequestLog> requests() {
      return source.requests();
    }

    @Override
    public OptionalLong waitedNanos() {
      return OptionalLong.of(waitedNanos);
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
