package io.aircheck.media.dash;

import io.aircheck.media.resource.ByteSpan;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The segment index of a single file (box {@code sidx}, ISO/IEC 14496-12, 8.16.3). */
final class SegmentIndex {
  private static final int SIDX = 0x73696478;

  private SegmentIndex() {}

  /** A segment in the file. */
  record Entry(ByteSpan span, long durationMicros) {}

  /**
   * The segments that an index lists.
   *
   * @param bytes the index box
   * @param end byte of the file after the box: what it lists counts from there
   * @return empty when it is no index, or one of other indexes
   */
  static List<Entry> read(byte[] bytes, long end) {
    ByteBuffer box = ByteBuffer.wrap(bytes);
    if (bytes.length < 32 || box.getInt(4) != SIDX) {
      return List.of();
    }
    boolean wide = box.get(8) != 0;
    double scale = 1e6 / Math.max(1, box.getInt(16) & 0xffff_ffffL);
    int at = wide ? 36 : 28;
    long offset = end + (wide ? box.getLong(28) : box.getInt(24) & 0xffff_ffffL);
    if (bytes.length < at + 4 || offset < 0) {
      return List.of();
    }
    int count = box.getShort(at + 2) & 0xffff;
    at += 4;
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count && at + 12 <= bytes.length; i++, at += 12) {
      int reference = box.getInt(at);
      if (reference <= 0) {
        return List.of();
      }
      long duration = Math.round((box.getInt(at + 4) & 0xffff_ffffL) * scale);
      entries.add(new Entry(new ByteSpan(offset, reference), duration));
      offset += reference;
    }
    return entries;
  }
}
