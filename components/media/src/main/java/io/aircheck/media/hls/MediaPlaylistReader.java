package io.aircheck.media.hls;

import io.aircheck.media.playlist.InitSection;
import io.aircheck.media.playlist.MediaPlaylist;
import io.aircheck.media.playlist.PlaylistException;
import io.aircheck.media.playlist.PlaylistIssue;
import io.aircheck.media.playlist.Segment;
import io.aircheck.media.playlist.SegmentKey;
import io.aircheck.media.resource.Addresses;
import io.aircheck.media.resource.ByteSpan;
import io.lindstrom.m3u8.model.KeyMethod;
import io.lindstrom.m3u8.model.MediaSegment;
import io.lindstrom.m3u8.model.PlaylistType;
import io.lindstrom.m3u8.parser.MediaPlaylistParser;
import io.lindstrom.m3u8.parser.ParsingMode;
import io.lindstrom.m3u8.parser.PlaylistParserException;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lines to a media playlist: resolves what a segment inherits from the lines before it (key, media
 * initialization section, byte offset, sequence numbers, addresses).
 */
final class MediaPlaylistReader {

  private static final MediaPlaylistParser PARSER = new MediaPlaylistParser(ParsingMode.LENIENT);

  private final URI base;
  private final List<PlaylistIssue> issues;
  private final List<Segment> segments = new ArrayList<>();
  private Optional<InitSection> init = Optional.empty();
  private Optional<SegmentKey> key = Optional.empty();
  private @Nullable Segment previous;

  private MediaPlaylistReader(URI base, List<PlaylistIssue> issues) {
    this.base = base;
    this.issues = new ArrayList<>(issues);
  }

  static MediaPlaylist read(List<String> lines, URI base) throws PlaylistException {
    // Counted before anything is made of the lines: all that a segment leads to takes memory.
    if (lines.stream().filter(line -> !line.isBlank() && !line.startsWith("#")).count()
        > MediaPlaylist.MAX_SEGMENTS) {
      throw new PlaylistException(
          "playlist has more than " + MediaPlaylist.MAX_SEGMENTS + " segments");
    }
    MediaPlaylistText.Checked checked = MediaPlaylistText.check(lines);
    io.lindstrom.m3u8.model.MediaPlaylist parsed = parse(checked.lines());
    MediaPlaylistReader reader = new MediaPlaylistReader(base, checked.issues());
    long sequence = parsed.mediaSequence();
    long discontinuitySequence = parsed.discontinuitySequence();
    for (MediaSegment segment : parsed.mediaSegments()) {
      if (segment.discontinuity()) {
        discontinuitySequence++;
      }
      reader.add(segment, sequence++, discontinuitySequence);
    }
    boolean vod = parsed.playlistType().filter(type -> type == PlaylistType.VOD).isPresent();
    return new MediaPlaylist(
        parsed.targetDuration(),
        checked.targetDeclared(),
        vod || !parsed.ongoing(),
        reader.segments,
        reader.issues,
        CueReader.read(lines, parsed.mediaSequence(), reader.segments));
  }

  private static io.lindstrom.m3u8.model.MediaPlaylist parse(List<String> lines)
      throws PlaylistException {
    try {
      return PARSER.readPlaylist(lines.iterator());
    } catch (PlaylistParserException | RuntimeException e) {
      // The parser's own words may quote addresses and key attributes.
      throw new PlaylistException(
          "playlist cannot be parsed (" + e.getClass().getSimpleName() + ")");
    }
  }

  private void add(MediaSegment parsed, long sequence, long discontinuitySequence) {
    parsed.segmentKey().ifPresent(declared -> key = key(declared));
    parsed.segmentMap().ifPresent(map -> init = init(map));
    URI uri;
    try {
      uri = Addresses.resolve(base, parsed.uri());
    } catch (IllegalArgumentException e) {
      issues.add(new PlaylistIssue(0, "address of segment " + sequence + " cannot be read"));
      return;
    }
    Segment segment =
        new Segment(
            sequence,
            discontinuitySequence,
            uri,
            parsed.byteRange().map(range -> span(range, uri, sequence)),
            Math.round(parsed.duration() * 1e6),
            parsed.discontinuity(),
            parsed.gap(),
            init,
            key,
            parsed.programDateTime().map(OffsetDateTime::toInstant));
    segments.add(segment);
    previous = segment;
  }

  private ByteSpan span(io.lindstrom.m3u8.model.ByteRange range, URI uri, long sequence) {
    if (range.offset().isPresent()) {
      return new ByteSpan(range.offset().get(), range.length());
    }
    if (previous != null && previous.uri().equals(uri) && previous.span().isPresent()) {
      return new ByteSpan(previous.span().get().end(), range.length());
    }
    issues.add(
        new PlaylistIssue(
            0, "byte range of segment " + sequence + " has no offset and nothing to follow"));
    return new ByteSpan(0, range.length());
  }

  private Optional<InitSection> init(io.lindstrom.m3u8.model.SegmentMap map) {
    try {
      return Optional.of(
          new InitSection(
              Addresses.resolve(base, map.uri()),
              map.byteRange().map(range -> new ByteSpan(range.offset().orElse(0L), range.length())),
              key));
    } catch (IllegalArgumentException e) {
      issues.add(new PlaylistIssue(0, "address in #EXT-X-MAP cannot be read"));
      return Optional.empty();
    }
  }

  private Optional<SegmentKey> key(io.lindstrom.m3u8.model.SegmentKey declared) {
    if (declared.method() == KeyMethod.NONE) {
      return Optional.empty();
    }
    boolean wholeSegment =
        declared.method() == KeyMethod.AES_128
            && declared.keyFormat().orElse("identity").equals("identity");
    if (!wholeSegment) {
      return Optional.of(
          new SegmentKey(SegmentKey.Method.UNSUPPORTED, Optional.empty(), Optional.empty()));
    }
    return Optional.of(
        new SegmentKey(
            SegmentKey.Method.AES_128, declared.uri().flatMap(this::keyAddress), iv(declared)));
  }

  private Optional<URI> keyAddress(String uri) {
    try {
      return Optional.of(Addresses.resolve(base, uri));
    } catch (IllegalArgumentException e) {
      issues.add(new PlaylistIssue(0, "address in #EXT-X-KEY cannot be read"));
      return Optional.empty();
    }
  }

  private Optional<String> iv(io.lindstrom.m3u8.model.SegmentKey declared) {
    Optional<String> digits =
        declared.iv().map(iv -> iv.regionMatches(true, 0, "0x", 0, 2) ? iv.substring(2) : iv);
    if (digits.isPresent() && !digits.get().matches("[0-9a-fA-F]{1,32}")) {
      issues.add(new PlaylistIssue(0, "IV in #EXT-X-KEY is not a 128-bit hexadecimal number"));
      return Optional.empty();
    }
    return digits.map(text -> "0".repeat(32 - text.length()) + text);
  }
}
