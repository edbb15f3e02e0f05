package io.aircheck.media.hls;

import io.aircheck.media.playlist.Ladder;
import io.aircheck.media.playlist.PlaylistException;
import io.aircheck.media.playlist.PlaylistIssue;
import io.aircheck.media.resource.Addresses;
import io.lindstrom.m3u8.model.AlternativeRendition;
import io.lindstrom.m3u8.model.MasterPlaylist;
import io.lindstrom.m3u8.model.MediaType;
import io.lindstrom.m3u8.model.Variant;
import io.lindstrom.m3u8.parser.MasterPlaylistParser;
import io.lindstrom.m3u8.parser.ParsingMode;
import io.lindstrom.m3u8.parser.PlaylistParserException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lines to the renditions of a master playlist. Each entry is parsed by itself, so that one bad
 * entry does not hide the others.
 */
final class LadderReader {

  private static final MasterPlaylistParser PARSER = new MasterPlaylistParser(ParsingMode.LENIENT);

  private final URI base;
  private final List<PlaylistIssue> issues = new ArrayList<>();
  private final List<RenditionNames.Entry> variants = new ArrayList<>();
  private final List<RenditionNames.Entry> alternatives = new ArrayList<>();

  private LadderReader(URI base) {
    this.base = base;
  }

  static Ladder read(List<String> lines, URI base) throws PlaylistException {
    LadderReader reader = new LadderReader(base);
    if (lines.isEmpty() || !lines.getFirst().equals("#EXTM3U")) {
      reader.issue(1, "does not start with #EXTM3U");
    }
    reader.entries(lines);
    if (reader.variants.size() + reader.alternatives.size() > Ladder.MAX_RENDITIONS) {
      throw new PlaylistException(
          "master playlist has more than " + Ladder.MAX_RENDITIONS + " renditions");
    }
    return new Ladder(
        "hls", RenditionNames.assign(reader.variants, reader.alternatives), reader.issues);
  }

  private void entries(List<String> lines) {
    int number = 0;
    int streamLine = 0;
    String stream = null;
    for (Iterator<String> rest = lines.iterator(); rest.hasNext(); ) {
      String line = rest.next().strip();
      number++;
      if (line.startsWith("#EXT-X-STREAM-INF")) {
        if (stream != null) {
          issue(streamLine, "#EXT-X-STREAM-INF without an address after it");
        }
        stream = line;
        streamLine = number;
      } else if (line.startsWith("#EXT-X-MEDIA:")) {
        alternative(number, line);
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        variant(number, stream, line);
        stream = null;
      }
    }
    if (stream != null) {
      issue(streamLine, "#EXT-X-STREAM-INF without an address after it");
    }
  }

  private void variant(int number, @Nullable String stream, String address) {
    if (stream == null) {
      issue(number, "address without #EXT-X-STREAM-INF before it");
      return;
    }
    Optional<URI> uri = resolve(number, address);
    if (uri.isEmpty() || known(variants, uri.get())) {
      return;
    }
    Optional<Variant> parsed =
        parse(List.of("#EXTM3U", stream, address)).map(playlist -> playlist.variants().getFirst());
    if (parsed.isEmpty()) {
      issue(number - 1, "#EXT-X-STREAM-INF lacks BANDWIDTH or has a value that cannot be read");
    }
    String resolution =
        parsed
            .flatMap(Variant::resolution)
            .map(size -> size.width() + "x" + size.height())
            .orElse("");
    variants.add(
        new RenditionNames.Entry(
            address,
            uri.get(),
            resolution.isEmpty() ? "" : resolution,
            parsed.map(Variant::bandwidth).orElse(0L)));
  }

  private void alternative(int number, String line) {
    Optional<AlternativeRendition> parsed =
        parse(List.of("#EXTM3U", line))
            .map(playlist -> playlist.alternativeRenditions().getFirst());
    if (parsed.isEmpty()) {
      issue(
          number, "#EXT-X-MEDIA lacks TYPE, GROUP-ID or NAME, or has a value that cannot be read");
      return;
    }
    MediaType type = parsed.get().type();
    if ((type != MediaType.AUDIO && type != MediaType.VIDEO) || parsed.get().uri().isEmpty()) {
      return;
    }
    Optional<URI> uri = resolve(number, parsed.get().uri().get());
    if (uri.isPresent() && !known(alternatives, uri.get())) {
      String word = type == MediaType.AUDIO ? "audio-" : "video-";
      alternatives.add(
          new RenditionNames.Entry(
              parsed.get().groupId(), uri.get(), word + parsed.get().name(), 0));
    }
  }

  /** One media playlist may belong to several variants (with different audio): watched once. */
  private static boolean known(List<RenditionNames.Entry> entries, URI uri) {
    return entries.stream().anyMatch(entry -> entry.uri().equals(uri));
  }

  private Optional<URI> resolve(int number, String address) {
    try {
      return Optional.of(Addresses.resolve(base, address));
    } catch (IllegalArgumentException e) {
      issue(number, "address of a rendition cannot be read");
      return Optional.empty();
    }
  }

  private static Optional<MasterPlaylist> parse(List<String> lines) {
    try {
      return Optional.of(PARSER.readPlaylist(lines.iterator()));
    } catch (PlaylistParserException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private void issue(int line, String detail) {
    issues.add(new PlaylistIssue(line, detail));
  }
}
