package io.aircheck.app.cost.measure.share;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Hands what a source yields to several processes. A picture is copied once, into a place that is
 * used again when all of them have let it go. One thread.
 *
 * <p>Pictures, sound, formats, gaps and discontinuities are handed on; what containers and
 * playlists reveal besides is not.
 */
final class FrameSender implements AutoCloseable {
  /** Each receiver holds two pictures; the rest lets them be out of step. */
  static final int PLACES = 8;

  static final byte FORMAT = 1;
  static final byte PLACE = 2;
  static final byte PICTURE = 3;
  static final byte SOUND = 4;
  static final byte DISCONTINUITY = 5;
  static final byte GAP = 6;
  static final byte END = 7;

  private final Path folder;
  private final Meter meter;
  private final List<Socket> receivers;
  private final long[] released;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private MemorySegment memory = MemorySegment.NULL;
  private long placeBytes;
  private long pictures;

  /**
   * @param folder where memory can be shared as a file
   * @param meter of the bytes that each receiver gets
   */
  FrameSender(Path folder, Meter meter, List<Socket> receivers) {
    this.folder = folder;
    this.meter = meter;
    this.receivers = List.copyOf(receivers);
    this.released = new long[receivers.size()];
  }

  /**
   * Hands on an event.
   *
   * @throws IOException when a receiver is gone
   */
  void send(MediaEvent event) throws IOException {
    switch (event) {
      case MediaEvent.Video video -> picture(video.frame());
      case MediaEvent.Audio audio -> sound(audio.audio());
      case MediaEvent.FormatChange change -> {
        out.writeByte(FORMAT);
        out.writeLong(change.ptsMicros());
        InfoWire.write(change.info(), out);
      }
      case MediaEvent.Discontinuity jump -> {
        out.writeByte(DISCONTINUITY);
        out.writeUTF(jump.trackId() == null ? "" : jump.trackId());
        out.writeLong(jump.ptsMicros());
        out.writeLong(jump.jumpMicros());
        out.writeByte(jump.cause().ordinal());
      }
      case MediaEvent.Gap gap -> {
        out.writeByte(GAP);
        out.writeUTF(gap.trackId() == null ? "" : gap.trackId());
        out.writeLong(gap.fromMicros());
        out.writeLong(gap.toMicros());
      }
      case MediaEvent.End end -> {
        out.writeByte(END);
        out.writeLong(end.ptsMicros());
      }
      default -> {
        return;
      }
    }
    flush();
  }

  private void flush() throws IOException {
    for (Socket receiver : receivers) {
      bytes.writeTo(receiver.getOutputStream());
    }
    meter.add(Quantity.FRAME_BYTES, (double) bytes.size() * receivers.size());
    bytes.reset();
  }

  private void picture(FrameView frame) throws IOException {
    long needed = 0;
    for (int p = 0; p < frame.planeCount(); p++) {
      needed += planeBytes(frame, p);
    }
    if (needed > placeBytes) {
      share(needed);
    }
    meter.add(Quantity.FRAME_BYTES, (double) needed * receivers.size());
    await(pictures - PLACES + 1);
    long at = pictures % PLACES * placeBytes;
    out.writeByte(PICTURE);
    out.writeUTF(frame.trackId());
    out.writeLong(frame.ptsMicros());
    out.writeLong(frame.durationMicros());
    out.writeLong(frame.wallClockMillis());
    out.writeByte(frame.bitDepth());
    out.writeByte(frame.colorRange().ordinal());
    out.writeByte(
        (frame.keyFrame() ? 1 : 0)
            | (frame.interlaced() ? 2 : 0)
            | (frame.corrupt() ? 4 : 0)
            | (frame.concealed() ? 8 : 0)
            | (frame.previous() == null ? 0 : 16));
    out.writeByte(frame.planeCount());
    for (int p = 0; p < frame.planeCount(); p++) {
      MemorySegment.copy(frame.plane(p), 0, memory, at, planeBytes(frame, p));
      out.writeLong(at);
      out.writeInt(frame.stride(p));
      out.writeInt(frame.planeWidth(p));
      out.writeInt(frame.planeHeight(p));
      at += planeBytes(frame, p);
    }
    pictures++;
  }

  private static long planeBytes(FrameView frame, int plane) {
    return (long) frame.stride(plane) * frame.planeHeight(plane);
  }

  /** Shares places for pictures of this size; those shared before live on while they are used. */
  private void share(long bytesOfOne) throws IOException {
    Path file = Files.createTempFile(folder, "aircheck-frames", null);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytesOfOne * PLACES, Arena.ofAuto());
      placeBytes = bytesOfOne;
      out.writeByte(PLACE);
      out.writeUTF(file.toString());
      flush();
      for (int i = 0; i < receivers.size(); i++) {
        receive(i);
      }
    } finally {
      // Whoever has mapped it keeps it.
      Files.deleteIfExists(file);
    }
  }

  /** Waits until every receiver has let go of so many pictures. */
  private void await(long wanted) throws IOException {
    for (int i = 0; i < released.length; i++) {
      while (released[i] < wanted) {
        receive(i);
        released[i]++;
      }
    }
  }

  private void receive(int receiver) throws IOException {
    InputStream in = receivers.get(receiver).getInputStream();
    if (in.read() < 0) {
      throw new IOException("a receiver is gone");
    }
  }

  private void sound(AudioView audio) throws IOException {
    out.writeByte(SOUND);
    out.writeUTF(audio.trackId());
    out.writeLong(audio.ptsMicros());
    out.writeLong(audio.wallClockMillis());
    out.writeInt(audio.sampleRate());
    InfoWire.write(audio.channelLayout(), out);
    out.writeBoolean(audio.corrupt());
    out.writeInt(audio.sampleCount());
    ByteBuffer samples = ByteBuffer.allocate(audio.sampleCount() * Float.BYTES);
    for (int c = 0; c < audio.channels(); c++) {
      samples.clear();
      samples.asFloatBuffer().put(audio.channel(c), 0, audio.sampleCount());
      out.write(samples.array());
    }
  }

  /** Waits until all receivers have had what was sent, or gone: each closes first. */
  @Override
  public void close() {
    for (Socket receiver : receivers) {
      try (receiver) {
        receiver.shutdownOutput();
        receiver.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        // It is gone.
      }
    }
  }
}
