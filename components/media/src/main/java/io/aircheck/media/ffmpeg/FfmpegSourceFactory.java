package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSourceFactory;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.media.input.FileInput;
import io.aircheck.media.input.InputJournal;
import io.aircheck.media.input.PartSupplier;
import io.aircheck.media.input.TappedInput;
import io.aircheck.media.transport.TransportTap;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Opens whatever FFmpeg demultiplexes and decodes. */
public final class FfmpegSourceFactory implements MediaSourceFactory {

  @Override
  public Set<String> schemes() {
    return Set.of("file");
  }

  @Override
  public boolean available() {
    return Natives.failure().isEmpty();
  }

  @Override
  public String unavailableReason() {
    return Natives.failure();
  }

  @Override
  public List<String> renditions(SourceRequest request) {
    return List.of();
  }

  @Override
  public MediaSource open(SourceRequest request) throws MediaException {
    InputJournal journal = new InputJournal();
    FileInput file = FileInput.open(path(request.uri()));
    TappedInput input = TappedInput.of(file, () -> new TransportTap(journal));
    return DecodePipeline.open(
        PartSupplier.of(input), request, journal, false, MediaLimits.DEFAULT);
  }

  private static Path path(String uri) throws MediaException {
    try {
      return uri.toLowerCase(Locale.ROOT).startsWith("file:")
          ? Path.of(URI.create(uri))
          : Path.of(uri);
    } catch (IllegalArgumentException malformed) {
      throw new MediaException(
          Reason.NOT_FOUND, "not a valid path: " + malformed.getMessage(), malformed);
    }
  }
}
