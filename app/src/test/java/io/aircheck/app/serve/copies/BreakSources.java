package io.aircheck.app.serve.copies;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.SpliceSignal;
import io.aircheck.testkit.LiveScene;
import java.util.List;
import java.util.OptionalLong;

/**
 * Live inputs that go dark by the clock twice in each period: around a splice that was announced,
 * as breaks begin, and for no reason.
 */
final class BreakSources implements MediaSources {
  static final long PERIOD_MILLIS = 20_000;

  /** Darkness around the splice is from the beginning of a period to this time of it. */
  private static final long BREAK_DARK_MILLIS = 4_000;

  private static final long SPLICE_MILLIS = 2_000;

  /** When it goes dark for no reason. */
  static final long DEFECT_MILLIS = 10_000;

  private static final long DEFECT_LASTS_MILLIS = 3_000;
  private static final int BRIGHT = 120;

  @Override
  public List<String> renditions(SourceRequest request) {
    return List.of();
  }

  @Override
  public MediaSource open(SourceRequest request) {
    return new Scene(request, System.currentTimeMillis());
  }

  private static boolean isDark(long millis) {
    long at = Math.floorMod(millis, PERIOD_MILLIS);
    return at < BREAK_DARK_MILLIS
        || (at >= DEFECT_MILLIS && at < DEFECT_MILLIS + DEFECT_LASTS_MILLIS);
  }

  private static final class Scene extends LiveScene {
    private final long originMicros;
    private final long openedMillis;
    private long reachedMillis;

    /** The period whose splice is announced next; the one that it is opened in is told of, too. */
    private long announced;

    private Scene(SourceRequest request, long nowMillis) {
      super(request);
      originMicros = request.originMicros();
      openedMillis = nowMillis;
      reachedMillis = nowMillis;
      announced = Math.floorDiv(nowMillis, PERIOD_MILLIS) - 1;
    }

    @Override
    public MediaEvent next() throws MediaException {
      boolean configured = reachedMillis > openedMillis;
      if (configured && announced <= Math.floorDiv(reachedMillis, PERIOD_MILLIS)) {
        return new MediaEvent.Splice(splice(++announced));
      }
      return super.next();
    }

    private SpliceSignal splice(long period) {
      long atMillis = period * PERIOD_MILLIS + SPLICE_MILLIS;
      return new SpliceSignal(
          SpliceSignal.Type.OUT,
          "splice_insert",
          Long.toString(period),
          originMicros + (atMillis - openedMillis) * 1000,
          OptionalLong.of(1_000_000),
          true,
          "a break");
    }

    @Override
    protected int luma(int picture) {
      reachedMillis = openedMillis + (picture + 1L) * PICTURE_MILLIS;
      return isDark(reachedMillis) ? 16 : BRIGHT;
    }
  }
}
