package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avutil;

/** FFmpeg's error codes in words and as reasons. */
final class Failures {
  // POSIX numbers that FFmpeg negates; Linux and macOS agree on the small ones.
  private static final int ENOENT = 2;
  private static final int EIO = 5;
  private static final int ENOMEM = 12;
  private static final int EACCES = 13;
  private static final boolean MAC = System.getProperty("os.name", "").startsWith("Mac");
  private static final int EAGAIN_VALUE = MAC ? 35 : 11;
  private static final int ETIMEDOUT = MAC ? 60 : 110;
  private static final int ECONNREFUSED = MAC ? 61 : 111;
  private static final int EHOSTUNREACH = MAC ? 65 : 113;
  private static final int ENETUNREACH = MAC ? 51 : 101;
  private static final int ECONNRESET = MAC ? 54 : 104;
  private static final int EPIPE = 32;

  /** "Try again": the decoder wants more input, or the input has nothing now. */
  static final int EAGAIN = -EAGAIN_VALUE;

  /** Input or output error. */
  static final int IO_ERROR = -EIO;

  private Failures() {}

  /** FFmpeg's words for an error code. */
  static String text(int code) {
    byte[] buffer = new byte[128];
    avutil.av_strerror(code, buffer, buffer.length);
    int end = 0;
    while (end < buffer.length && buffer[end] != 0) {
      end++;
    }
    return new String(buffer, 0, end, StandardCharsets.UTF_8);
  }

  /** Why an input failed. */
  static Reason reason(int code) {
    if (code == avutil.AVERROR_HTTP_NOT_FOUND
        || code == -ENOENT
        || code == -ECONNREFUSED
        || code == -EHOSTUNREACH
        || code == -ENETUNREACH) {
      return Reason.NOT_FOUND;
    }
    if (code == avutil.AVERROR_HTTP_UNAUTHORIZED
        || code == avutil.AVERROR_HTTP_FORBIDDEN
        || code == -EACCES) {
      return Reason.DENIED;
    }
    if (code == avutil.AVERROR_DECODER_NOT_FOUND
        || code == avutil.AVERROR_DEMUXER_NOT_FOUND
        || code == avutil.AVERROR_PROTOCOL_NOT_FOUND
        || code == avutil.AVERROR_PATCHWELCOME) {
      return Reason.UNSUPPORTED;
    }
    if (code == -ENOMEM) {
      return Reason.LIMIT_EXCEEDED;
    }
    if (code == -ETIMEDOUT || code == avutil.AVERROR_EXIT) {
      return Reason.TIMEOUT;
    }
    if (code == -EIO
        || code == -ECONNRESET
        || code == -EPIPE
        || code == avutil.AVERROR_HTTP_SERVER_ERROR
        || code == avutil.AVERROR_HTTP_OTHER_4XX) {
      return Reason.DISCONNECTED;
    }
    return Reason.INVALID_DATA;
  }

  /** Whether no way leads to the host, rather than nothing answering on it. */
  static boolean unreachable(int code) {
    return code == -EHOSTUNREACH || code == -ENETUNREACH;
  }

  /** One line for the person at the command line. */
  static MediaException exception(int code, String where, String what) {
    Reason reason = reason(code);
    return new MediaException(
        reason, where + ": " + what + " (" + text(code) + "); " + advice(reason));
  }

  /** What to do about a failure. */
  static String advice(Reason reason) {
    return switch (reason) {
      case NOT_FOUND -> "check the address and that something serves it";
      case TIMEOUT -> "check that the input is sending, or raise the read time-out";
      case DISCONNECTED -> "check the network and the sender";
      case INVALID_DATA -> "check that it is audio or video and not damaged at the start";
      case UNSUPPORTED -> "convert it to a supported format";
      case DENIED -> "check the key or credentials";
      case LIMIT_EXCEEDED -> "the input is refused to protect this process";
    };
  }
}
