package io.aircheck.media.ffmpeg;

import java.util.ArrayDeque;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** Packets of one track on their way to its decoder, timestamps made continuous. One thread. */
final class PacketQueue implements AutoCloseable {
  private final Ticks ticks;
  private final ArrayDeque<AVPacket> packets = new ArrayDeque<>();
  private long bytes;
  private long newestMicros = Long.MIN_VALUE;

  PacketQueue(Ticks ticks) {
    this.ticks = ticks;
  }

  /** Takes a packet over. */
  void add(AVPacket packet) {
    packets.add(packet);
    bytes += packet.size();
    long time = packet.dts() != avutil.AV_NOPTS_VALUE ? packet.dts() : packet.pts();
    if (time != avutil.AV_NOPTS_VALUE) {
      newestMicros = ticks.toMicros(time);
    }
  }

  /** Takes packets over, in order, that come before all that wait. */
  void putBack(List<AVPacket> earlier) {
    for (AVPacket packet : earlier.reversed()) {
      packets.addFirst(packet);
      bytes += packet.size();
    }
  }

  /** The next packet, owned by whoever asks, or null. */
  @Nullable AVPacket poll() {
    AVPacket packet = packets.poll();
    if (packet != null) {
      bytes -= packet.size();
    }
    return packet;
  }

  /** Bytes of packets that wait. */
  long bytes() {
    return bytes;
  }

  /** Time of the newest packet; {@link Long#MIN_VALUE} before the first. */
  long newestMicros() {
    return newestMicros;
  }

  @Override
  public void close() {
    packets.forEach(avcodec::av_packet_free);
    packets.clear();
    bytes = 0;
  }
}
