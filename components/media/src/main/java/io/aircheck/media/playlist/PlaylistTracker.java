package io.aircheck.media.playlist;

import io.aircheck.core.media.ManifestSignal.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows one media playlist through its versions: which segment comes next, when to ask again, and
 * which rules the versions break against each other. Pure: no I/O and no clock.
 */
public final class PlaylistTracker {

  /**
   * A live playlist is joined this many target durations before its end (RFC 8216, section 6.3.3).
   */
  static final int JOIN_TARGET_DURATIONS = 3;

  /**
   * How much faster than real time a live window may advance before its sequence number counts as a
   * jump, so that a server may catch up after a pause.
   */
  private static final double CATCH_UP = 2.0;

  /** Longest pause before a playlist is read again, however long its segments claim to be. */
  private static final int MAX_REFRESH_SECONDS = 60;

  private final StaleWatch staleWatch = new StaleWatch();
  private final CueTracker cues = new CueTracker();
  private Set<PlaylistIssue> knownIssues = Set.of();
  private @Nullable MediaPlaylist current;
  private int next;
  private @Nullable Segment lastPlanned;
  private long lastSequence;
  private boolean continues;
  private long skippedMicros;
  private boolean changed;
  private long readMillis;
  private int shortestTarget = Integer.MAX_VALUE;
  private int longestTarget;

  /**
   * Takes over a version of the playlist that was just read.
   *
   * @param nowMillis wall-clock time, milliseconds
   * @return what it breaks, in itself and against the version before
   */
  public List<PlaylistSignal> update(MediaPlaylist playlist, long nowMillis) {
    List<PlaylistSignal> signals = new ArrayList<>();
    issues(playlist, signals);
    targetDuration(playlist, signals);
    MediaPlaylist before = current;
    current = playlist;
    if (before == null || before.segments().isEmpty()) {
      next = joinIndex(playlist);
      lastSequence = playlist.firstSequence() + next - 1;
      changed = true;
      staleWatch.changed(nowMillis, playlist.targetSeconds());
    } else if (!playlist.segments().isEmpty()) {
      PlaylistChange change = PlaylistChange.between(before, playlist);
      changed = change.newSegments() || playlist.ended();
      boolean jumped = change.beyond() && jumped(before, playlist, nowMillis);
      compare(change, before, playlist, jumped, signals);
      goOn(change, playlist, jumped);
      (changed
              ? staleWatch.changed(nowMillis, playlist.targetSeconds())
              : staleWatch.unchanged(nowMillis, playlist.targetSeconds()))
          .ifPresent(signals::add);
    }
    readMillis = nowMillis;
    return signals;
  }

  /** Notes that the playlist could not be read; tells when that has made it stale. */
  public List<PlaylistSignal> failed(long nowMillis) {
    changed = false;
    MediaPlaylist playlist = current;
    return playlist == null || playlist.ended()
        ? List.of()
        : staleWatch.unchanged(nowMillis, playlist.targetSeconds()).stream().toList();
  }

  /** The segment to play next, if the playlist has one that was not played; moves on. */
  public Optional<PlannedSegment> poll() {
    MediaPlaylist playlist = current;
    if (playlist == null || next >= playlist.segments().size()) {
      return Optional.empty();
    }
    Segment segment = playlist.segments().get(next++);
    PlannedSegment planned = new PlannedSegment(segment, continues, skippedMicros);
    lastPlanned = segment;
    lastSequence = segment.sequence();
    continues = true;
    skippedMicros = 0;
    return Optional.of(planned);
  }

  /**
   * The splices to tell of before the segment that was handed out last, each of them once.
   *
   * @param out takes a splice and how long after the start of that segment it is, microseconds
   */
  public void cues(ObjLongConsumer<PlaylistCue> out) {
    MediaPlaylist playlist = current;
    Segment segment = lastPlanned;
    if (playlist != null && segment != null) {
      cues.reach(playlist, segment, out);
    }
  }

  /** Goes on after a segment that an earlier reader of the same playlist has played. */
  public void resumeAfter(long sequence) {
    MediaPlaylist playlist = current;
    if (playlist == null || playlist.segments().isEmpty()) {
      return;
    }
    if (sequence >= playlist.firstSequence() - 1 && sequence <= playlist.lastSequence()) {
      next = playlist.indexOf(sequence + 1);
      lastSequence = sequence;
    }
  }

  /** Whether the playlist will not change and all its segments were handed out. */
  public boolean finished() {
    return current != null && current.ended() && next >= current.segments().size();
  }

  /**
   * How long after the last reading to ask again: the target duration, or half of it when nothing
   * had changed (RFC 8216, section 6.3.4).
   */
  public long refreshMillis() {
    int target = current == null ? 1 : Math.min(current.targetSeconds(), MAX_REFRESH_SECONDS);
    return changed ? target * 1000L : target * 500L;
  }

