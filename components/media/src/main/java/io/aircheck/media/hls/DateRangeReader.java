package io.aircheck.media.hls;

import io.aircheck.core.media.SpliceSignal.Type;
import io.aircheck.media.playlist.PlaylistCue;
import io.aircheck.media.playlist.Segment;
import io.aircheck.media.splice.SpliceCue;
import io.aircheck.media.splice.SpliceSection;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Finds the splices in {@code EXT-X-DATERANGE} (RFC 8216, 4.3.2.7.1). A range with {@code
 * SCTE35-OUT} is a break from its start on; it is over at its end, once a duration or an end is
 * known, which the same range or one with {@code SCTE35-IN} tells. {@code SCTE35-CMD} carries a
 * section that says itself what it is.
 */
final class DateRangeReader {
  private static final String MEANS = "EXT-X-DATERANGE";
  private static final OptionalLong NONE = OptionalLong.empty();

  /** Segments of which it is known when they begin, by that. */
  private final TreeMap<Instant, Segment> dated = new TreeMap<>();

  DateRangeReader(List<Segment> segments) {
    Instant next = null;
    for (Segment segment : segments) {
      Instant start = segment.programTime().orElse(next);
      if (start != null) {
        dated.put(start, segment);
        next = start.plusNanos(segment.durationMicros() * 1000);
      }
    }
  }

  /**
   * Reads a range.
   *
   * @param sequence media sequence number of the segment after the tag: the place of a range in a
   *     playlist that does not date its segments
   */
  List<PlaylistCue> read(Attributes range, long sequence) {
    Optional<Instant> start = range.get("START-DATE").flatMap(DateRangeReader::instant);
    if (start.isEmpty()) {
      return List.of();
    }
    Optional<Instant> end = end(range, start.get());
    String id = range.get("ID").orElse("");
    List<PlaylistCue> cues = new ArrayList<>();
    if (range.has("SCTE35-OUT")) {
      cues.add(located(out(range, MEANS, id), start.get(), sequence, id));
    } else if (range.has("SCTE35-IN")) {
      cues.add(located(in(MEANS, id), end.orElse(start.get()), sequence, id));
      return cues;
    } else {
      range.get("SCTE35-CMD").map(DateRangeReader::section).orElse(List.of()).stream()
          .map(cue -> cue.type() == Type.OUT ? out(range, cue.means(), cue.eventId()) : cue)
          .forEach(cue -> cues.add(located(cue, start.get(), sequence, id)));
    }
    for (PlaylistCue begun : List.copyOf(cues)) {
      if (begun.cue().type() == Type.OUT && end.isPresent()) {
        SpliceCue cue = begun.cue();
        cues.add(located(in(cue.means(), cue.eventId()), end.get(), sequence, id));
      }
    }
    return cues;
  }

  private static Optional<Instant> end(Attributes range, Instant start) {
    OptionalLong duration = range.get("DURATION").map(CueReader::micros).orElse(NONE);
    return duration.isPresent()
        ? Optional.of(start.plusNanos(duration.getAsLong() * 1000))
        : range.get("END-DATE").flatMap(DateRangeReader::instant);
  }

  private static SpliceCue out(Attributes range, String means, String id) {
    OptionalLong planned =
        range
            .get("DURATION")
            .or(() -> range.get("PLANNED-DURATION"))
            .map(CueReader::micros)
            .orElse(NONE);
    return new SpliceCue(
        Type.OUT,
        means,
        id,
        NONE,
        planned.orElse(0) > 0 ? planned : NONE,
        false,
        "a date range of the playlist");
  }

  private static SpliceCue in(String means, String id) {
    return new SpliceCue(Type.IN, means, id, NONE, NONE, false, "a date range of the playlist");
  }

  private PlaylistCue located(SpliceCue cue, Instant at, long sequence, String id) {
    String key = MEANS + " " + cue.type() + " " + cue.means() + " " + id;
    Map.Entry<Instant, Segment> nearest = dated.floorEntry(at);
    if (nearest == null) {
      nearest = dated.firstEntry();
    }
    if (nearest == null) {
      return new PlaylistCue(key, cue, sequence, 0);
    }
    long offsetMicros = Duration.between(nearest.getKey(), at).toNanos() / 1000;
    return new PlaylistCue(key, cue, nearest.getValue().sequence(), offsetMicros);
  }

  private static List<SpliceCue> section(String hexadecimal) {
    try {
      String digits = hexadecimal.replaceFirst("^0[xX]", "");
      byte[] section = HexFormat.of().parseHex(digits);
      return SpliceSection.read(section, section.length);
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  private static Optional<Instant> instant(String text) {
    try {
      OffsetDateTime date = OffsetDateTime.parse(text);
      // Dates of other centuries are no dates of a stream, and too far off to reckon with.
      return Optional.of(date.toInstant()).filter(at -> Math.abs(date.getYear() - 2050) <= 100);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
