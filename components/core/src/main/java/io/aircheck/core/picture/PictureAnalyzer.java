package io.aircheck.core.picture;

import io.aircheck.core.media.FrameView;

/**
 * Computes {@link PictureAnalysis}; one instance per video track, one thread. Implementations keep
 * scratch memory and reuse the result object: a result is valid until the next call.
 */
public interface PictureAnalyzer {

  /** Prepares the analysis of a picture; work may be deferred until a group is asked for. */
  PictureAnalysis analyze(FrameView frame);

  /** Creates analyzers; found by {@link java.util.ServiceLoader}. */
  interface Factory {
    PictureAnalyzer create();
  }
}
