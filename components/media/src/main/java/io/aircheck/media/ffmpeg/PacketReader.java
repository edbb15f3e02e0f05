package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Reads packets of one part after the other, on the thread that asks for them. */
final class PacketReader implements PacketSource {
  /** Parts in a row that may be unreadable before the input is given up. */
  private static final int MAX_SKIPPED_PARTS = 20;

  /** Memory of a packet beyond its size that is not worth a copy. */
  private static final int MAX_SPARE_BYTES = 16 << 10;

  private final Demuxers demuxers;
  private final MediaLimits limits;
  private final CommonEncryption encryption;
  private final ArrayDeque<Item> ready = new ArrayDeque<>();
  private @Nullable Demuxer demuxer;
  private int knownStreams;
  private long partOffset;
  private boolean anyOpened;
  private int skippedParts;
  private boolean over;

  PacketReader(Demuxers demuxers, MediaLimits limits, CommonEncryption encryption) {
    this.demuxers = demuxers;
    this.encryption = encryption;
    this.limits = limits;
  }

  @Override
  public Item poll(Duration timeout) {
    return read();
  }

  /** The next item, waiting for it; after the end, the end again. */
  Item read() {
    Item waiting = ready.poll();
    if (waiting != null) {
      return waiting;
    }
    if (over) {
      return new Item.End();
    }
    try {
      Demuxer current = demuxer;
      return current == null ? openPart() : readPacket(current);
    } catch (MediaException failure) {
      over = true;
      closeDemuxer();
      return new Item.Failed(failure);
    }
  }

  private Item openPart() throws MediaException {
    try {
      Demuxers.Next next = demuxers.open();
      if (next == null) {
        over = true;
        return new Item.End();
      }
      demuxer = next.demuxer();
      anyOpened = true;
      skippedParts = 0;
      knownStreams = next.demuxer().streamCount();
      List<StreamSpec> streams = new ArrayList<>();
      for (int i = 0; i < knownStreams; i++) {
        streams.add(next.demuxer().spec(i));
      }
      return new Item.Opened(
          streams,
          next.demuxer().container(),
          next.demuxer().durationMicros(),
          next.continuity(),
          next.sequence());
    } catch (MediaException failure) {
      boolean damaged =
          failure.reason() == Reason.INVALID_DATA || failure.reason() == Reason.UNSUPPORTED;
      if (anyOpened && damaged && ++skippedParts < MAX_SKIPPED_PARTS) {
        return new Item.Skipped(failure);
      }
      throw failure;
    }
  }

  private Item readPacket(Demuxer current) throws MediaException {
    AVPacket packet = avcodec.av_packet_alloc();
    boolean read = false;
    boolean decrypted = false;
    boolean failed = true;
    try {
      read = current.read(packet);
      if (read) {
        compact(packet);
      }
      decrypted = read && packet.size() > 0 && encryption.decrypt(packet);
      failed = false;
    } finally {
      if (!read || failed) {
        avcodec.av_packet_free(packet);
      }
    }
    if (!read) {
      closeDemuxer();
      return read();
    }
    Item item;
    if (packet.size() > limits.maxPacketBytes()) {
      avcodec.av_packet_free(packet);
      item =
          new Item.Skipped(
              new MediaException(
                  Reason.LIMIT_EXCEEDED, current.where() + ": packet larger than the limit"));
    } else {
      long position = packet.pos();
      long offset = position < 0 ? -1 : partOffset + position;
      item = new Item.Packet(packet, offset, System.nanoTime(), decrypted);
    }
    if (current.streamCount() == knownStreams) {
      return item;
    }
    while (knownStreams < current.streamCount()) {
      ready.add(new Item.Appeared(current.spec(knownStreams++)));
    }
    ready.add(item);
    return ready.remove();
  }

  /**
   * Gives a packet memory of its own size when it lies in much more. Demuxers take memory before
   * they know how much they need: that of MPEG-TS 256 kB for each picture, which whoever keeps
   * packets for half a minute would hold.
   */
  private static void compact(AVPacket packet) {
    AVBufferRef wide = packet.buf();
    if (wide == null || wide.isNull() || wide.size() <= packet.size() + MAX_SPARE_BYTES) {
      return;
    }
    AVBufferRef fitting =
        avutil.av_buffer_alloc(packet.size() + (long) avcodec.AV_INPUT_BUFFER_PADDING_SIZE);
    if (fitting == null || fitting.isNull()) {
      return;
    }
    Pointer.memcpy(fitting.data(), packet.data(), packet.size());
    Pointer padding = new BytePointer(fitting.data()).position(packet.size());
    Pointer.memset(padding, 0, avcodec.AV_INPUT_BUFFER_PADDING_SIZE);
    avutil.av_buffer_unref(wide);
    packet.buf(fitting);
    packet.data(fitting.data());
  }

  private void closeDemuxer() {
    if (demuxer != null) {
      partOffset += demuxer.bytesRead();
      demuxer.close();
      demuxer = null;
    }
  }

  @Override
  public void stop() {
    demuxers.stop();
  }

  @Override
  public void close() {
    demuxers.stop();
    closeDemuxer();
    for (Item item : ready) {
      release(item);
    }
    ready.clear();
    over = true;
  }

  /** Frees the natives of an item that nobody takes. */
  static void release(Item item) {
    switch (item) {
      case Item.Packet packet -> avcodec.av_packet_free(packet.packet());
      case Item.Opened opened -> opened.streams().forEach(StreamSpec::close);
      case Item.Appeared appeared -> appeared.stream().close();
      case Item.Skipped skipped -> {}
      case Item.Failed failed -> {}
      case Item.End end -> {}
    }
  }
}
