package io.aircheck.core.media;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a {@link MediaSource}. All times are microseconds of media time unless named
 * otherwise. {@link Video} and {@link Audio} carry borrowed views; everything else may be kept.
 */
public sealed interface MediaEvent {

  /** A picture. */
  record Video(FrameView frame) implements MediaEvent {}

  /** A run of sound. */
  record Audio(AudioView audio) implements MediaEvent {}

  /**
   * A picture that was received and, as asked for by {@link MediaSource#decode(Decoding)}, not
   * decoded.
   *
   * @param ptsMicros when it is shown, to within the delay of reordering
   * @param durationMicros how long; 0 when unknown
   */
  record Undecoded(String trackId, long ptsMicros, long durationMicros) implements MediaEvent {}

  /**
   * A picture of a time that has been handed out before: told of as {@link Undecoded}, or decoded
   * as a key picture, and decoded with those around it after all. Comes before everything that is
   * new; the pictures that follow continue it.
   */
  record Late(FrameView frame) implements MediaEvent {}

  /**
   * How large the pictures of a track are as they were received, whether they are decoded or not.
   * Tells of several at a time, in the order of decoding; key pictures are left out.
   *
   * @param ptsMicros decoding time of the last of them
   */
  record CodedPictures(String trackId, long ptsMicros, List<CodedPicture> pictures)
      implements MediaEvent {
    public CodedPictures {
      pictures = List.copyOf(pictures);
    }
  }

  /**
   * A picture as it was received.
   *
   * @param decodeMicros when it is to be decoded, media time
   * @param bytes its size without what the container adds
   */
  record CodedPicture(long decodeMicros, int bytes) {}

  /** Tracks appeared, vanished or changed their format; also the first event of every source. */
  record FormatChange(MediaInfo info, long ptsMicros) implements MediaEvent {}

  /**
   * The timestamps of the input do not continue where they left off. Media time goes on without a
   * jump.
   *
   * @param trackId the track, or null when all tracks are affected
   * @param ptsMicros media time at which it happened
   * @param jumpMicros how far the timestamps jumped against what was expected; negative: back
   */
  record Discontinuity(@Nullable String trackId, long ptsMicros, long jumpMicros, Cause cause)
      implements MediaEvent {
    /** Why the timestamps do not continue. */
    public enum Cause {
      /** The timestamps jumped and nothing announced it. */
      TIMESTAMP_JUMP,
      /** Announced by the playlist or by the transport stream. */
      DECLARED,
      /** The source lost the input and opened it again. */
      RECONNECT,
      /** The timestamps do continue, but not all between was decoded; told by the task. */
      NOT_DECODED
    }
  }

  /**
   * Media is missing between two times: nothing was received for a stretch that the timestamps
   * count.
   *
   * @param trackId the track, or null when all tracks are affected
   */
  record Gap(@Nullable String trackId, long fromMicros, long toMicros) implements MediaEvent {}

  /**
   * A live input delivered nothing for the read time-out; the source is still open. Sent again
   * after each further time-out.
   *
   * @param silentMillis wall-clock milliseconds since data last arrived
   */
  record Idle(long ptsMicros, long silentMillis) implements MediaEvent {}

  /**
   * The input was lost, or could not be opened, and is being tried again. Sent by the task, not by
   * sources; a {@link FormatChange} tells that the input is back.
   *
   * @param reason one line, with secrets removed
   */
  record Unavailable(long ptsMicros, String reason) implements MediaEvent {}

  /**
   * The decoder could not make sense of data, or tells that what it made is damaged.
   *
   * @param detail FFmpeg's words for the error, without addresses
   */
  record DecodeError(String trackId, long ptsMicros, Fault fault, String detail)
      implements MediaEvent {
    /** What the decoder told. */
    public enum Fault {
      /** Data that the decoder rejected. */
      INVALID_DATA,
      /** A picture or run of sound flagged as corrupt. */
      CORRUPT,
      /** A picture in which missing parts were concealed. */
      CONCEALED
    }
  }

  /** Something the transport stream reveals. */
  record Transport(TransportSignal signal) implements MediaEvent {}

  /** Something the playlist or the delivery of segments reveals. */
  record Manifest(ManifestSignal signal) implements MediaEvent {}

  /** The input announces a break in its programme, or the return from one. */
  record Splice(SpliceSignal signal) implements MediaEvent {}

  /**
   * From here on media time relates to the input's own timestamps in this way; comes before the
   * first picture or sample that it is true of, and after the {@link Discontinuity} that led to it.
   */
  record Timestamps(long ptsMicros, TimestampScope scope) implements MediaEvent {}

  /** The input ended; no event follows. */
  record End(long ptsMicros) implements MediaEvent {}
}
