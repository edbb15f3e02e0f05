package io.aircheck.media.ffmpeg;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * The latest packets of a track that were passed over, from a key picture on, so that they can be
 * decoded after all. Packets share their memory with those that are kept for clips. One thread.
 */
final class PacketHistory implements AutoCloseable {
  /**
   * So much is kept at least: a suspicion may come as late as two key pictures after a defect began
   * in a rendition that is read some seconds behind its siblings, and detectors need to know what
   * was usual before.
   */
  static final long SPAN_MICROS = 12_000_000;

  /** Above what that takes at 10 Mb/s. */
  private static final long MAX_BYTES = 16L << 20;

  /** A key picture and what refers to it. */
  private static final class Group {
    private final long micros;
    private final List<AVPacket> packets = new ArrayList<>();
    private long bytes;

    Group(long micros) {
      this.micros = micros;
    }

    void add(AVPacket packet) {
      packets.add(packet);
      bytes += packet.size();
    }
  }

  private final Deque<Group> groups = new ArrayDeque<>();
  private long bytes;

  boolean isEmpty() {
    return groups.isEmpty();
  }

  /**
   * Takes a packet over; keeps it unless there is no key picture before it.
   *
   * @param micros continuous decoding time
   */
  void add(AVPacket packet, boolean key, long micros) {
    if (key) {
      groups.addLast(new Group(micros));
    }
    Group last = groups.peekLast();
    if (last == null) {
      avcodec.av_packet_free(packet);
      return;
    }
    last.add(packet);
    bytes += packet.size();
    while (isSecondEnough(micros) || bytes > MAX_BYTES) {
      drop(groups.removeFirst());
    }
  }

  /** Whether the span is covered without the first group. */
  private boolean isSecondEnough(long nowMicros) {
    return groups.stream().skip(1).limit(1).anyMatch(g -> g.micros <= nowMicros - SPAN_MICROS);
  }

  private void drop(Group group) {
    bytes -= group.bytes;
    group.packets.forEach(avcodec::av_packet_free);
  }

  /** Hands over all that is kept, in order; nothing is left. */
  List<AVPacket> take() {
    List<AVPacket> all = new ArrayList<>();
    groups.forEach(group -> all.addAll(group.packets));
    groups.clear();
    bytes = 0;
    return all;
  }

  /** What comes does not continue what was there. */
  void clear() {
    groups.forEach(this::drop);
    groups.clear();
  }

  @Override
  public void close() {
    clear();
  }
}