  /** Wall-clock time at which the last new segment was seen, in milliseconds. */
  long changedMillis() {
    return staleWatch.changedMillis();
  }

  private void issues(MediaPlaylist playlist, List<PlaylistSignal> signals) {
    // Line numbers move as a live window moves: an issue is the same when its words are.
    Set<PlaylistIssue> found = new HashSet<>();
    for (PlaylistIssue issue : playlist.issues()) {
      PlaylistIssue same = new PlaylistIssue(0, issue.detail());
      if (found.add(same) && !knownIssues.contains(same)) {
        signals.add(
            PlaylistSignal.instant(
                Fault.INVALID, Map.of("line", (double) issue.line()), issue.detail()));
      }
    }
    knownIssues = found;
  }

  /**
   * A target duration that changes breaks section 6.2.1. Encoders that cut at key frames take it
   * from the segments in the window and swing between two values all day: each value is told once.
   */
  private void targetDuration(MediaPlaylist playlist, List<PlaylistSignal> signals) {
    int target = playlist.targetSeconds();
    MediaPlaylist before = current;
    if (before != null
        && playlist.targetDeclared()
        && before.targetDeclared()
        && (target < shortestTarget || target > longestTarget)) {
      signals.add(
          PlaylistSignal.instant(
              Fault.INVALID,
              Map.of(
                  "targetDurationSeconds",
                  (double) target,
                  "targetDurationBeforeSeconds",
                  (double) before.targetSeconds()),
              "target duration changed from %d to %d s".formatted(before.targetSeconds(), target)));
    }
    shortestTarget = Math.min(shortestTarget, target);
    longestTarget = Math.max(longestTarget, target);
  }

  private void compare(
      PlaylistChange change,
      MediaPlaylist before,
      MediaPlaylist playlist,
      boolean jumped,
      List<PlaylistSignal> signals) {
    if (change.back()) {
      signals.add(sequence(before, playlist, "stepped back from %d to %d", change.outdated()));
    } else if (jumped) {
      signals.add(sequence(before, playlist, "jumped from %d to %d", false));
    }
    change.replaced().ifPresent(signals::add);
    change.discontinuities().ifPresent(signals::add);
  }

  /** Whether the window moved on by more than the time since the last reading explains. */
  private boolean jumped(MediaPlaylist before, MediaPlaylist playlist, long nowMillis) {
    double meanSeconds = playlist.durationMicros() / 1e6 / playlist.segments().size();
    double advancedSeconds = (playlist.lastSequence() - before.lastSequence()) * meanSeconds;
    double elapsedSeconds = (nowMillis - readMillis) / 1e3;
    return advancedSeconds > CATCH_UP * elapsedSeconds + playlist.targetSeconds();
  }

  private static PlaylistSignal sequence(
      MediaPlaylist before, MediaPlaylist playlist, String words, boolean outdated) {
    long from = before.firstSequence();
    long to = playlist.firstSequence();
    return PlaylistSignal.instant(
        Fault.MEDIA_SEQUENCE,
        Map.of(
            "mediaSequence", (double) to,
            "mediaSequenceBefore", (double) from,
            "lastMediaSequenceBefore", (double) before.lastSequence(),
            "stepSegments", (double) (to - from)),
        ("media sequence number " + words).formatted(from, to)
            + (outdated ? ": an older version of the playlist was delivered" : ""));
  }

  /** Finds the place in the new version at which to go on. */
  private void goOn(PlaylistChange change, MediaPlaylist playlist, boolean jumped) {
    Segment last = lastPlanned;
    if (last == null) {
      next = joinIndex(playlist);
    } else if (change.renumbered() && change.indexAfter(last) >= 0) {
      next = change.indexAfter(last);
    } else if (change.renumbered() && (jumped || change.back())) {
      next = joinIndex(playlist);
      continues = false;
    } else {
      next = playlist.indexOf(lastSequence + 1);
      long skipped = playlist.firstSequence() - lastSequence - 1;
      if (skipped > 0) {
        continues = false;
        skippedMicros = skipped * playlist.segments().getFirst().durationMicros();
      }
      return;
    }
    lastSequence = playlist.firstSequence() + next - 1;
  }

  private static int joinIndex(MediaPlaylist playlist) {
    if (playlist.ended()) {
      return 0;
    }
    long wanted = JOIN_TARGET_DURATIONS * 1_000_000L * playlist.targetSeconds();
    int index = playlist.segments().size();
    for (long behind = 0; index > 0 && behind < wanted; ) {
      index--;
      behind += playlist.segments().get(index).durationMicros();
    }
    return index;
  }
}
