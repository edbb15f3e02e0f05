package io.aircheck.core.picture;

import java.util.ServiceLoader;

/** Finds the installed picture analysis. */
public final class PictureAnalyzers {
  private PictureAnalyzers() {}

  /**
   * The factory on the class path. Without one, detectors that look only at the picture itself
   * still work and the others fail when they ask.
   */
  public static PictureAnalyzer.Factory installed() {
    return ServiceLoader.load(PictureAnalyzer.Factory.class)
        .findFirst()
        .orElse(() -> frame -> NoAnalysis.INSTANCE);
  }

  private enum NoAnalysis implements PictureAnalysis {
    INSTANCE;

    @Override
    public LumaStatistics luma() {
      throw missing();
    }

    @Override
    public MotionStatistics motion() {
      throw missing();
    }

    @Override
    public float[] thumbnail() {
      throw missing();
    }

    @Override
    public ChromaStatistics chroma() {
      throw missing();
    }

    private static UnsupportedOperationException missing() {
      return new UnsupportedOperationException("no picture analysis is installed");
    }
  }
}
