package io.aircheck.detectors.picture;

import io.aircheck.core.media.FrameView;
import io.aircheck.core.picture.ChromaStatistics;
import io.aircheck.core.picture.LumaStatistics;
import io.aircheck.core.picture.MotionStatistics;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.picture.PictureAnalyzer;
import io.aircheck.core.picture.PictureGrid;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The analysis of pictures with the Vector API. Thumbnail and motion come from one pass over the
 * luma planes of the picture and the one before; histogram and colour from smaller ones, when asked
 * for.
 */
public final class FusedPictureAnalyzer implements PictureAnalyzer {

  /** Creates analyzers. */
  public static final class Factory implements PictureAnalyzer.Factory {
    @Override
    public PictureAnalyzer create() {
      return new FusedPictureAnalyzer();
    }
  }

  /** Every row up to 432 of them, every third of 720, every fifth of 1080 and of 1440. */
  private static final int MIN_LUMA_ROWS = 216;

  /** Colour is coarser than luma in any picture: a row of each cell is enough. */
  private static final int MIN_CHROMA_ROWS = PictureGrid.ROWS;

  private final GridSums lumaSums = new GridSums(MIN_LUMA_ROWS);
  private final GridSums chromaSums = new GridSums(MIN_CHROMA_ROWS);
  private final LumaHistogram histogram = new LumaHistogram();
  private final float[] thumbnail = new float[PictureGrid.CELLS];
  private final float[] differences = new float[PictureGrid.CELLS];
  private final float[] cb = new float[PictureGrid.CELLS];
  private final float[] cr = new float[PictureGrid.CELLS];

  @Override
  public PictureAnalysis analyze(FrameView frame) {
    return new Analysis(frame);
  }

  private final class Analysis implements PictureAnalysis {
    private final FrameView frame;
    private @Nullable LumaStatistics luma;
    private @Nullable MotionStatistics motion;
    private @Nullable ChromaStatistics chroma;

    Analysis(FrameView frame) {
      this.frame = frame;
    }

    @Override
    public LumaStatistics luma() {
      if (luma == null) {
        luma = histogram.measure(frame, lumaSums.rowStep(frame.height()));
      }
      return luma;
    }

    @Override
    public float[] thumbnail() {
      motion();
      return thumbnail;
    }

    @Override
    public MotionStatistics motion() {
      if (motion == null) {
        FrameView previous = frame.previous();
        lumaSums.measure(frame, previous, 0, thumbnail, differences);
        motion =
            previous == null
                ? MotionStatistics.NONE
                : new MotionStatistics(true, mean(differences), differences);
      }
      return motion;
    }

    @Override
    public ChromaStatistics chroma() {
      if (chroma == null) {
        if (frame.planeCount() == 3) {
          chromaSums.measure(frame, null, 1, cb, differences);
          chromaSums.measure(frame, null, 2, cr, differences);
        } else {
          Arrays.fill(cb, 128);
          Arrays.fill(cr, 128);
        }
        chroma = new ChromaStatistics(cb, cr, mean(cb), mean(cr));
      }
      return chroma;
    }
  }

  private static double mean(float[] cells) {
    double sum = 0;
    for (float cell : cells) {
      sum += cell;
    }
    return sum / cells.length;
  }
}
