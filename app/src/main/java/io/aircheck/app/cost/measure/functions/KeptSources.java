package io.aircheck.app.cost.measure.functions;

import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps inputs open between the calls that convert one segment after the other, so that none is
 * read again from its beginning for each: what functions cost for an input whose protocol can go on
 * where it was, without even opening it again. Thread-safe.
 */
final class KeptSources implements MediaSources, AutoCloseable {
  private final MediaSources sources;
  private final Map<String, MediaSource> kept = new ConcurrentHashMap<>();
  private final AtomicLong tokens = new AtomicLong();

  KeptSources(MediaSources sources) {
    this.sources = sources;
  }

  @Override
  public List<String> renditions(SourceRequest request) throws MediaException {
    return sources.renditions(request);
  }

  @Override
  public MediaSource open(SourceRequest request) throws MediaException {
    MediaSource before = request.resumeFrom().map(kept::remove).orElse(null);
    return before == null
        ? new Kept(sources.open(request), false, 0)
        : new Kept(before, true, request.originMicros());
  }

  @Override
  public void close() {
    kept.values().forEach(MediaSource::close);
    kept.clear();
  }

  private final class Kept implements MediaSource {
    private final MediaSource source;
    private final String token = "kept-" + tokens.incrementAndGet();
    private boolean continues;
    private final long reachedMicros;

    Kept(MediaSource source, boolean continues, long reachedMicros) {
      this.source = source;
      this.continues = continues;
      this.reachedMicros = reachedMicros;
    }

    /** A source that is opened begins with its format. */
    @Override
    public MediaEvent next() throws MediaException {
      if (continues) {
        continues = false;
        return new MediaEvent.FormatChange(source.info(), reachedMicros);
      }
      return source.next();
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
    public String position() {
      return token;
    }

    @Override
    public void stop() {
      source.stop();
    }

    /** Another call goes on with it, or all are closed together. */
    @Override
    public void close() {
      kept.put(token, source);
    }
  }
}
