package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.SafeUri;
import io.aircheck.media.input.ByteInput;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that one of FFmpeg's protocols receives, such as UDP or SRT. The connection is made by the
 * first read.
 */
final class AddressInput implements ByteInput {
  private final String address;
  private final Map<String, String> options;
  private final Duration openTimeout;
  private final Interrupt interrupt = new Interrupt();
  private final ReentrantLock inUse = new ReentrantLock();
  private @Nullable AVIOContext context;
  private boolean released;

  /**
   * @param options FFmpeg's options of the protocol
   */
  AddressInput(String address, Map<String, String> options, Duration openTimeout) {
    this.address = address;
    this.options = options;
    this.openTimeout = openTimeout;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws MediaException {
    inUse.lock();
    try {
      if (interrupt.stopped()) {
        return -1;
      }
      AVIOContext opened = context == null ? open() : context;
      byte[] target = offset == 0 ? buffer : new byte[length];
      int count = avformat.avio_read_partial(opened, target, length);
      if (interrupt.stopped() || count == 0 || count == avutil.AVERROR_EOF) {
        return -1;
      }
      if (count < 0) {
        throw Failures.exception(count, SafeUri.redact(address), "connection lost");
      }
      if (target != buffer) {
        System.arraycopy(target, 0, buffer, offset, count);
      }
      return count;
    } finally {
      inUse.unlock();
    }
  }

  private AVIOContext open() throws MediaException {
    AVIOContext opened = new AVIOContext(null);
    AVIOInterruptCB callback = new AVIOInterruptCB();
    AVDictionary dictionary = new AVDictionary(null);
    options.forEach((name, value) -> avutil.av_dict_set(dictionary, name, value, 0));
    interrupt.install(callback);
    interrupt.limit(openTimeout.toNanos());
    int code = avformat.avio_open2(opened, address, avformat.AVIO_FLAG_READ, callback, dictionary);
    interrupt.unlimited();
    avutil.av_dict_free(dictionary);
    // FFmpeg keeps a copy of the callback.
    callback.close();
    if (code < 0) {
      throw ConnectionFailure.of(code, address);
    }
    context = opened;
    return opened;
  }

  @Override
  public void close() {
    interrupt.stop();
    inUse.lock();
    try {
      if (!released) {
        released = true;
        if (context != null) {
          avformat.avio_close(context);
          context = null;
        }
        interrupt.close();
      }
    } finally {
      inUse.unlock();
    }
  }
}
