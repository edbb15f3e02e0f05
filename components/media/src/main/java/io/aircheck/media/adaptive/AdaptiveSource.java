package io.aircheck.media.adaptive;

import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.RequestLog;
import io.aircheck.media.segments.SegmentProgress;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One rendition: the decoded segments of a media playlist, with what the playlist and the delivery
 * reveal among them.
 */
final class AdaptiveSource implements MediaSource {
  private final MediaSource decoded;
  private final SegmentProgress progress;
  private final RequestLog requests;
  private final PlaylistFacts playlist;
  private final long silentUntilMicros;
  private long reachedMicros;

  /**
   * A source on top of a decoder of segments.
   *
   * @param requests what was asked for to read it
   * @param playlist what the playlists tell
   * @param silentUntilMicros media time up to which pictures and sound were handed out by an
   *     earlier source, and are not handed out again
   */
  AdaptiveSource(
      MediaSource decoded,
      SegmentProgress progress,
      RequestLog requests,
      PlaylistFacts playlist,
      long silentUntilMicros) {
    this.decoded = decoded;
    this.progress = progress;
    this.requests = requests;
    this.playlist = playlist;
    this.silentUntilMicros = silentUntilMicros;
    this.reachedMicros = silentUntilMicros;
  }

  @Override
  public MediaInfo info() {
    return playlist.with(decoded.info());
  }

  @Override
  public MediaEvent next() throws MediaException {
    while (true) {
      MediaEvent event = decoded.next();
      switch (event) {
        case MediaEvent.FormatChange change -> {
          long micros = Math.max(change.ptsMicros(), silentUntilMicros);
          return new MediaEvent.FormatChange(playlist.with(change.info()), micros);
        }
        case MediaEvent.Video video -> {
          if (reached(video.frame().ptsMicros())) {
            return event;
          }
        }
        case MediaEvent.Audio audio -> {
          if (reached(audio.audio().ptsMicros())) {
            return event;
          }
        }
        case MediaEvent.Undecoded undecoded -> {
          if (reached(undecoded.ptsMicros())) {
            return event;
          }
        }
        case MediaEvent.Late late -> {
          if (late.frame().ptsMicros() >= silentUntilMicros) {
            return event;
          }
        }
        case MediaEvent.CodedPictures coded -> {
          if (reached(coded.ptsMicros())) {
            return event;
          }
        }
        default -> {
          return event;
        }
      }
    }
  }

  /** Notes how far decoding is; says whether that is new. */
  private boolean reached(long micros) {
    reachedMicros = Math.max(reachedMicros, micros);
    return micros >= silentUntilMicros;
  }

  @Override
  public void decode(Decoding decoding) {
    decoded.decode(decoding);
  }

  @Override
  public Optional<PacketRecording> recording() {
    return decoded.recording();
  }

  @Override
  public Optional<RequestLog> requests() {
    return Optional.of(requests);
  }

  @Override
  public OptionalLong waitedNanos() {
    return decoded.waitedNanos();
  }

  @Override
  public String position() {
    return progress.at(reachedMicros).token();
  }

  @Override
  public void stop() {
    decoded.stop();
  }

  @Override
  public void close() {
    decoded.close();
  }
}
