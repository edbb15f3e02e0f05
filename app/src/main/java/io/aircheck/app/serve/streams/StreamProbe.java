package io.aircheck.app.serve.streams;

import io.aircheck.app.image.Thumbnail;
import io.aircheck.app.serve.settings.StreamSettings;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.TrackType;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Opens an address for a moment to tell what is there. Thread-safe. */
public final class StreamProbe {
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final int THUMBNAIL_WIDTH = 480;

  /**
   * What was found.
   *
   * @param info the input, or the first rendition of the ladder
   * @param renditions ids of the renditions; empty for an input that is not a ladder
   * @param thumbnail the first picture as a {@code data:} URL
   */
  public record Result(MediaInfo info, List<String> renditions, Optional<String> thumbnail) {}

  private final MediaSources sources;

  public StreamProbe(MediaSources sources) {
    this.sources = sources;
  }

  /**
   * Looks at an address; blocks for some seconds at most.
   *
   * @throws MediaException when it cannot be opened, with a message for users
   */
  public Result look(StreamSettings settings) throws MediaException {
    SourceRequest request =
        StreamWatch.request(settings, settings.url()).withReadTimeout(READ_TIMEOUT);
    List<String> renditions = sources.renditions(request);
    if (!renditions.isEmpty()) {
      request = request.withRendition(renditions.getFirst());
    }
    try (MediaSource source = sources.open(request)) {
      Optional<String> thumbnail = firstPicture(source);
      return new Result(source.info(), renditions, thumbnail);
    }
  }

  private static Optional<String> firstPicture(MediaSource source) throws MediaException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && source.info().first(TrackType.VIDEO).isPresent()) {
      switch (source.next()) {
        case MediaEvent.Video video -> {
          byte[] jpeg = Thumbnail.jpeg(video.frame(), THUMBNAIL_WIDTH);
          return Optional.of("data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg));
        }
        case MediaEvent.End end -> {
          return Optional.empty();
        }
        default -> {
          // Sound, or news of the transport: the picture is still to come.
        }
      }
    }
    return Optional.empty();
  }
}
