package io.aircheck.app.serve.checks;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import java.util.ArrayList;
import java.util.List;

/** Inputs that can all be let go of at once, from another thread. */
final class CancellableSources implements MediaSources {
  private final MediaSources sources;
  private final List<MediaSource> open = new ArrayList<>();
  private boolean cancelled;

  CancellableSources(MediaSources sources) {
    this.sources = sources;
  }

  @Override
  public List<String> renditions(SourceRequest request) throws MediaException {
    return sources.renditions(request);
  }

  @Override
  public MediaSource open(SourceRequest request) throws MediaException {
    MediaSource source = sources.open(request);
    synchronized (this) {
      if (!cancelled) {
        open.add(source);
        return source;
      }
    }
    source.close();
    throw new MediaException(MediaException.Reason.DISCONNECTED, "the check was stopped");
  }

  void cancel() {
    List<MediaSource> closing;
    synchronized (this) {
      cancelled = true;
      closing = List.copyOf(open);
    }
    closing.forEach(MediaSource::close);
  }
}
