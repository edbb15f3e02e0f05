package io.aircheck.media.adaptive;

import io.aircheck.core.media.ManifestSignal;
import io.aircheck.core.media.ManifestSignal.Fault;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.media.ffmpeg.DecodePipeline;
import io.aircheck.media.ffmpeg.MediaLimits;
import io.aircheck.media.input.InputJournal;
import io.aircheck.media.playlist.Ladder;
import io.aircheck.media.playlist.MediaPlaylist;
import io.aircheck.media.playlist.Playlist;
import io.aircheck.media.playlist.PlaylistException;
import io.aircheck.media.playlist.PlaylistIssue;
import io.aircheck.media.playlist.PlaylistSignal;
import io.aircheck.media.resource.Addresses;
import io.aircheck.media.resource.RequestJournal;
import io.aircheck.media.resource.ResourceClient;
import io.aircheck.media.resource.ResourceException;
import io.aircheck.media.segments.Pace;
import io.aircheck.media.segments.SegmentKeys;
import io.aircheck.media.segments.SegmentProgress;
import io.aircheck.media.segments.SegmentReader;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Opens one request: reads the playlists, chooses the rendition, joins reader and decoder. */
final class AdaptiveOpener {
  private final SourceRequest request;
  private final URI uri;
  private final Pace pace;
  private final RequestJournal requests;
  private final ResourceClient client;
  private final ManifestLoader loader;

  private AdaptiveOpener(SourceRequest request, URI uri, Pace pace) {
    this.request = request;
    this.uri = uri;
    this.pace = pace;
    this.requests = new RequestJournal(pace::nowMillis);
    this.client =
        new ResourceClient(
            uri, request.headers(), request.readTimeout(), request.addresses(), requests);
    this.loader = new ManifestLoader(client, requests, pace);
  }

  static AdaptiveOpener of(SourceRequest request, URI uri, Pace pace) {
    return new AdaptiveOpener(request, uri, pace);
  }

  /** Ids of the renditions; empty for a media playlist. */
  List<String> renditions() throws MediaException {
    return load(uri) instanceof Ladder ladder
        ? ladder.renditions().stream().map(Ladder.Rendition::id).toList()
        : List.of();
  }

  MediaSource open() throws MediaException {
    return switch (load(uri)) {
      case MediaPlaylist playlist -> source(uri, "hls", OptionalLong.empty(), playlist, List.of());
      case Ladder ladder -> ofLadder(ladder);
    };
  }

  private MediaSource ofLadder(Ladder ladder) throws MediaException {
    Ladder.Rendition chosen = choose(ladder);
    // Every rendition is a source of its own: the master playlist is told about by the first alone.
    List<PlaylistIssue> issues =
        chosen.equals(ladder.renditions().getFirst()) ? ladder.issues() : List.of();
    Playlist playlist;
    try {
      playlist = loader.load(chosen.uri());
    } catch (ResourceException e) {
      if (!e.absent()) {
        throw failure(chosen.uri(), e);
      }
      return missing(chosen, e);
    } catch (PlaylistException e) {
      throw failure(chosen.uri(), e);
    }
    if (playlist instanceof MediaPlaylist media) {
      return source(chosen.uri(), ladder.container(), bandwidth(chosen), media, issues);
    }
    throw new MediaException(
        Reason.INVALID_DATA,
        Addresses.redact(chosen.uri())
            + ": a master playlist where a media playlist was expected; check the ladder");
  }

  private Ladder.Rendition choose(Ladder ladder) throws MediaException {
    if (request.rendition().isEmpty()) {
      return ladder
          .best()
          .orElseThrow(
              () ->
                  new MediaException(
                      Reason.INVALID_DATA,
                      Addresses.redact(uri) + ": master playlist without renditions"));
    }
    String id = request.rendition().get();
    return ladder
        .find(id)
        .orElseThrow(
            () ->
                new MediaException(
                    Reason.NOT_FOUND,
                    "%s: no rendition %s; it has: %s"
                        .formatted(
                            Addresses.redact(uri),
                            id,
                            String.join(
                                ", ",
                                ladder.renditions().stream().map(Ladder.Rendition::id).toList()))));
  }

  private static OptionalLong bandwidth(Ladder.Rendition rendition) {
    return rendition.bandwidth() > 0
        ? OptionalLong.of(rendition.bandwidth())
        : OptionalLong.empty();
  }

  private MediaSource source(
      URI playlistUri,
      String container,
      OptionalLong bandwidth,
      MediaPlaylist first,
      List<PlaylistIssue> issues)
      throws MediaException {
    Optional<SegmentProgress.Position> resume =
        request.resumeFrom().flatMap(SegmentProgress.Position::parse);
    // The segment that was being played is read again from its start, up to where playing was.
    long originMicros =
        resume.map(SegmentProgress.Position::mediaMicros).orElse(request.originMicros());
    SegmentProgress progress =
        new SegmentProgress(resume.orElse(new SegmentProgress.Position(-1, originMicros)));
    InputJournal journal = new InputJournal();
    SegmentReader reader =
        new SegmentReader(
            new SegmentReader.Setting(
                playlistUri,
                first,
                request.rendition().orElse(null),
                client,
                loader,
                new SegmentKeys(client, request.decryptionKeys()),
                pace),
            journal,
            originMicros,
            progress);
    for (PlaylistIssue issue : issues) {
      reader.noteOfMaster(
          PlaylistSignal.instant(
              Fault.INVALID, Map.of("line", (double) issue.line()), issue.detail()),
          uri);
    }
    resume.ifPresent(position -> reader.resumeAfter(position.sequence()));
    MediaSource decoded =
        DecodePipeline.open(
            reader,
            request.withOriginMicros(originMicros),
            journal,
            !first.ended(),
            MediaLimits.DEFAULT);
    return new AdaptiveSource(
        decoded,
        progress,
        requests,
        new PlaylistFacts(
            container,
            Addresses.redact(uri),
            request.rendition(),
            bandwidth,
            first.ended() ? OptionalLong.of(first.durationMicros()) : OptionalLong.empty()),
        resume.isPresent() ? Math.max(request.originMicros(), originMicros) : originMicros);
  }

  private MediaSource missing(Ladder.Rendition rendition, ResourceException why) {
    MediaInfo info =
        new MediaInfo(
            Addresses.redact(uri),
            "hls",
            OptionalLong.empty(),
            false,
            Optional.of(rendition.id()),
            bandwidth(rendition),
            List.of());
    return new MissingRendition(
        info,
        requests,
        new ManifestSignal(
            Fault.RENDITION_MISSING,
            rendition.id(),
            Addresses.redact(rendition.uri()),
            request.originMicros(),
            request.originMicros(),
            false,
            Map.of("httpStatus", (double) why.status()),
            "the master playlist names it, but its playlist cannot be fetched: "
                + why.getMessage()));
  }

  private Playlist load(URI address) throws MediaException {
    try {
      return loader.load(address);
    } catch (ResourceException e) {
      throw failure(address, e);
    } catch (PlaylistException e) {
      throw failure(address, e);
    }
  }

  private static MediaException failure(URI address, ResourceException e) {
    return new MediaException(
        e.reason(), Addresses.redact(address) + ": " + e.getMessage() + "; " + e.advice());
  }

  private static MediaException failure(URI address, PlaylistException e) {
    return new MediaException(
        Reason.INVALID_DATA,
        Addresses.redact(address) + ": " + e.getMessage() + "; check the address");
  }
}
