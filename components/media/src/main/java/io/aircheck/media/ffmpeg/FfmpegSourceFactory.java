package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSourceFactory;
import io.aircheck.core.media.SafeUri;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.media.input.ByteInput;
import io.aircheck.media.input.FileInput;
import io.aircheck.media.input.HttpInput;
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
    return Set.of("file", "http", "https", "udp", "srt", "tcp", "rtmp", "rtmps", "rtsp", "rtsps");
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
    Natives.require();
    request.addresses().require(request.uri());
    String scheme = Protocols.scheme(request);
    if (Protocols.DEMUXED.contains(scheme)) {
      return openAddress(request);
    }
    return switch (scheme) {
      case "file" -> {
        FileInput file = FileInput.open(path(request.uri()));
        yield openBytes(request, file, file.seekable() ? Delivery.FILE : Delivery.LIVE);
      }
      case "http", "https" -> {
        HttpInput body = HttpInput.open(request);
        yield openBytes(request, body, body.size() >= 0 ? Delivery.STORED : Delivery.LIVE);
      }
      default ->
          openBytes(
              request,
              new AddressInput(
                  Protocols.address(request), Protocols.options(request), request.readTimeout()),
              Delivery.LIVE);
    };
  }

  private static MediaSource openAddress(SourceRequest request) throws MediaException {
    return DecodePipeline.open(
        new AddressDemuxers(
            Protocols.address(request),
            Protocols.options(request),
            request.readTimeout(),
            MediaLimits.DEFAULT),
        request,
        new InputJournal(),
        Delivery.LIVE,
        MediaLimits.DEFAULT);
  }

  private static MediaSource openBytes(SourceRequest request, ByteInput input, Delivery delivery)
      throws MediaException {
    InputJournal journal = new InputJournal();
    PartSupplier parts = PartSupplier.of(new TappedInput(input, () -> new TransportTap(journal)));
    return DecodePipeline.open(
        new PartDemuxers(parts, SafeUri.redact(request.uri()), MediaLimits.DEFAULT),
        request,
        journal,
        delivery,
        MediaLimits.DEFAULT);
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
