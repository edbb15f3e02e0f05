package io.aircheck.media.segments;

import io.aircheck.core.media.ManifestSignal;
import io.aircheck.core.media.ManifestSignal.Fault;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.SpliceSignal;
import io.aircheck.media.input.InputJournal;
import io.aircheck.media.playlist.PlaylistSignal;
import io.aircheck.media.playlist.Segment;
import io.aircheck.media.resource.Addresses;
import io.aircheck.media.splice.SpliceCue;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened to the segments of one rendition, noted in the journal at the byte and at the media
 * time where it happened. One thread.
 */
final class SegmentLog {
  private final InputJournal journal;
  private final @Nullable String rendition;
  private final SegmentClock clock;
  private final SegmentProgress progress;

  private long offset;
  private long segmentOffset;
  private long notedOffset;
  private @Nullable String lastFailure;

  /**
   * An empty log.
   *
   * @param rendition id that signals carry; null for a playlist without a ladder
   * @param originMicros media time of the first segment
   * @param progress told of segments that were read to their end
   */
  SegmentLog(
      InputJournal journal,
      @Nullable String rendition,
      long originMicros,
      SegmentProgress progress) {
    this.journal = journal;
    this.rendition = rendition;
    this.clock = new SegmentClock(originMicros);
    this.progress = progress;
  }

  /** Bytes handed out so far, over all parts. */
  long offset() {
    return offset;
  }

  /** Why the last segment that could not be fetched could not; empty when all could. */
  Optional<String> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  /** The first byte of a segment is next. */
  void segmentBegins() {
    segmentOffset = offset;
  }

  /** Bytes were handed out. */
  void delivered(int count) {
    offset += count;
  }

  /** The timestamps of the next segment are unrelated to those before. */
  void discontinuity() {
    clock.discontinuity();
  }

  /** Media that should follow here is not there. */
  void lost(long micros) {
    journal.lossAt(offset);
    clock.missing(micros);
  }

  /** A segment was read to its end. */
  void played(SegmentBody body, int targetSeconds) {
    Segment segment = body.segment();
    long lengthMicros = body.times().durationMicros().orElse(segment.durationMicros());
    SegmentChecks.duration(segment, targetSeconds, body.times().durationMicros())
        .ifPresent(signal -> note(signal, segment.uri(), lengthMicros));
    if (!"file".equalsIgnoreCase(segment.uri().getScheme())) {
      SegmentChecks.delivery(segment, body.waitedMillis())
          .ifPresent(signal -> note(signal, segment.uri(), segment.durationMicros()));
    }
    clock.played(segment, body.times());
    progress.completed(segment.sequence(), clock.nowMicros());
  }

  /** A segment is announced as missing. */
  void gap(Segment segment) {
    note(
        PlaylistSignal.instant(
            Fault.GAP_DECLARED,
            Map.of(
                "mediaSequence",
                (double) segment.sequence(),
                "durationSeconds",
                segment.durationSeconds()),
            "segment " + segment.sequence() + " is announced as missing (#EXT-X-GAP)"),
        segment.uri(),
        segment.durationMicros());
  }

  /**
   * A segment could not be fetched, or not to its end.
   *
   * @param status HTTP status of the last answer, 0 without one
   * @param received bytes that came all the same
   */
  void unavailable(Segment segment, int status, int attempts, long received, String reason) {
    lastFailure = reason;
    Map<String, Double> values = new HashMap<>();
    values.put("mediaSequence", (double) segment.sequence());
    values.put("durationSeconds", segment.durationSeconds());
    values.put("httpStatus", (double) status);
    values.put("attempts", (double) attempts);
    values.put("receivedBytes", (double) received);
    note(
        PlaylistSignal.instant(
            Fault.SEGMENT_UNAVAILABLE,
            values,
            "segment " + segment.sequence() + " cannot be fetched: " + reason),
        segment.uri(),
        segment.durationMicros());
  }

  /** Something about the rendition or one of its segments. */
  void note(PlaylistSignal signal, URI uri, long lengthMicros) {
    note(signal, uri, lengthMicros, rendition);
  }

  /** The playlist announces a splice, so long after the start of the next segment. */
  void splice(SpliceCue cue, long aheadMicros) {
    SpliceSignal signal = cue.at(clock.nowMicros() + aheadMicros);
    notedOffset = Math.max(notedOffset, offset);
    journal.eventAt(notedOffset, mediaMicrosOf -> new MediaEvent.Splice(signal));
  }

  /** Something about the playlist above the renditions. */
  void noteOfMaster(PlaylistSignal signal, URI masterUri) {
    note(signal, masterUri, 0, null);
  }

  private void note(PlaylistSignal signal, URI uri, long lengthMicros, @Nullable String concerned) {
    long start = clock.nowMicros();
    ManifestSignal located =
        new ManifestSignal(
            signal.fault(),
            concerned,
            Addresses.redact(uri),
            start,
            start + lengthMicros,
            signal.ongoing(),
            signal.values(),
            signal.detail());
    // What concerns the live edge must come out although no byte follows while the stream stands.
    boolean atEdge = signal.fault() == Fault.STALE || signal.fault() == Fault.RENDITION_MISSING;
    notedOffset = Math.max(notedOffset, atEdge ? segmentOffset : offset);
    journal.eventAt(notedOffset, mediaMicrosOf -> new MediaEvent.Manifest(located));
  }
}
