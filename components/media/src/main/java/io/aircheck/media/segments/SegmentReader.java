package io.aircheck.media.segments;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.media.input.InputJournal;
import io.aircheck.media.input.Part;
import io.aircheck.media.input.PartSupplier;
import io.aircheck.media.playlist.InitSection;
import io.aircheck.media.playlist.MediaPlaylist;
import io.aircheck.media.playlist.PlannedSegment;
import io.aircheck.media.playlist.PlaylistSignal;
import io.aircheck.media.playlist.Segment;
import io.aircheck.media.resource.Addresses;
import io.aircheck.media.resource.ResourceClient;
import io.aircheck.media.resource.ResourceException;
import io.aircheck.media.transport.TransportLimits;
import io.aircheck.media.transport.TransportTap;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Reads the segments of one media playlist as parts: each part is a run of segments without a
 * declared discontinuity and with one initialization section. Notes in the journal, at the byte
 * where it happens, what the playlist and the delivery reveal.
 *
 * <p>Nothing is fetched ahead: bytes go to the demultiplexer as they arrive, and what it does not
 * ask for stays in the network.
 */
public final class SegmentReader implements PartSupplier {
  private final URI playlistUri;
  private final ResourceClient client;
  private final SegmentKeys keys;
  private final Pace pace;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final SegmentSchedule schedule;
  private final InputJournal journal;
  private final SegmentLog log;
  private final FragmentTimes fragmentTimes = new FragmentTimes();

  private @Nullable Segment pending;
  private boolean discontinuityAhead;
  private long runSequence;
  private @Nullable InitSection runInit;
  private boolean started;

  /** What is read, and how. */
  public record Setting(
      URI playlistUri,
      MediaPlaylist first,
      @Nullable String rendition,
      ResourceClient client,
      PlaylistLoader loader,
      SegmentKeys keys,
      Pace pace) {}

  /**
   * A reader.
   *
   * @param originMicros media time of the first segment that is read
   * @param progress told of segments that were read to their end
   */
  public SegmentReader(
      Setting setting, InputJournal journal, long originMicros, SegmentProgress progress) {
    this.playlistUri = setting.playlistUri();
    this.client = setting.client();
    this.keys = setting.keys();
    this.pace = setting.pace();
    this.journal = journal;
    this.log = new SegmentLog(journal, setting.rendition(), originMicros, progress);
    this.schedule =
        new SegmentSchedule(
            playlistUri,
            setting.first(),
            setting.loader(),
            pace,
            stop,
            signal -> log.note(signal, playlistUri, signal.dueMicros()));
  }

  /** Goes on after a segment that was played before. */
  public void resumeAfter(long sequence) {
    schedule.resumeAfter(sequence);
  }

  /** Notes what the master playlist revealed; before anything is read. */
  public void noteOfMaster(PlaylistSignal signal, URI masterUri) {
    log.noteOfMaster(signal, masterUri);
  }

  @Override
  public @Nullable Part next() throws MediaException {
    SegmentBody first = openNext();
    if (first == null) {
      if (!started && stop.getCount() > 0) {
        throw new MediaException(
            Reason.NOT_FOUND,
            Addresses.redact(playlistUri)
                + log.lastFailure()
                    .map(failure -> ": none of its segments can be fetched: " + failure)
                    .orElse(": has no segments; nothing to check"));
      }
      return null;
    }
    Part.Continuity continuity =
        started && !discontinuityAhead ? Part.Continuity.CONTINUES : Part.Continuity.DISCONTINUITY;
    started = true;
    discontinuityAhead = false;
    InitSection init = first.segment().init().orElse(null);
    runInit = init;
    runSequence = first.segment().discontinuitySequence();
    byte[] head = new byte[0];
    if (init != null) {
      try {
        head = SegmentBody.init(init, first.segment().sequence(), client, keys);
      } catch (ResourceException e) {
        first.close();
        throw new MediaException(
            e.reason(),
            Addresses.redact(init.uri())
                + ": initialization section cannot be fetched: "
                + e.getMessage());
      }
      fragmentTimes.bytes(head, 0, head.length);
    }
    if (continuity == Part.Continuity.DISCONTINUITY) {
      log.discontinuity();
    }
    TransportTap tap =
        first.transportStream()
            ? new TransportTap(journal, log.offset(), TransportLimits.SEGMENTS)
            : null;
    return new Part(
        new SegmentRun(this, head, first, tap),
        continuity,
        first.segment().discontinuitySequence());
  }

