package io.aircheck.app.serve.copies;

import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.testkit.LiveScene;
import java.util.List;

/**
 * Live inputs that go dark and bright again by the clock, each at its time, so that whoever watches
 * one at a time sees the same. The number at the end of an address says when it begins.
 */
final class ClockedSources implements MediaSources {
  /**
   * From one beginning of darkness to the next. It is bright for longer than a stream may be
   * watched by nobody and an incident recovers, or two incidents would be one.
   */
  static final long PERIOD_MILLIS = 36_000;

  /** Longer than a stream may be watched by nobody, so that no darkness is missed as a whole. */
  static final long DARK_MILLIS = 16_000;

  /** So much later each of them goes dark than the one before. */
  private static final long APART_MILLIS = 3_100;

  private static final int BRIGHT = 120;

  @Override
  public List<String> renditions(SourceRequest request) {
    return List.of();
  }

  @Override
  public MediaSource open(SourceRequest request) {
    long number = Long.parseLong(request.uri().replaceFirst("^.*/s", ""));
    return new LiveScene(request) {
      @Override
      protected int luma(int picture) {
        return isDark(number, System.currentTimeMillis()) ? 0 : BRIGHT;
      }
    };
  }

  static boolean isDark(long number, long millis) {
    return Math.floorMod(millis - number * APART_MILLIS, PERIOD_MILLIS) < DARK_MILLIS;
  }

  /** When a period of an input begins. */
  static long beginMillis(long number, long period) {
    return period * PERIOD_MILLIS + number * APART_MILLIS;
  }

  /** Which of the periods of an input a time is in, that begin with darkness. */
  static long period(long number, long millis) {
    return Math.floorDiv(millis - number * APART_MILLIS, PERIOD_MILLIS);
  }
}
