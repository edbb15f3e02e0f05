package io.aircheck.media.dash;

import io.aircheck.media.playlist.InitSection;
import io.aircheck.media.playlist.MediaPlaylist;
import io.aircheck.media.playlist.PlaylistException;
import io.aircheck.media.playlist.Segment;
import io.aircheck.media.resource.ByteSpan;
import io.aircheck.media.resource.ResourceException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The segments of one representation in one period of a DASH manifest. */
final class MpdSegments {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:(RepresentationID|Bandwidth|Number|Time)(?:%0?(\\d{1,2})d)?)?\\$");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,15})-(\\d{1,15})");

  /** Kinds of addressing, of which a representation has one. */
  private static final List<String> WAYS = List.of("SegmentTemplate", "SegmentList", "SegmentBase");

  private final List<XmlElement> levels;
  private final URI base;
  private final String id;
  private final Span span;
  private final int period;
  private final IndexReader indexes;

  /**
   * The part of a period that is there.
   *
   * @param fromMicros from the start of the period
   * @param toMicros from the start of the period; large when the period has no end
   */
  record Span(long fromMicros, long toMicros) {}

  /** Reads a part of a resource. */
  @FunctionalInterface
  public interface IndexReader {
    byte[] read(URI uri, ByteSpan span) throws ResourceException;
  }

  /** One segment before it has a place among the others. */
  private record Piece(URI uri, Optional<ByteSpan> span, long durationMicros, long sequence) {}

  /**
   * @param levels elements that may say how segments are addressed, the outermost first
   * @param period number of the period
   */
  MpdSegments(
      List<XmlElement> levels, URI base, String id, Span span, int period, IndexReader indexes) {
    this.levels = levels;
    this.base = base;
    this.id = id;
    this.span = span;
    this.period = period;
    this.indexes = indexes;
  }

  /** Adds the segments behind those of the periods before. */
  void addTo(List<Segment> segments, int discontinuitySequence)
      throws PlaylistException, ResourceException {
    Optional<InitSection> init = init();
    boolean first = true;
    for (Piece piece : pieces()) {
      long after = segments.isEmpty() ? Long.MIN_VALUE : segments.getLast().sequence();
      segments.add(
          new Segment(
              Math.max(piece.sequence(), after + 1),
              discontinuitySequence,
              piece.uri(),
              piece.span(),
              piece.durationMicros(),
              first && period > 0,
              false,
              init,
              Optional.empty(),
              Optional.empty()));
      first = false;
    }
  }

  /** Whether segments are told apart by their time, so that numbers have to be made up. */
  boolean byTime() {
    return property("media").filter(media -> media.contains("$Time")).isPresent();
  }

  private List<Piece> pieces() throws PlaylistException, ResourceException {
    if (element("SegmentTimeline").isPresent() || property("duration").isPresent()) {
      return numbered();
    }
    List<XmlElement> listed = listed();
    if (!listed.isEmpty()) {
      return List.of(
          new Piece(
              address(listed.getFirst()),
              range(listed.getFirst(), "mediaRange"),
              periodMicros(),
              0));
    }
    Optional<ByteSpan> index = property("indexRange").flatMap(MpdSegments::range);
    if (index.isPresent()) {
      List<Piece> pieces = new ArrayList<>();
      byte[] box = indexes.read(base, index.get());
      for (SegmentIndex.Entry entry : SegmentIndex.read(box, index.get().end())) {
        pieces.add(
            new Piece(base, Optional.of(entry.span()), entry.durationMicros(), pieces.size()));
      }
      if (!pieces.isEmpty()) {
        return pieces;
      }
    }
    return List.of(new Piece(base, Optional.empty(), periodMicros(), 0));
  }

  /** Segments of a template, or of a list with durations. */
  private List<Piece> numbered() throws PlaylistException {
    double scale = 1e6 / Math.max(1, number("timescale", 1));
    List<Piece> pieces = new ArrayList<>();
    long firstNumber = number("startNumber", 1);
    long lastNumber = number("endNumber", Long.MAX_VALUE);
    Optional<XmlElement> timeline = element("SegmentTimeline");
    if (timeline.isPresent()) {
      long offset = number("presentationTimeOffset", 0);
      long end =
          span.toMicros() == Long.MAX_VALUE ? -1 : offset + Math.round(span.toMicros() / scale);
      long at = firstNumber;
      for (long[] entry : MpdTimeline.entries(timeline.get(), end)) {
        if (at <= lastNumber) {
          add(pieces, at, firstNumber, entry[0], Math.round(entry[1] * scale));
        }
        at++;
      }
      return pieces;
    }
    double length = number("duration", 1) * scale;
    if (!(length >= 1000)) {
      throw new PlaylistException("manifest with segments shorter than a millisecond");
    }
    long from = (long) (span.fromMicros() / length);
    int listed = listed().size();
    if (listed > 0) {
      for (int i = 0; i < listed; i++) {
        // The last one takes what is left of the period.
        long left = Math.max(0, span.toMicros() - Math.round(i * length));
        add(pieces, firstNumber + i, firstNumber, 0, Math.min(left, Math.round(length)));
      }
      return pieces;
    }
    if (span.toMicros() == Long.MAX_VALUE && lastNumber == Long.MAX_VALUE) {
      throw new PlaylistException("manifest does not tell how long it is");
    }
    for (long i = from; pieces.size() <= MediaPlaylist.MAX_SEGMENTS; i++) {
      long start = Math.round(i * length);
      long end = Math.round((i + 1) * length);
      // A live segment is there when it is whole; the last one of a stored period may be shorter.
      boolean there = live() ? end <= span.toMicros() : start < span.toMicros();
      if (!there || firstNumber + i > lastNumber) {
        break;
      }
      long time = i * number("duration", 1);
      add(pieces, firstNumber + i, firstNumber, time, Math.min(end, span.toMicros()) - start);
    }
    return pieces;
  }

  private boolean live() {
    return levels.getFirst().attribute("type").filter("dynamic"::equals).isPresent();
  }

  private void add(
      List<Piece> pieces, long number, long firstNumber, long time, long durationMicros)
      throws PlaylistException {
    Optional<String> media = property("media");
    if (media.isPresent()) {
      URI uri = MpdReader.resolve(base, fill(media.get(), number, time));
      pieces.add(new Piece(uri, Optional.empty(), durationMicros, number));
      return;
    }
    List<XmlElement> listed = listed();
    long index = number - firstNumber;
    if (index >= 0 && index < listed.size()) {
      XmlElement entry = listed.get((int) index);
      pieces.add(new Piece(address(entry), range(entry, "mediaRange"), durationMicros, number));
    }
  }

  private URI address(XmlElement listed) throws PlaylistException {
    Optional<String> media = listed.attribute("media");
    return media.isPresent() ? MpdReader.resolve(base, media.get()) : base;
  }

  private List<XmlElement> listed() {
    return inherited(
            way -> Optional.of(way.children("SegmentURL").toList()).filter(l -> !l.isEmpty()))
        .orElse(List.of());
  }

  private Optional<InitSection> init() throws PlaylistException {
    Optional<String> template = property("initialization");
    if (template.isPresent()) {
      return Optional.of(
          new InitSection(
              MpdReader.resolve(base, fill(template.get(), 0, 0)),
              Optional.empty(),
              Optional.empty()));
    }
    Optional<XmlElement> element = element("Initialization");
    if (element.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> source = element.get().attribute("sourceURL");
    return Optional.of(
        new InitSection(
            source.isPresent() ? MpdReader.resolve(base, source.get()) : base,
            range(element.get(), "range"),
            Optional.empty()));
  }

  private String fill(String template, long number, long time) {
    Matcher matcher = VARIABLE.matcher(template);
    return matcher.replaceAll(
        variable ->
            Matcher.quoteReplacement(value(variable.group(1), variable.group(2), number, time)));
  }

  private String value(@Nullable String name, @Nullable String width, long number, long time) {
    return switch (name) {
      case null -> "$";
      case "RepresentationID" -> id;
      case "Bandwidth" -> padded(levels.getLast().number("bandwidth", 0), width);
      case "Number" -> padded(number, width);
      default -> padded(time, width);
    };
  }

  private static String padded(long value, @Nullable String width) {
    return width == null || width.equals("0") || width.equals("00")
        ? Long.toString(value)
        : String.format(Locale.ROOT, "%0" + Integer.parseInt(width) + "d", value);
  }

  private long periodMicros() {
    return span.toMicros() == Long.MAX_VALUE ? 0 : span.toMicros() - span.fromMicros();
  }

  private static Optional<ByteSpan> range(XmlElement element, String attribute) {
    return element.attribute(attribute).flatMap(MpdSegments::range);
  }

  private static Optional<ByteSpan> range(String text) {
    Matcher matcher = RANGE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long from = Long.parseLong(matcher.group(1));
    long length = Long.parseLong(matcher.group(2)) - from + 1;
    return length > 0 ? Optional.of(new ByteSpan(from, length)) : Optional.empty();
  }

  private Optional<String> property(String attribute) {
    return inherited(way -> way.attribute(attribute));
  }

  private long number(String attribute, long otherwise) {
    return inherited(way -> way.attribute(attribute).map(v -> way.number(attribute, otherwise)))
        .orElse(otherwise);
  }

  private Optional<XmlElement> element(String name) {
    return inherited(way -> way.child(name));
  }

  /** What the innermost level says that says anything (ISO/IEC 23009-1, 5.3.9.1). */
  private <T> Optional<T> inherited(Function<XmlElement, Optional<T>> from) {
    for (XmlElement level : levels.reversed()) {
      for (String way : WAYS) {
        Optional<T> found = level.child(way).flatMap(from);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
