package io.aircheck.detectors.picture;

import io.aircheck.core.media.FrameView;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.picture.PictureAnalysis;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What a {@link PictureDetector} knows of one video track. */
public interface TrackMonitor {

  /** A picture of the track, in presentation order. */
  void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out);

  /**
   * What comes next has nothing to do with what came before: closes findings and forgets pictures.
   */
  void cut(ObservationSink out);

  /** Writes the state that {@link #restore} needs. */
  void snapshot(DataOutput state) throws IOException;

  /** Takes over a state before the first picture. */
  void restore(DataInput state) throws IOException;
}
