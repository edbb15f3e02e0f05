package io.aircheck.deploy.serverless;

import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import java.time.Duration;
import java.util.List;

/** Opens inputs by a rule about addresses, which is code and does not travel in calls. */
final class GuardedSources implements MediaSources {
  private final MediaSources sources;
  private final AddressRule rule;
  private final Duration readTimeout;

  GuardedSources(MediaSources sources, AddressRule rule, Duration readTimeout) {
    this.sources = sources;
    this.rule = rule;
    this.readTimeout = readTimeout;
  }

  @Override
  public List<String> renditions(SourceRequest request) throws MediaException {
    return sources.renditions(guarded(request));
  }

  @Override
  public MediaSource open(SourceRequest request) throws MediaException {
    return sources.open(guarded(request));
  }

  private SourceRequest guarded(SourceRequest request) {
    return request.withAddresses(rule).withReadTimeout(readTimeout);
  }
}
