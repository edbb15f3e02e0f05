package io.aircheck.app.cost.measure.share;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.ColorRange;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@link FrameSender} sends, as a source. */
final class FrameReceiver implements MediaSource {
  private static final ColorRange[] RANGES = ColorRange.values();
  private static final MediaEvent.Discontinuity.Cause[] CAUSES =
      MediaEvent.Discontinuity.Cause.values();

  private final Socket socket;
  private final DataInputStream in;
  private final Map<String, SharedFrame> last = new HashMap<>();

  private MemorySegment memory = MemorySegment.NULL;
  private MediaInfo info;
  private MediaEvent.@Nullable FormatChange first;
  private long pictures;
  private long released;

  /**
   * @param socket connected; closed with this
   * @throws IOException when it does not begin with a format
   */
  FrameReceiver(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    if (in.readByte() != FrameSender.FORMAT) {
      throw new IOException("it does not begin with a format");
    }
    MediaEvent.FormatChange format = format();
    this.first = format;
    this.info = format.info();
  }

  @Override
  public MediaInfo info() {
    return info;
  }

  @Override
  public MediaEvent next() throws MediaException {
    MediaEvent.FormatChange begin = first;
    if (begin != null) {
      first = null;
      return begin;
    }
    try {
      while (true) {
        byte type = in.readByte();
        if (type != FrameSender.PLACE) {
          return event(type);
        }
        map(Path.of(in.readUTF()));
      }
    } catch (IOException e) {
      throw new MediaException(
          MediaException.Reason.DISCONNECTED, "the converter is gone: " + e.getMessage(), e);
    }
  }

  private MediaEvent event(byte type) throws IOException {
    return switch (type) {
      case FrameSender.PICTURE -> new MediaEvent.Video(picture());
      case FrameSender.SOUND -> new MediaEvent.Audio(sound());
      case FrameSender.FORMAT -> {
        MediaEvent.FormatChange change = format();
        info = change.info();
        yield change;
      }
      case FrameSender.DISCONTINUITY ->
          new MediaEvent.Discontinuity(
              track(), in.readLong(), in.readLong(), CAUSES[in.readUnsignedByte()]);
      case FrameSender.GAP -> new MediaEvent.Gap(track(), in.readLong(), in.readLong());
      case FrameSender.END -> new MediaEvent.End(in.readLong());
      default -> throw new IOException("unknown message " + type);
    };
  }

  private @Nullable String track() throws IOException {
    String id = in.readUTF();
    return id.isEmpty() ? null : id;
  }

  private MediaEvent.FormatChange format() throws IOException {
    long pts = in.readLong();
    return new MediaEvent.FormatChange(InfoWire.read(in), pts);
  }

  private void map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    }
    socket.getOutputStream().write(0);
  }

  private SharedFrame picture() throws IOException {
    String track = in.readUTF();
    long pts = in.readLong();
    long duration = in.readLong();
    long wallClock = in.readLong();
    int bitDepth = in.readUnsignedByte();
    ColorRange range = RANGES[in.readUnsignedByte()];
    int flags = in.readUnsignedByte();
    int count = in.readUnsignedByte();
    List<SharedFrame.Plane> planes = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      long at = in.readLong();
      int stride = in.readInt();
      int width = in.readInt();
      int height = in.readInt();
      planes.add(
          new SharedFrame.Plane(memory.asSlice(at, (long) stride * height), stride, width, height));
    }
    SharedFrame before = last.get(track);
    SharedFrame frame =
        new SharedFrame(
            pictures++,
            track,
            pts,
            duration,
            wallClock,
            bitDepth,
            range,
            (flags & 1) != 0,
            (flags & 2) != 0,
            (flags & 4) != 0,
            (flags & 8) != 0,
            planes,
            (flags & 16) == 0 || before == null ? null : before.alone());
    last.put(track, frame);
    release();
    return frame;
  }

  /** Lets go of all pictures before the oldest that one in use goes back to. */
  private void release() throws IOException {
    long oldest = pictures;
    for (SharedFrame frame : last.values()) {
      oldest =
          Math.min(
              oldest,
              frame.previous() instanceof SharedFrame before ? before.number() : frame.number());
    }
    int count = (int) (oldest - released);
    if (count > 0) {
      socket.getOutputStream().write(new byte[count]);
      released = oldest;
    }
  }

  private AudioView sound() throws IOException {
    String track = in.readUTF();
    long pts = in.readLong();
    long wallClock = in.readLong();
    int rate = in.readInt();
    ChannelLayout layout = InfoWire.readLayout(in);
    boolean corrupt = in.readBoolean();
    int count = in.readInt();
    float[][] samples = new float[layout.size()][count];
    byte[] bytes = new byte[count * Float.BYTES];
    for (float[] channel : samples) {
      in.readFully(bytes);
      ByteBuffer.wrap(bytes).asFloatBuffer().get(channel);
    }
    return new Sound(track, pts, wallClock, rate, layout, count, corrupt, samples);
  }

  private record Sound(
      String trackId,
      long ptsMicros,
      long wallClockMillis,
      int sampleRate,
      ChannelLayout channelLayout,
      int sampleCount,
      boolean corrupt,
      float[][] samples)
      implements AudioView {
    @Override
    public float[] channel(int index) {
      return samples[index];
    }
  }

  /** Cannot be gone on with elsewhere. */
  @Override
  public String position() {
    return "";
  }

  /** Hangs up; what it has received is given back by the collector of garbage. */
  @Override
  public void stop() {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing is lost with it.
    }
  }

  @Override
  public void close() {
    stop();
  }
}
