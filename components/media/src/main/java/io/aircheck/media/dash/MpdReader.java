package io.aircheck.media.dash;

import io.aircheck.media.playlist.Ladder;
import io.aircheck.media.playlist.MediaPlaylist;
import io.aircheck.media.playlist.Playlist;
import io.aircheck.media.playlist.PlaylistException;
import io.aircheck.media.playlist.PlaylistIssue;
import io.aircheck.media.playlist.Segment;
import io.aircheck.media.resource.Addresses;
import io.aircheck.media.resource.ResourceException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Manifests of MPEG-DASH (ISO/IEC 23009-1) to the same model as HLS: each representation of video
 * or audio is a rendition, its segments over all periods are a media playlist. The address of a
 * representation is that of the manifest with its id as the fragment.
 *
 * <p>Reads segment templates with numbers, times and timelines, segment lists, and single files
 * with or without an index. Leaves out text, pictures for scrubbing, remote periods (XLink) and
 * adaptation to fragments of a segment.
 */
public final class MpdReader {
  /** Segments of a template without end that are listed where the manifest tells no window. */
  private static final Duration DEFAULT_WINDOW = Duration.ofMinutes(2);

  /**
   * How long after its time a segment that is known by the clock alone is asked for. The clocks of
   * encoder, server and this machine differ, and an upload takes a moment: a player stays further
   * back for that.
   */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  private final XmlElement root;
  private final URI base;
  private final Instant now;
  private final MpdSegments.IndexReader indexes;
  private final SegmentNumbers numbers;
  private final boolean dynamic;

  private MpdReader(
      XmlElement root,
      URI base,
      Instant now,
      MpdSegments.IndexReader indexes,
      SegmentNumbers numbers) {
    this.numbers = numbers;
    this.root = root;
    this.base = base;
    this.now = now;
    this.indexes = indexes;
    this.dynamic = root.attribute("type").filter("dynamic"::equals).isPresent();
  }

  /** Whether text is XML with the element that all manifests have at the root. */
  public static boolean looksLikeManifest(String text) {
    String start = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return start.stripLeading().startsWith("<") && start.matches("(?s).*?<(\\w+:)?MPD[\\s>].*");
  }

  /**
   * Reads a manifest.
   *
   * @param address where it was asked for; a fragment chooses a representation
   * @param base where it came from, after redirects
   * @param now wall-clock time, for segments that exist by the clock alone
   * @param indexes fetches the index of a single file
   * @param numbers of the segments in the version before
   * @return the representations, or the segments of the chosen one
   */
  public static Playlist read(
      String text,
      URI address,
      URI base,
      Instant now,
      MpdSegments.IndexReader indexes,
      SegmentNumbers numbers)
      throws PlaylistException, ResourceException {
    XmlElement root = XmlElement.parse(text);
    if (!root.name().equals("MPD")) {
      throw new PlaylistException("not a DASH manifest: no MPD element");
    }
    MpdReader reader = new MpdReader(root, base, now, indexes, numbers);
    String wanted = address.getFragment();
    return wanted == null ? reader.ladder(address) : reader.playlist(wanted);
  }

  /** A period and the time it covers, microseconds from the start of the presentation. */
  private record Period(XmlElement element, long startMicros, long endMicros) {}

  /** A representation with all elements that it inherits from, the outermost first. */
  private record Found(String id, XmlElement set, XmlElement element) {
    boolean video() {
      return kind().startsWith("video");
    }

    String kind() {
      return element
          .attribute("mimeType")
          .or(() -> set.attribute("mimeType"))
          .or(() -> set.attribute("contentType"))
          .orElse("");
    }
  }

  private List<Period> periods() throws PlaylistException {
    List<XmlElement> elements = root.children("Period").toList();
    if (elements.isEmpty()) {
      throw new PlaylistException("manifest without periods");
    }
    long whole = micros(root.attribute("mediaPresentationDuration")).orElse(Long.MAX_VALUE);
    List<Period> periods = new ArrayList<>();
    long next = 0;
    for (int i = 0; i < elements.size(); i++) {
      XmlElement element = elements.get(i);
      long start = micros(element.attribute("start")).orElse(next);
      long end =
          micros(element.attribute("duration"))
              .map(duration -> start + duration)
              .or(
                  () ->
                      elements.stream()
                          .skip(elements.indexOf(element) + 1L)
                          .findFirst()
                          .flatMap(following -> micros(following.attribute("start"))))
              .orElse(whole);
      periods.add(new Period(element, start, end));
      next = end == Long.MAX_VALUE ? start : end;
    }
    return periods;
  }

  private static List<Found> representations(Period period) {
    List<Found> found = new ArrayList<>();
    for (XmlElement set : period.element().children("AdaptationSet").toList()) {
      boolean special = set.child("EssentialProperty").isPresent();
      for (XmlElement element : set.children("Representation").toList()) {
        String id = element.attribute("id").orElse(String.valueOf(found.size()));
        Found candidate = new Found(id, set, element);
        if (!special && (candidate.video() || candidate.kind().startsWith("audio"))) {
          found.add(candidate);
        }
      }
    }
    return found;
  }

