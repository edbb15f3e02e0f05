package io.aircheck.media.hls;

import io.aircheck.media.playlist.PlaylistIssue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes the text of a media playlist fit for a parser that gives up at the first error: checks
 * every line against RFC 8216, leaves out what is not needed here, and repairs what a viewer's
 * player would read over.
 *
 * <p>Kept are the tags that decide what is fetched and when. Everything else (low-latency parts and
 * hints, unknown tags) is ignored, as section 6.3.1 asks; {@link CueReader} reads splices.
 */
final class MediaPlaylistText {
  private static final Pattern COUNT = Pattern.compile("\\d{1,18}");
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}(:?\\d{2})?)");
  private static final Pattern EXTINF = Pattern.compile("\\d{1,9}(\\.\\d*)?(,.*)?");
  private static final Pattern URI_ATTRIBUTE = Pattern.compile(".*\\bURI=\"[^\"]+\".*");
  private static final Pattern KEY_METHOD =
      Pattern.compile("(^|.*,)METHOD=(NONE|AES-128|SAMPLE-AES|SAMPLE-AES-CTR)(,.*|$)");
  private static final Pattern OTHER_KEY_FORMAT =
      Pattern.compile(".*\\bKEYFORMAT=\"(?!identity\")[^\"]*\".*");

  /** Tags without which a playlist can be read, by the pattern that their value must match. */
  private static final Map<String, Pattern> OPTIONAL_TAGS =
      Map.of(
          "EXT-X-MEDIA-SEQUENCE", COUNT,
          "EXT-X-DISCONTINUITY-SEQUENCE", COUNT,
          "EXT-X-PLAYLIST-TYPE", Pattern.compile("VOD|EVENT"),
          "EXT-X-BYTERANGE", Pattern.compile("\\d{1,18}(@\\d{1,18})?"),
          "EXT-X-PROGRAM-DATE-TIME", DATE_TIME,
          "EXT-X-MAP", URI_ATTRIBUTE,
          "EXT-X-DISCONTINUITY", Pattern.compile(""),
          "EXT-X-GAP", Pattern.compile(""),
          "EXT-X-ENDLIST", Pattern.compile(""));

  private static final Set<String> ONCE =
      Set.of(
          "EXT-X-TARGETDURATION",
          "EXT-X-MEDIA-SEQUENCE",
          "EXT-X-DISCONTINUITY-SEQUENCE",
          "EXT-X-PLAYLIST-TYPE",
          "EXT-X-ENDLIST");
  private static final Set<String> BEFORE_SEGMENTS =
      Set.of("EXT-X-MEDIA-SEQUENCE", "EXT-X-DISCONTINUITY-SEQUENCE");
  private static final Set<String> MASTER_ONLY =
      Set.of("EXT-X-STREAM-INF", "EXT-X-I-FRAME-STREAM-INF", "EXT-X-MEDIA", "EXT-X-SESSION-KEY");

  private final List<String> lines = new ArrayList<>();
  private final List<PlaylistIssue> issues = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final List<String> keys = new ArrayList<>();
  private int targetSeconds;
  private double longestSeconds;
  private int segments;
  private boolean durationKnown;

  private MediaPlaylistText() {}

  /**
   * Lines that can be parsed, and what was wrong with the original.
   *
   * @param lines repaired lines, starting with {@code #EXTM3U}
   * @param targetDeclared whether the original gives a target duration
   */
  record Checked(List<String> lines, boolean targetDeclared, List<PlaylistIssue> issues) {}

  /** Checks and repairs a playlist. */
  static Checked check(List<String> original) {
    MediaPlaylistText text = new MediaPlaylistText();
    if (original.isEmpty() || !original.getFirst().equals("#EXTM3U")) {
      text.issue(1, "does not start with #EXTM3U");
    }
    text.findTargetDuration(original);
    for (int i = 0; i < original.size(); i++) {
      text.line(i + 1, original.get(i).strip());
    }
    if (text.durationKnown) {
      text.issue(original.size(), "#EXTINF without a segment after it");
    }
    List<String> repaired = new ArrayList<>(text.lines.size() + 2);
    repaired.add("#EXTM3U");
    repaired.add("#EXT-X-TARGETDURATION:" + text.targetSeconds());
    repaired.addAll(text.lines);
    return new Checked(repaired, text.targetSeconds > 0, List.copyOf(text.issues));
  }

  private void findTargetDuration(List<String> original) {
    for (int i = 0; i < original.size(); i++) {
      String line = original.get(i).strip();
      if (!line.startsWith("#EXT-X-TARGETDURATION")) {
        continue;
      }
      String value = value(line);
      if (value.matches("\\d{1,6}") && !value.matches("0+")) {
        targetSeconds = Integer.parseInt(value);
      } else if (value.matches("\\d{1,6}\\.\\d*")) {
        issue(i + 1, "target duration is not a whole number of seconds: " + shorten(value));
        targetSeconds = (int) Math.ceil(Double.parseDouble(value));
      } else {
        issue(i + 1, "target duration cannot be read: " + shorten(value));
      }
      return;
    }
    issue(0, "has no #EXT-X-TARGETDURATION");
  }

  private int targetSeconds() {
    return targetSeconds > 0 ? targetSeconds : Math.max(1, (int) Math.ceil(longestSeconds));
  }

  private void line(int number, String line) {
    if (line.startsWith("#EXT")) {
      tag(number, line);
    } else if (!line.isEmpty() && !line.startsWith("#")) {
      segment(number, line);
    }
  }

  private void tag(int number, String line) {
    String name = name(line);
    String value = value(line);
    if (ONCE.contains(name) && !seen.add(name)) {
      issue(number, "#" + name + " appears more than once");
      return;
    }
    if (MASTER_ONLY.contains(name)) {
      issue(number, "#" + name + " of a master playlist in a media playlist");
      return;
    }
    if (name.equals("EXTINF")) {
      extinf(number, value);
    } else if (name.equals("EXT-X-KEY")) {
      key(number, value);
    } else if (OPTIONAL_TAGS.containsKey(name)) {
      optional(number, line, name, value);
    }
  }

  private void optional(int number, String line, String name, String value) {
    if (BEFORE_SEGMENTS.contains(name) && segments > 0) {
      issue(number, "#" + name + " after the first segment");
    }
    Pattern pattern = OPTIONAL_TAGS.get(name);
    if (pattern != null && pattern.matcher(value).matches()) {
      lines.add(line);
    } else {
      issue(number, "#" + name + " cannot be read: " + shorten(value));
    }
  }

  private void extinf(int number, String value) {
    if (durationKnown) {
      issue(number, "two #EXTINF for one segment");
      return;
    }
    durationKnown = true;
    if (EXTINF.matcher(value).matches()) {
      String seconds = value.split(",", 2)[0];
      longestSeconds = Math.max(longestSeconds, Double.parseDouble(seconds));
      lines.add("#EXTINF:" + seconds + ",");
    } else {
      issue(number, "#EXTINF cannot be read: " + shorten(value));
      lines.add("#EXTINF:" + targetSeconds() + ",");
    }
  }

  private void key(int number, String value) {
    if (KEY_METHOD.matcher(value).matches()) {
      keys.add(value);
    } else {
      issue(number, "#EXT-X-KEY without a known METHOD");
      keys.add("METHOD=SAMPLE-AES");
    }
  }

  private void segment(int number, String uri) {
    if (!durationKnown) {
      issue(number, "segment without #EXTINF");
      lines.add("#EXTINF:" + targetSeconds() + ",");
    }
    // Several keys may stand before one segment, one for each key format; the parser keeps one.
    keys.stream()
        .filter(key -> !OTHER_KEY_FORMAT.matcher(key).matches())
        .findFirst()
        .or(() -> keys.stream().findFirst())
        .ifPresent(key -> lines.add("#EXT-X-KEY:" + key));
    keys.clear();
    lines.add(uri);
    durationKnown = false;
    segments++;
  }

  private void issue(int line, String detail) {
    issues.add(new PlaylistIssue(line, detail));
  }

  private static String name(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? line.substring(1) : line.substring(1, colon);
  }

  private static String value(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? "" : line.substring(colon + 1).strip();
  }

  /** A value fit for a message: without attribute values, which may hold addresses with tokens. */
  private static String shorten(String value) {
    String first = value.split("[=,\"]", 2)[0];
    return first.length() > 40 ? first.substring(0, 40) + "..." : first;
  }
}
