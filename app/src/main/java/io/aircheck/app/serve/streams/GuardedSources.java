package io.aircheck.app.serve.streams;

import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import java.util.List;

/** Opens inputs that may lead to some addresses only. */
public final class GuardedSources implements MediaSources {
  private final MediaSources sources;
  private final AddressRule rule;

  /** The same inputs as others open, by a rule. */
  public GuardedSources(MediaSources sources, AddressRule rule) {
    this.sources = sources;
    this.rule = rule;
  }

  @Override
  public List<String> renditions(SourceRequest request) throws MediaException {
    return sources.renditions(request.withAddresses(rule));
  }

  @Override
  public MediaSource open(SourceRequest request) throws MediaException {
    return sources.open(request.withAddresses(rule));
  }
}
