package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.media.input.ByteInput;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Lets FFmpeg read a {@link ByteInput}.
 *
 * <p>The callbacks exist once per process because JavaCPP holds only a few of each kind; FFmpeg's
 * opaque pointer carries the number of the bridge that a call is for.
 */
final class InputBridge implements AutoCloseable {
  /** A multiple of 188 so that transport streams stay aligned; about 60 ms of a 4 Mb/s stream. */
  private static final int BUFFER_BYTES = 188 * 160;

  private static final int SEEK_SET = 0;
  private static final int SEEK_CUR = 1;
  private static final int SEEK_END = 2;
  private static final Map<Long, InputBridge> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT_ID = new AtomicLong(1);
  private static final Reader READER = new Reader();
  private static final Seeker SEEKER = new Seeker();

  private final long id = NEXT_ID.getAndIncrement();
  private final ByteInput input;
  private final byte[] scratch = new byte[BUFFER_BYTES];
  private final AVIOContext context;
  private long position;
  private long bytesRead;
  private volatile @Nullable MediaException failure;

  InputBridge(ByteInput input) {
    this.input = input;
    OPEN.put(id, this);
    Pointer buffer = avutil.av_malloc(BUFFER_BYTES);
    Pointer opaque = new Interrupt.Handle(id);
    context =
        avformat.avio_alloc_context(
            new BytePointer(buffer),
            BUFFER_BYTES,
            0,
            opaque,
            READER,
            (Write_packet_Pointer_BytePointer_int) null,
            input.seekable() ? SEEKER : null);
  }

  AVIOContext context() {
    return context;
  }

  /** Bytes handed to FFmpeg. */
  long bytesRead() {
    return bytesRead;
  }

  /** Why the last read failed, or null when it did not. */
  @Nullable MediaException failure() {
    return failure;
  }

  private int read(BytePointer target, int length) {
    try {
      int count = input.read(scratch, 0, Math.min(length, scratch.length));
      if (count <= 0) {
        return avutil.AVERROR_EOF;
      }
      target.put(scratch, 0, count);
      position += count;
      bytesRead += count;
      return count;
    } catch (MediaException broken) {
      failure = broken;
      return avutil.AVERROR_EXTERNAL;
    }
  }

  private long seek(long offset, int whence) {
    long size = input.size();
    if ((whence & avformat.AVSEEK_SIZE) != 0) {
      return size >= 0 ? size : avutil.AVERROR_EXTERNAL;
    }
    long target =
        switch (whence & 3) {
          case SEEK_SET -> offset;
          case SEEK_CUR -> position + offset;
          case SEEK_END -> size + offset;
          default -> -1;
        };
    if (target < 0) {
      return Failures.IO_ERROR;
    }
    try {
      input.seek(target);
      position = target;
      return target;
    } catch (MediaException broken) {
      failure = broken;
      return avutil.AVERROR_EXTERNAL;
    }
  }

  @Override
  public void close() {
    OPEN.remove(id);
    // FFmpeg may have replaced the buffer, so it is asked for the one it has now.
    avutil.av_free(context.buffer());
    avformat.avio_context_free(context);
  }

  private static final class Reader extends Read_packet_Pointer_BytePointer_int {
    @Override
    public int call(Pointer opaque, BytePointer target, int length) {
      InputBridge bridge = OPEN.get(opaque.address());
      return bridge == null ? avutil.AVERROR_EOF : bridge.read(target, length);
    }
  }

  private static final class Seeker extends Seek_Pointer_long_int {
    @Override
    public long call(Pointer opaque, long offset, int whence) {
      InputBridge bridge = OPEN.get(opaque.address());
      return bridge == null ? avutil.AVERROR_EOF : bridge.seek(offset, whence);
    }
  }
}
