package io.aircheck.media.segments;

import io.aircheck.core.media.ManifestSignal.Fault;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.media.playlist.MediaPlaylist;
import io.aircheck.media.playlist.PlannedSegment;
import io.aircheck.media.playlist.PlaylistCue;
import io.aircheck.media.playlist.PlaylistException;
import io.aircheck.media.playlist.PlaylistSignal;
import io.aircheck.media.playlist.PlaylistTracker;
import io.aircheck.media.playlist.Segment;
import io.aircheck.media.resource.Addresses;
import io.aircheck.media.resource.ResourceException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Says which segment comes next, reading the playlist again when it is time to, and waiting for it.
 * One thread.
 */
final class SegmentSchedule {

  /**
   * A playlist that could not be read for this many target durations is given up, so that whoever
   * watches can open the stream afresh.
   */
  static final int GIVE_UP_TARGET_DURATIONS = 10;

  private static final long GIVE_UP_AT_LEAST_MILLIS = 30_000;

  private final URI uri;
  private final PlaylistLoader loader;
  private final Pace pace;
  private final CountDownLatch stop;
  private final Consumer<PlaylistSignal> signals;
  private final PlaylistTracker tracker = new PlaylistTracker();
  private MediaPlaylist playlist;
  private long loadedMillis;
  private long succeededMillis;
  private String failure = "";

  /**
   * A schedule from the first version of a playlist on.
   *
   * @param stop ends waiting when it opens
   * @param signals told what the playlist reveals
   */
  SegmentSchedule(
      URI uri,
      MediaPlaylist first,
      PlaylistLoader loader,
      Pace pace,
      CountDownLatch stop,
      Consumer<PlaylistSignal> signals) {
    this.uri = uri;
    this.loader = loader;
    this.pace = pace;
    this.stop = stop;
    this.signals = signals;
    this.playlist = first;
    loadedMillis = pace.nowMillis();
    succeededMillis = loadedMillis;
    tracker.update(first, loadedMillis).forEach(signals);
  }

  /** Goes on after a segment that was played before. */
  void resumeAfter(long sequence) {
    tracker.resumeAfter(sequence);
  }

  /** See {@link PlaylistTracker#cues}. */
  void cues(ObjLongConsumer<PlaylistCue> out) {
    tracker.cues(out);
  }

  /** Target duration as the playlist says now, seconds. */
  int targetSeconds() {
    return playlist.targetSeconds();
  }

  /**
   * The next segment, waiting for it if need be.
   *
   * @return null when the playlist ended, or waiting was stopped
   * @throws MediaException when the playlist cannot be read any more
   */
  @Nullable PlannedSegment next() throws MediaException {
    while (stop.getCount() > 0) {
      Optional<PlannedSegment> planned = tracker.poll();
      if (planned.isPresent()) {
        return planned.get();
      }
      if (tracker.finished()) {
        return null;
      }
      try {
        long due = loadedMillis + tracker.refreshMillis();
        pace.pause(Math.max(0, due - pace.nowMillis()), stop);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
      if (stop.getCount() > 0) {
        reload();
      }
    }
    return null;
  }

  /**
   * Whether a segment that is not there any more has left the window of a live playlist, because it
   * was asked for too late. Reads a version that is older than a target duration again.
   *
   * @throws MediaException when the playlist cannot be read any more
   */
  boolean hasLeft(Segment segment) throws MediaException {
    if (playlist.ended() || pace.nowMillis() - loadedMillis <= 1000L * targetSeconds()) {
      return false;
    }
    reload();
    return !playlist.segments().isEmpty()
        && playlist.segments().getFirst().sequence() > segment.sequence();
  }

  private void reload() throws MediaException {
    loadedMillis = pace.nowMillis();
    try {
      if (loader.load(uri) instanceof MediaPlaylist version) {
        playlist = version;
        failure = "";
        succeededMillis = pace.nowMillis();
        tracker.update(version, succeededMillis).forEach(signals);
        return;
      }
      failed(Fault.INVALID, "became a master playlist");
    } catch (PlaylistException e) {
      failed(Fault.INVALID, String.valueOf(e.getMessage()));
    } catch (ResourceException e) {
      failed(e.absent() ? Fault.RENDITION_MISSING : Fault.STALE, String.valueOf(e.getMessage()));
    }
  }

  private void failed(Fault fault, String reason) throws MediaException {
    long now = pace.nowMillis();
    long silentMillis = now - succeededMillis;
    if (fault != Fault.STALE && !reason.equals(failure)) {
      signals.accept(
          PlaylistSignal.instant(fault, Map.of(), "playlist cannot be read any more: " + reason));
    }
    failure = reason;
    List<PlaylistSignal> stale = tracker.failed(now);
    for (PlaylistSignal signal : stale) {
      signals.accept(
          new PlaylistSignal(
              signal.fault(),
              signal.ongoing(),
              signal.dueMicros(),
              signal.values(),
              signal.detail() + "; the playlist cannot be read: " + reason));
    }
    long patience =
        Math.max(GIVE_UP_AT_LEAST_MILLIS, GIVE_UP_TARGET_DURATIONS * 1000L * targetSeconds());
    if (silentMillis > patience) {
      throw new MediaException(
          Reason.DISCONNECTED,
          Addresses.redact(uri)
              + ": playlist could not be read for "
              + silentMillis / 1000
              + " s: "
              + reason);
    }
  }
}