  /** Opens the next segment that can be had, or returns null at the end. */
  private @Nullable SegmentBody openNext() throws MediaException {
    while (true) {
      Segment segment = pending != null ? pending : plan();
      pending = null;
      if (segment == null) {
        return null;
      }
      SegmentBody body = open(segment);
      if (body != null) {
        log.segmentBegins();
        return body;
      }
    }
  }

  /** The next segment of the run, or null when the run or the input is over. */
  @Nullable SegmentBody continueRun() throws MediaException {
    while (true) {
      Segment segment = plan();
      if (segment == null) {
        return null;
      }
      boolean sameInit = segment.init().map(init -> init.equals(runInit)).orElse(runInit == null);
      if (discontinuityAhead || !sameInit) {
        pending = segment;
        return null;
      }
      SegmentBody body = open(segment);
      if (body != null) {
        log.segmentBegins();
        return body;
      }
    }
  }

  /** The next segment that is there; passes over those that left the window or are gaps. */
  private @Nullable Segment plan() throws MediaException {
    while (true) {
      PlannedSegment planned = schedule.next();
      if (planned == null) {
        return null;
      }
      Segment segment = planned.segment();
      discontinuityAhead |= segment.discontinuity();
      if (started && !planned.continues()) {
        // The segment that began the new sequence may be among those that left the window.
        discontinuityAhead |= segment.discontinuitySequence() != runSequence;
        lose(planned.skippedMicros());
      }
      schedule.cues((cue, aheadMicros) -> log.splice(cue.cue(), aheadMicros));
      if (!segment.gap()) {
        return segment;
      }
      log.gap(segment);
      lose(segment.durationMicros());
    }
  }

  private @Nullable SegmentBody open(Segment segment) throws MediaException {
    // A server that is merely busy gets a second chance; one that says there is nothing does not.
    for (int attempt = 1; ; attempt++) {
      try {
        return SegmentBody.open(segment, client, keys, fragmentTimes, pace);
      } catch (ResourceException e) {
        boolean again = attempt < 2 && !e.absent() && e.reason() == Reason.DISCONNECTED;
        if (stop.getCount() == 0) {
          return null;
        }
        if (!again && e.absent() && schedule.hasLeft(segment)) {
          // The server did its part: it is this machine that was too late.
          lose(segment.durationMicros());
          return null;
        }
        if (!again) {
          unavailable(segment, e.status(), attempt, 0, String.valueOf(e.getMessage()));
          return null;
        }
      }
    }
  }

  private void unavailable(
      Segment segment, int status, int attempts, long received, String reason) {
    log.unavailable(segment, status, attempts, received, reason);
    lose(segment.durationMicros());
  }

  private void lose(long micros) {
    if (started) {
      log.lost(micros);
    }
  }

  /** A segment was read to its end. */
  void played(SegmentBody body) {
    log.played(body, schedule.targetSeconds());
  }

  /** A segment broke off. */
  void broke(SegmentBody body, IOException reason) {
    if (stop.getCount() > 0) {
      unavailable(
          body.segment(),
          200,
          1,
          body.received(),
          reason.getMessage() == null ? "connection broke" : reason.getMessage());
    }
  }

  /** Bytes were handed out. */
  void delivered(int count) {
    log.delivered(count);
  }

  /** Ends waiting and reading soon. */
  @Override
  public void close() {
    stop.countDown();
  }
}
