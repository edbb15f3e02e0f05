package io.aircheck.core.detect;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.sound.SoundBlock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Finds one kind of defect in one stream. No I/O, no clock, no threads: everything it knows comes
 * through these calls, so that the same media gives the same findings wherever it runs.
 *
 * <p>One instance per stream and rendition, called by one thread at a time. Views are borrowed for
 * the call. It publishes its metric beside the verdict, so that every decision can be plotted.
 */
public interface Detector {

  /**
   * The tracks of the input, before anything else and again whenever they change. Conditions that
   * cannot go on across the change are closed here.
   *
   * @param ptsMicros media time from which the format holds
   */
  void configure(MediaInfo info, long ptsMicros, ObservationSink out);

  /**
   * A picture of any video track, in presentation order per track.
   *
   * @param analysis what several detectors need to know of it; borrowed like the picture
   */
  default void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {}

  /** A run of sound of any audio track, in order per track. */
  default void onAudio(AudioView audio, ObservationSink out) {}

  /**
   * Ten milliseconds of sound of any audio track, in order per track: the same sound as {@link
   * #onAudio} brings, cut into blocks of equal length, with what several detectors need to know.
   */
  default void onSound(SoundBlock block, ObservationSink out) {}

  /** Anything that is neither picture nor sound: discontinuities, gaps, errors, signals. */
  default void onEvent(MediaEvent event, ObservationSink out) {}

  /**
   * The input ended: closes whatever is open.
   *
   * @param ptsMicros media time of the end
   */
  void finish(long ptsMicros, ObservationSink out);

  /**
   * Writes the state that {@link #restore} needs to go on as if nothing had happened. Called
   * between two other calls.
   */
  void snapshot(DataOutput state) throws IOException;

  /**
   * Takes over a state, after {@link #configure} and before anything else.
   *
   * @throws IOException when the state is not of this version
   */
  void restore(DataInput state) throws IOException;
}
