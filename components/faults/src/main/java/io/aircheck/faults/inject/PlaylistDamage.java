package io.aircheck.faults.inject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Damages a folder with a finished HLS media playlist and its segments, and makes of it the
 * versions of a live playlist where the fault is one of a live stream.
 */
public final class PlaylistDamage {
  /** Segments that a live playlist lists. */
  private static final int WINDOW = 4;

  private static final int FIRST_SEQUENCE = 100;
  private static final String DURATION_TAG = "#EXTINF:";

  /** One version of a live playlist and when it is served. */
  public record Version(double fromSeconds, String playlist) {}

  /**
   * What was done.
   *
   * @param schedule versions of the live playlist; empty when no fault needs one
   */
  public record Result(List<InjectedEvent> events, List<Version> schedule) {}

  private record Segment(int line, double seconds, String uri, double startSeconds) {}

  private final Path folder;
  private final Path playlist;
  private final List<String> lines;
  private final List<Segment> segments = new ArrayList<>();

  private PlaylistDamage(Path playlist) throws IOException {
    this.playlist = playlist;
    this.folder =
        Objects.requireNonNull(playlist.toAbsolutePath().getParent(), "a playlist has a folder");
    this.lines = new ArrayList<>(Files.readAllLines(playlist));
    double at = 0;
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).startsWith(DURATION_TAG)) {
        double seconds =
            Double.parseDouble(lines.get(i).substring(DURATION_TAG.length()).split(",", 2)[0]);
        segments.add(new Segment(i, seconds, lines.get(i + 1), at));
        at += seconds;
      }
    }
    if (segments.isEmpty()) {
      throw new IOException(playlist + " lists no segments");
    }
  }

  /**
   * Injects the faults that concern playlists and segments.
   *
   * @param playlist media playlist in the folder of its segments; rewritten in place
   * @throws IOException when a file cannot be read or written
   */
  public static Result apply(Path playlist, List<FaultRequest> requests) throws IOException {
    PlaylistDamage damage = new PlaylistDamage(playlist);
    List<InjectedEvent> events = new ArrayList<>();
    List<FaultRequest> live = new ArrayList<>();
    for (FaultRequest request : requests) {
      switch (request.kind()) {
        case MISSING_SEGMENT -> events.add(damage.removeSegment(request));
        case WRONG_EXTINF -> events.add(damage.lie(request));
        case STALL, SEQUENCE_JUMP -> live.add(request);
        default -> {}
      }
    }
    Files.write(playlist, damage.lines);
    List<Version> schedule = live.isEmpty() ? List.of() : damage.liveVersions(live);
    live.forEach(request -> events.add(damage.liveEvent(request)));
    return new Result(events, schedule);
  }

  private Segment at(long micros) {
    Segment found = segments.getFirst();
    for (Segment segment : segments) {
      if (segment.startSeconds() * 1e6 <= micros) {
        found = segment;
      }
    }
    return found;
  }

  private InjectedEvent removeSegment(FaultRequest request) throws IOException {
    Segment segment = at(request.startMicros());
    Files.deleteIfExists(folder.resolve(segment.uri()));
    return event(request, segment, Map.of("uri", segment.uri(), "status", 404));
  }

  private InjectedEvent lie(FaultRequest request) {
    Segment segment = at(request.startMicros());
    double told = request.value("seconds");
    lines.set(segment.line(), String.format(Locale.ROOT, "%s%.6f,", DURATION_TAG, told));
    return event(request, segment, Map.of("extinf", told, "real", segment.seconds()));
  }

  private static InjectedEvent event(
      FaultRequest request, Segment segment, Map<String, Object> more) {
    return InjectedEvent.of(
        request,
        Math.round(segment.startSeconds() * 1e6),
        Math.round((segment.startSeconds() + segment.seconds()) * 1e6),
        more);
  }

  /**
   * One version per segment duration. A version at time t lists segments that begin up to {@value
   * #WINDOW} segments after t.
   */
  private List<Version> liveVersions(List<FaultRequest> faults) throws IOException {
    double target = targetSeconds();
    Files.createDirectories(folder.resolve("live"));
    List<Version> schedule = new ArrayList<>();
    int steps = segments.size() - 1;
    for (int step = 0; step < steps; step++) {
      double t = target * step;
      int first = Math.clamp(step, 0, Math.max(0, segments.size() - WINDOW));
      int sequence = FIRST_SEQUENCE;
      for (FaultRequest fault : faults) {
        if (fault.kind() == FaultKind.STALL && fault.covers(Math.round(t * 1e6))) {
          first = Math.min(first, (int) Math.ceil(fault.startMicros() / 1e6 / target) - 1);
        }
        if (fault.kind() == FaultKind.SEQUENCE_JUMP && t * 1e6 >= fault.startMicros()) {
          sequence += (int) fault.value("segments");
        }
      }
      first = Math.max(0, first);
      String name = String.format(Locale.ROOT, "live/t%06d.m3u8", Math.round(t * 1000));
      Files.write(folder.resolve(name), version(Math.max(0, sequence + first), first));
      schedule.add(new Version(t, name));
    }
    return schedule;
  }

  private List<String> version(int sequence, int first) {
    List<String> text = new ArrayList<>();
    text.add("#EXTM3U");
    text.add("#EXT-X-VERSION:3");
    text.add("#EXT-X-TARGETDURATION:" + Math.round(targetSeconds()));
    text.add("#EXT-X-MEDIA-SEQUENCE:" + sequence);
    for (int i = first; i < Math.min(segments.size(), first + WINDOW); i++) {
      text.add(lines.get(segments.get(i).line()));
      text.add("../" + segments.get(i).uri());
    }
    return text;
  }

  private InjectedEvent liveEvent(FaultRequest request) {
    double target = targetSeconds();
    // A playlist is stale from the last version before the fault on.
    long start =
        request.kind() == FaultKind.STALL
            ? Math.max(0, request.startMicros() - Math.round(target * 1e6))
            : request.startMicros();
    long end = request.kind() == FaultKind.STALL ? request.endMicros() : request.startMicros();
    return InjectedEvent.of(
        request,
        start,
        end,
        Map.of("target_duration", target, "playlist", playlist.getFileName().toString()));
  }

  private double targetSeconds() {
    return Math.ceil(segments.stream().mapToDouble(Segment::seconds).max().orElse(1) - 0.5);
  }
}
