package io.aircheck.core.task;

import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.RequestLog;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.sound.SoundBlock;
import org.jspecify.annotations.Nullable;

/**
 * Looks over the shoulder of a task: metrics, thumbnails, statistics. Called by one thread at a
 * time, the task's where that is in the same process; must not block for long and must not change
 * anything.
 */
public interface TaskProbe {
  /** Looks at nothing. */
  TaskProbe NONE = new TaskProbe() {};

  /** The input was opened, opened again, or its tracks changed. */
  default void configured(MediaInfo info) {}

  /** The input was opened, and keeps what it receives; valid until it is opened again. */
  default void recording(PacketRecording recording) {}

  /** The input was opened, and keeps the requests it makes; goes on until it is opened again. */
  default void requests(RequestLog requests) {}

  /** A detector observed something; told before whoever listens to the task. */
  default void observed(Observation observation) {}

  /** A metric's value, see {@link io.aircheck.core.observe.ObservationSink#metric}. */
  default void metric(String track, String metric, long ptsMicros, double value) {}

  /**
   * A picture, after all detectors have seen it; borrowed for the call. Pictures do not leave their
   * process: of a task in another one, {@link #still} tells instead.
   */
  default void picture(FrameView frame) {}

  /**
   * A small copy of a picture, of a task in another process; one a second or so.
   *
   * @param ptsMicros media time of the picture
   * @param jpeg the copy; do not write
   */
  default void still(long ptsMicros, byte[] jpeg) {}

  /**
   * What was found out about the picture for all detectors; before {@link #picture}.
   *
   * @param scope how media time relates to the timestamps of the input
   */
  default void analysed(FrameView frame, PictureAnalysis analysis, TimestampScope scope) {}

  /**
   * Ten milliseconds of sound, after all detectors have heard them; borrowed for the call.
   *
   * @param scope how media time relates to the timestamps of the input
   */
  default void heard(SoundBlock block, TimestampScope scope) {}

  /**
   * Sizes of pictures as they were received, see {@link MediaEvent.CodedPictures}.
   *
   * @param scope how media time relates to the timestamps of the input
   */
  default void coded(MediaEvent.CodedPictures coded, TimestampScope scope) {}

  /** The input is lost and will be tried again. */
  default void unavailable(String reason) {}

  /**
   * The machine is too slow for this live input, or has become fast enough again: how many pictures
   * the detectors of defects see has changed.
   *
   * @param stride they see one of so many; 1: all
   * @param behindSeconds how far the task is behind its input
   * @param skippedFrames see {@link TaskStatistics#skippedFrames}
   */
  default void shedding(int stride, double behindSeconds, long skippedFrames) {}

  /**
   * More or less is decoded from now on; everything at first.
   *
   * @param why in words for people; may be empty
   */
  default void decoding(Decoding decoding, String why) {}

  /**
   * How much processor time the task's thread has used so far, of a task in another process; once a
   * second or so. That of a task in this process can be measured by whoever wants to know.
   */
  default void processorTime(long nanos) {}

  /**
   * The task is over; last call.
   *
   * @param failure why it could not go on, or null when the input ended or the task was stopped
   */
  default void ended(TaskStatistics statistics, @Nullable MediaException failure) {}
}
