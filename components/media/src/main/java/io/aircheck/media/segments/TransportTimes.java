package io.aircheck.media.segments;

import java.util.OptionalLong;

/**
 * Presentation times in an MPEG transport stream segment, read from the PES headers (ISO/IEC
 * 13818-1, 2.4.3.7). Pictures tell where there are some, else sound.
 */
final class TransportTimes implements SegmentTimes {
  private static final int PACKET_BYTES = 188;
  private static final int SYNC_BYTE = 0x47;
  private static final long TICKS_PER_SECOND = 90_000;
  private static final long WRAP = 1L << 33;

  private final byte[] packet = new byte[PACKET_BYTES];
  private final Stamps video = new Stamps();
  private final Stamps audio = new Stamps();
  private int filled;

  /** First, earliest and latest time of one kind of stream. */
  private static final class Stamps {
    private long reference;
    private long earliest;
    private long latest;
    private int count;

    void add(long ticks) {
      if (count++ == 0) {
        reference = ticks;
      }
      // The shortest way round the 33-bit wrap.
      long step = Math.floorMod(ticks - reference + WRAP / 2, WRAP) - WRAP / 2;
      earliest = Math.min(earliest, step);
      latest = Math.max(latest, step);
    }

    OptionalLong startMicros() {
      return count == 0 ? OptionalLong.empty() : OptionalLong.of(micros(reference + earliest));
    }

    /** From the first to the last, and one more mean step for the last itself. */
    OptionalLong durationMicros() {
      return count < 2
          ? OptionalLong.empty()
          : OptionalLong.of(micros((latest - earliest) * count / (count - 1)));
    }

    private static long micros(long ticks) {
      return ticks * 1_000_000 / TICKS_PER_SECOND;
    }
  }

  @Override
  public void bytes(byte[] buffer, int offset, int length) {
    int end = offset + length;
    for (int i = offset; i < end; ) {
      if (filled == 0 && buffer[i] != SYNC_BYTE) {
        i++;
        continue;
      }
      int count = Math.min(PACKET_BYTES - filled, end - i);
      System.arraycopy(buffer, i, packet, filled, count);
      filled += count;
      i += count;
      if (filled == PACKET_BYTES) {
        filled = 0;
        packet();
      }
    }
  }

  private void packet() {
    boolean startsUnit = (packet[1] & 0x40) != 0;
    boolean hasPayload = (packet[3] & 0x10) != 0;
    boolean hasAdaptation = (packet[3] & 0x20) != 0;
    int start = 4 + (hasAdaptation ? 1 + (packet[4] & 0xff) : 0);
    if (!startsUnit || !hasPayload || start + 14 > PACKET_BYTES) {
      return;
    }
    boolean pes = packet[start] == 0 && packet[start + 1] == 0 && packet[start + 2] == 1;
    boolean hasTime = (packet[start + 6] & 0xc0) == 0x80 && (packet[start + 7] & 0x80) != 0;
    if (!pes || !hasTime) {
      return;
    }
    int streamId = packet[start + 3] & 0xff;
    if (streamId >= 0xe0 && streamId <= 0xef) {
      video.add(time(start + 9));
    } else if ((streamId >= 0xc0 && streamId <= 0xdf) || streamId == 0xbd || streamId == 0xfd) {
      audio.add(time(start + 9));
    }
  }

  private long time(int at) {
    return (packet[at] & 0x0eL) << 29
        | (packet[at + 1] & 0xffL) << 22
        | (packet[at + 2] & 0xfeL) << 14
        | (packet[at + 3] & 0xffL) << 7
        | (packet[at + 4] & 0xfeL) >> 1;
  }

  @Override
  public OptionalLong startMicros() {
    return video.startMicros().isPresent() ? video.startMicros() : audio.startMicros();
  }

  @Override
  public OptionalLong durationMicros() {
    return video.count > 0 ? video.durationMicros() : audio.durationMicros();
  }
}
