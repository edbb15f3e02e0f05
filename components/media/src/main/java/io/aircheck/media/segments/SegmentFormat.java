package io.aircheck.media.segments;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Containers that HLS segments come in, told by their first bytes. */
enum SegmentFormat {
  TRANSPORT_STREAM,
  FRAGMENTED_MP4,
  PACKED_AUDIO,
  UNKNOWN;

  /** Bytes that {@link #of} wants to see. */
  static final int HEAD_BYTES = 8;

  private static final Set<String> BOXES =
      Set.of("ftyp", "styp", "moof", "moov", "sidx", "emsg", "prft", "free", "skip", "mdat");

  /**
   * The format of a segment.
   *
   * @param head first bytes
   * @param length how many there are
   */
  static SegmentFormat of(byte[] head, int length) {
    if (length > 0 && head[0] == 0x47) {
      return TRANSPORT_STREAM;
    }
    if (length >= HEAD_BYTES
        && BOXES.contains(new String(head, 4, 4, StandardCharsets.ISO_8859_1))) {
      return FRAGMENTED_MP4;
    }
    boolean tag = length >= 3 && head[0] == 'I' && head[1] == 'D' && head[2] == '3';
    boolean mpegAudio = length >= 2 && (head[0] & 0xff) == 0xff && (head[1] & 0xe0) == 0xe0;
    boolean dolby = length >= 2 && head[0] == 0x0b && head[1] == 0x77;
    return tag || mpegAudio || dolby ? PACKED_AUDIO : UNKNOWN;
  }
}
