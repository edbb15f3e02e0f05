package io.aircheck.experience.quirk;

import io.aircheck.experience.cmcd.CmcdCorrection;
import io.aircheck.experience.cmcd.CmcdKey;
import io.aircheck.experience.cmcd.CmcdRecord;
import java.util.Map;

/**
 * A first byte that came after the last, or a day after the request, is none. dash.js tells a
 * moment since the epoch, from which the time that it took cannot be had.
 */
final class ImpossibleFirstByte implements CmcdCorrection {
  private static final long DAY_MILLIS = 24 * 3600 * 1000L;

  @Override
  public void mend(CmcdRecord record, Map<String, String> attributes) {
    long last = record.number(CmcdKey.TTLB, DAY_MILLIS);
    if (record.number(CmcdKey.TTFB, 0) > last) {
      record.remove(CmcdKey.TTFB);
    }
  }
}
