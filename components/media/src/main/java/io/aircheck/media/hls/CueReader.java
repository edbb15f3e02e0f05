package io.aircheck.media.hls;

import io.aircheck.core.media.SpliceSignal.Type;
import io.aircheck.media.playlist.PlaylistCue;
import io.aircheck.media.playlist.Segment;
import io.aircheck.media.splice.SpliceCue;
import io.aircheck.media.splice.SpliceSection;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Finds the splices of a media playlist: {@code EXT-X-CUE-OUT}, {@code -CONT} and {@code -IN},
 * {@code EXT-OATCLS-SCTE35}, {@code EXT-X-SCTE35} and {@code EXT-X-DATERANGE} with SCTE 35
 * attributes. Tags that cannot be read are passed over, as RFC 8216 asks of all that is unknown.
 *
 * <p>The cue tags were never standardised. They stand before the segment at whose start the splice
 * is, and all of them speak of the same break: there is no id that tells breaks apart.
 */
final class CueReader {
  private static final String MEANS = "EXT-X-CUE";

  /** More splices than a playlist of a day has; what goes beyond is hostile and left out. */
  private static final int MOST_CUES = 2_000;

  /** A tag with a section of the greatest length in hexadecimal, and as much again. */
  private static final int MAX_LINE = 16_384;

  private final List<PlaylistCue> cues = new ArrayList<>();
  private final DateRangeReader dateRanges;
  private long sequence;

  private CueReader(long firstSequence, List<Segment> segments) {
    sequence = firstSequence;
    dateRanges = new DateRangeReader(segments);
  }

  /**
   * Reads the splices of a playlist.
   *
   * @param firstSequence media sequence number of the first segment of the text
   */
  static List<PlaylistCue> read(List<String> lines, long firstSequence, List<Segment> segments) {
    CueReader reader = new CueReader(firstSequence, segments);
    for (String line : lines) {
      if (line.startsWith("#EXT")) {
        if (reader.cues.size() < MOST_CUES && line.length() <= MAX_LINE) {
          reader.tag(line.strip());
        }
      } else if (!line.isBlank() && !line.startsWith("#")) {
        reader.sequence++;
      }
    }
    return List.copyOf(reader.cues);
  }

  private void tag(String line) {
    int colon = line.indexOf(':');
    String value = colon < 0 ? "" : line.substring(colon + 1).strip();
    switch (colon < 0 ? line : line.substring(0, colon)) {
      case "#EXT-X-CUE-OUT" -> out(seconds(value, "DURATION"), 0);
      case "#EXT-X-CUE-OUT-CONT", "#EXT-X-CUE-CONT", "#EXT-X-CUE-SPAN" -> goesOn(value);
      case "#EXT-X-CUE-IN" -> in();
      case "#EXT-OATCLS-SCTE35" -> section(value);
      case "#EXT-X-SCTE35" -> scte35(Attributes.of(value));
      case "#EXT-X-DATERANGE" -> cues.addAll(dateRanges.read(Attributes.of(value), sequence));
      default -> {
        // Says nothing of splices.
      }
    }
  }

  /** {@code 8.3/30} or {@code ElapsedTime=8.3,Duration=30}. */
  private void goesOn(String value) {
    int slash = value.indexOf('=') < 0 ? value.indexOf('/') : -1;
    OptionalLong elapsed =
        slash < 0 ? seconds(value, "ElapsedTime") : micros(value.substring(0, slash));
    OptionalLong duration =
        slash < 0 ? seconds(value, "Duration") : micros(value.substring(slash + 1));
    out(duration, elapsed.orElse(0));
  }

  /** The tag that SCTE 35 itself gives (12.2). */
  private void scte35(Attributes attributes) {
    String out = attributes.get("CUE-OUT").orElse("").toUpperCase(Locale.ROOT);
    OptionalLong duration =
        attributes.get("DURATION").map(CueReader::micros).orElse(OptionalLong.empty());
    if (out.equals("YES") || out.equals("CONT")) {
      out(duration, attributes.get("ELAPSED").map(CueReader::micros).orElse(NONE).orElse(0));
    } else if (out.equals("NO") || attributes.get("CUE-IN").orElse("").equalsIgnoreCase("YES")) {
      in();
    } else {
      attributes.get("CUE").ifPresent(this::section);
    }
  }

  private static final OptionalLong NONE = OptionalLong.empty();

  /** A section in Base64, whose place is that of the tag, whatever time stamp it has. */
  private void section(String base64) {
    byte[] section;
    try {
      section = Base64.getDecoder().decode(base64.replace("\"", ""));
    } catch (IllegalArgumentException e) {
      return;
    }
    for (SpliceCue cue : SpliceSection.read(section, section.length)) {
      switch (cue.type()) {
        case OUT -> out(cue.durationMicros(), 0);
        case IN -> in();
        case CANCEL -> {
          // What is cancelled has not become a tag.
        }
        case ENCRYPTED, UNREADABLE -> add(cue, 0);
      }
    }
  }

  private void out(OptionalLong durationMicros, long elapsedMicros) {
    OptionalLong known = durationMicros.orElse(0) > 0 ? durationMicros : NONE;
    add(
        new SpliceCue(Type.OUT, MEANS, "", NONE, known, false, "a cue tag of the playlist"),
        -elapsedMicros);
  }

  private void in() {
    add(new SpliceCue(Type.IN, MEANS, "", NONE, NONE, false, "a cue tag of the playlist"), 0);
  }

  private void add(SpliceCue cue, long offsetMicros) {
    String key = MEANS + " " + cue.type() + " " + sequence;
    cues.add(new PlaylistCue(key, cue, sequence, offsetMicros));
  }

  /** A value that is a number of seconds, alone or as an attribute. */
  private static OptionalLong seconds(String value, String attribute) {
    return value.indexOf('=') < 0
        ? micros(value)
        : Attributes.of(value).get(attribute).map(CueReader::micros).orElse(NONE);
  }

  /** Seconds as microseconds; empty for what is no number, or none that a break can have. */
  static OptionalLong micros(String seconds) {
    return seconds.matches("\\d{1,7}(\\.\\d{0,12})?")
        ? OptionalLong.of(Math.round(Double.parseDouble(seconds) * 1e6))
        : NONE;
  }
}
