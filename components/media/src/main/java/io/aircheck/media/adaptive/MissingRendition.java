package io.aircheck.media.adaptive;

import io.aircheck.core.media.ManifestSignal;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.RequestLog;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * A rendition that the master playlist names and that is not there: says so and ends, so that the
 * other renditions of the ladder are watched undisturbed.
 */
final class MissingRendition implements MediaSource {
  private final MediaInfo info;
  private final RequestLog requests;
  private final ArrayDeque<MediaEvent> events;
  private final long atMicros;

  MissingRendition(MediaInfo info, RequestLog requests, ManifestSignal signal) {
    this.info = info;
    this.requests = requests;
    this.atMicros = signal.ptsMicros();
    this.events =
        new ArrayDeque<>(
            List.of(new MediaEvent.FormatChange(info, atMicros), new MediaEvent.Manifest(signal)));
  }

  @Override
  public MediaInfo info() {
    return info;
  }

  @Override
  public MediaEvent next() {
    MediaEvent event = events.poll();
    return event == null ? new MediaEvent.End(atMicros) : event;
  }

  @Override
  public Optional<RequestLog> requests() {
    return Optional.of(requests);
  }

  @Override
  public String position() {
    return "";
  }

  /** Never waits. */
  @Override
  public void stop() {}

  @Override
  public void close() {
    events.clear();
  }
}