  private Ladder ladder(URI address) throws PlaylistException {
    List<PlaylistIssue> issues = new ArrayList<>();
    List<Ladder.Rendition> renditions = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Found found : representations(periods().getFirst())) {
      if (!taken.add(found.id())) {
        issues.add(new PlaylistIssue(0, "several representations have the same id"));
        continue;
      }
      String plain = found.id().replaceAll("[^A-Za-z0-9._-]+", "-");
      String prefix = found.video() ? "video-" : "audio-";
      String name = prefix + (plain.length() > 40 ? plain.substring(0, 40) : plain);
      String fragment = URLEncoder.encode(found.id(), StandardCharsets.UTF_8).replace("+", "%20");
      // What has no pictures counts as an alternative rendition, as with HLS.
      long bandwidth = found.video() ? found.element().number("bandwidth", 0) : -1;
      renditions.add(new Ladder.Rendition(name, URI.create(address + "#" + fragment), bandwidth));
    }
    if (renditions.size() > Ladder.MAX_RENDITIONS) {
      throw new PlaylistException(
          "manifest has more than " + Ladder.MAX_RENDITIONS + " representations");
    }
    return new Ladder("dash", renditions, issues);
  }

  private MediaPlaylist playlist(String id) throws PlaylistException, ResourceException {
    List<Segment> segments = new ArrayList<>();
    List<Period> periods = periods();
    int rank = rank(periods.getFirst(), id);
    boolean renumber = periods.size() > 1;
    for (int i = 0; i < periods.size(); i++) {
      Period period = periods.get(i);
      Found found = find(period, id, rank);
      if (found != null) {
        MpdSegments of = segments(period, i, found);
        of.addTo(segments, i);
        renumber |= of.byTime();
      }
      if (segments.size() > MediaPlaylist.MAX_SEGMENTS) {
        throw new PlaylistException(
            "manifest has more than " + MediaPlaylist.MAX_SEGMENTS + " segments");
      }
    }
    long longest = segments.stream().mapToLong(Segment::durationMicros).max().orElse(1_000_000);
    int target = (int) Math.clamp(Math.ceilDiv(longest, 1_000_000), 1, 1_000_000);
    MediaPlaylist playlist = new MediaPlaylist(target, false, !dynamic, segments, List.of());
    return dynamic && renumber ? numbers.renumber(playlist) : playlist;
  }

  private static int rank(Period period, String id) {
    List<Found> found = representations(period);
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /** A later period may have the representation under another id: it then is at the same place. */
  private static @Nullable Found find(Period period, String id, int rank) {
    List<Found> found = representations(period);
    int same = rank(period, id);
    int index = same >= 0 ? same : rank;
    return index >= 0 && index < found.size() ? found.get(index) : null;
  }

  private MpdSegments segments(Period period, int index, Found found) throws PlaylistException {
    List<XmlElement> levels = List.of(root, period.element(), found.set(), found.element());
    URI resolved = base;
    for (XmlElement level : levels) {
      Optional<XmlElement> relative = level.child("BaseURL");
      if (relative.isPresent()) {
        resolved = resolve(resolved, relative.get().text());
      }
    }
    MpdSegments.Span span =
        dynamic
            ? window(period)
            : new MpdSegments.Span(0, period.endMicros() - period.startMicros());
    return new MpdSegments(levels, resolved, found.id(), span, index, indexes);
  }

  static URI resolve(URI base, String reference) throws PlaylistException {
    try {
      return Addresses.resolve(base, reference);
    } catch (IllegalArgumentException e) {
      throw new PlaylistException("manifest with an address that cannot be followed");
    }
  }

  /** The part of a live period that is there now, by the clock. */
  private MpdSegments.Span window(Period period) {
    long began = instant(root.attribute("availabilityStartTime")).toEpochMilli() * 1000;
    long clock = now.minus(CLOCK_TOLERANCE).toEpochMilli() * 1000;
    long sinceStart = clock - began - period.startMicros();
    long depth =
        micros(root.attribute("timeShiftBufferDepth")).orElse(DEFAULT_WINDOW.toMillis() * 1000);
    long end = Math.min(sinceStart, period.endMicros() - period.startMicros());
    return new MpdSegments.Span(Math.max(0, sinceStart - depth), end);
  }

  private static Instant instant(Optional<String> text) {
    try {
      // Without a zone it is UTC.
      return text.map(value -> value.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$") ? value : value + "Z")
          .map(OffsetDateTime::parse)
          .map(OffsetDateTime::toInstant)
          .orElse(Instant.EPOCH);
    } catch (DateTimeParseException unreadable) {
      return Instant.EPOCH;
    }
  }

  /** A duration such as PT1H2M3.5S in microseconds; empty when it cannot be read. */
  private static Optional<Long> micros(Optional<String> text) {
    try {
      return text.map(Duration::parse)
          .filter(duration -> !duration.isNegative() && duration.toDays() < 36_500)
          .map(duration -> duration.toSeconds() * 1_000_000 + duration.toNanosPart() / 1000);
    } catch (DateTimeParseException | ArithmeticException unreadable) {
      return Optional.empty();
    }
  }
}
