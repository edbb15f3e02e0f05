package io.aircheck.media.segments;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Times in fragmented MP4 (ISO/IEC 14496-12): the base decode time and the sample durations of the
 * track fragments, in the time scales that the initialization section gives. Pictures tell where
 * there are some, else the first track.
 *
 * <p>Takes the initialization section and then segments; {@link #nextSegment()} stands between two.
 */
final class FragmentTimes implements SegmentTimes {
  private static final int MOOV = 0x6d6f6f76;
  private static final int MOOF = 0x6d6f6f66;
  private static final int TRAK = 0x7472616b;
  private static final int MDIA = 0x6d646961;
  private static final int TKHD = 0x746b6864;
  private static final int MDHD = 0x6d646864;
  private static final int HDLR = 0x68646c72;
  private static final int MVEX = 0x6d766578;
  private static final int TREX = 0x74726578;
  private static final int TRAF = 0x74726166;
  private static final int TFHD = 0x74666864;
  private static final int TFDT = 0x74666474;
  private static final int TRUN = 0x7472756e;
  private static final int VIDE = 0x76696465;

  /** Largest box that is looked into; those with times take some kilobytes. */
  private static final int MAX_BOX_BYTES = 1 << 20;

  private static final int MAX_TRACKS = 64;

  private final Map<Integer, Track> tracks = new HashMap<>();
  private final byte[] header = new byte[16];
  private int headerFilled;
  private byte[] box = new byte[0];
  private int boxFilled;
  private int boxType;
  private long toSkip;

  private static final class Track {
    private long timeScale;
    private boolean video;
    private long defaultDuration;
    private long start = -1;
    private long duration;
  }

  /** Forgets the times of the segment before, not the tracks. */
  void nextSegment() {
    headerFilled = 0;
    toSkip = 0;
    boxType = 0;
    for (Track track : tracks.values()) {
      track.start = -1;
      track.duration = 0;
    }
  }

  @Override
  public void bytes(byte[] buffer, int offset, int length) {
    int end = offset + length;
    for (int i = offset; i < end; ) {
      if (toSkip > 0) {
        int count = (int) Math.min(toSkip, end - i);
        toSkip -= count;
        i += count;
      } else if (boxType != 0) {
        int count = Math.min(box.length - boxFilled, end - i);
        System.arraycopy(buffer, i, box, boxFilled, count);
        boxFilled += count;
        i += count;
        if (boxFilled == box.length) {
          topLevel(boxType, ByteBuffer.wrap(box));
          boxType = 0;
        }
      } else {
        header[headerFilled++] = buffer[i++];
        header();
      }
    }
  }

  private void header() {
    ByteBuffer bytes = ByteBuffer.wrap(header);
    long size = headerFilled < 8 ? 0 : bytes.getInt(0) & 0xffff_ffffL;
    boolean large = size == 1;
    if (headerFilled < (large ? 16 : 8)) {
      return;
    }
    size = large ? bytes.getLong(8) : size;
    long payload = size - headerFilled;
    int type = bytes.getInt(4);
    headerFilled = 0;
    if (payload < 0) {
      // Size 0 (to the end of the segment) or nonsense: nothing more can be found.
      toSkip = Long.MAX_VALUE;
    } else if ((type == MOOV || type == MOOF) && payload > 0 && payload <= MAX_BOX_BYTES) {
      boxType = type;
      box = new byte[(int) payload];
      boxFilled = 0;
    } else {
      toSkip = payload;
    }
  }

  private void topLevel(int type, ByteBuffer content) {
    forEach(
        content,
        (child, body) -> {
          if (type == MOOV && child == TRAK) {
            track(body);
          } else if (type == MOOV && child == MVEX) {
            forEach(body, this::defaults);
          } else if (type == MOOF && child == TRAF) {
            fragment(body);
          }
        });
  }

  private void track(ByteBuffer content) {
    Track track = new Track();
    int[] id = new int[1];
    forEach(
        content,
        (child, body) -> {
          if (child == TKHD && body.remaining() >= 24) {
            id[0] = body.getInt(body.get(0) == 1 ? 20 : 12);
          } else if (child == MDIA) {
            forEach(body, (inner, details) -> media(track, inner, details));
          }
        });
    if (track.timeScale > 0 && tracks.size() < MAX_TRACKS) {
      tracks.put(id[0], track);
    }
  }

  private static void media(Track track, int type, ByteBuffer body) {
    if (type == MDHD && body.remaining() >= 24) {
      track.timeScale = body.getInt(body.get(0) == 1 ? 20 : 12) & 0xffff_ffffL;
    } else if (type == HDLR && body.remaining() >= 12) {
      track.video = body.getInt(8) == VIDE;
    }
  }

  private void defaults(int type, ByteBuffer body) {
    if (type == TREX && body.remaining() >= 16) {
      Track track = tracks.get(body.getInt(4));
      if (track != null) {
        track.defaultDuration = body.getInt(12) & 0xffff_ffffL;
      }
    }
  }

  private void fragment(ByteBuffer content) {
    Track[] track = new Track[1];
    long[] sampleDuration = new long[1];
    forEach(
        content,
        (child, body) -> {
          if (child == TFHD && body.remaining() >= 8) {
            track[0] = tracks.get(body.getInt(4));
            if (track[0] != null) {
              sampleDuration[0] = fragmentDefault(track[0], body);
            }
          } else if (child == TFDT && body.remaining() >= 8 && track[0] != null) {
            boolean wide = body.get(0) == 1 && body.remaining() >= 12;
            if (track[0].start < 0) {
              track[0].start = wide ? body.getLong(4) : body.getInt(4) & 0xffff_ffffL;
            }
          } else if (child == TRUN && body.remaining() >= 8 && track[0] != null) {
            track[0].duration += runDuration(body, sampleDuration[0]);
          }
        });
  }

  private static long fragmentDefault(Track track, ByteBuffer body) {
    int flags = body.getInt(0);
    int at = 8 + ((flags & 1) != 0 ? 8 : 0) + ((flags & 2) != 0 ? 4 : 0);
    boolean given = (flags & 8) != 0 && body.remaining() >= at + 4;
    return given ? body.getInt(at) & 0xffff_ffffL : track.defaultDuration;
  }

  private static long runDuration(ByteBuffer body, long sampleDuration) {
    int flags = body.getInt(0);
    long samples = body.getInt(4) & 0xffff_ffffL;
    if ((flags & 0x100) == 0) {
      return Math.min(samples, MAX_BOX_BYTES) * sampleDuration;
    }
    int at = 8 + ((flags & 1) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 4 : 0);
    int step = 4 * Integer.bitCount(flags & 0xf00);
    long sum = 0;
    for (long i = 0; i < samples && at + step <= body.remaining(); i++, at += step) {
      sum += body.getInt(at) & 0xffff_ffffL;
    }
    return sum;
  }

  /** Takes a box within another one. */
  @FunctionalInterface
  private interface BoxVisitor {
    void box(int type, ByteBuffer body);
  }

  private static void forEach(ByteBuffer content, BoxVisitor visitor) {
    int at = 0;
    while (at + 8 <= content.remaining()) {
      long size = content.getInt(at) & 0xffff_ffffL;
      if (size < 8 || at + size > content.remaining()) {
        return;
      }
      visitor.box(content.getInt(at + 4), content.slice(at + 8, (int) size - 8));
      at += (int) size;
    }
  }

  private OptionalLong micros(boolean ofStart) {
    Track chosen = null;
    for (Track track : tracks.values()) {
      if (track.duration > 0 && (chosen == null || (track.video && !chosen.video))) {
        chosen = track;
      }
    }
    if (chosen == null || (ofStart && chosen.start < 0)) {
      return OptionalLong.empty();
    }
    long ticks = ofStart ? chosen.start : chosen.duration;
    return OptionalLong.of(Math.round(ticks * 1e6 / chosen.timeScale));
  }

  @Override
  public OptionalLong startMicros() {
    return micros(true);
  }

  @Override
  public OptionalLong durationMicros() {
    return micros(false);
  }
}
