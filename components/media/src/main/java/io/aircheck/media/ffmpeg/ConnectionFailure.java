package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.SafeUri;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Why one of FFmpeg's protocols could not connect, in words. FFmpeg itself tells an unknown host, a
 * wrong port and a caller that nobody answers by the same "Input/output error".
 */
final class ConnectionFailure {
  private static final int EINVAL = 22;
  private static final Pattern HOST =
      Pattern.compile("\\w+://(?:[^/@?#]*@)?(\\[[^]]+]|[^:/?#]*).*", Pattern.DOTALL);

  private ConnectionFailure() {}

  /**
   * One line for the person at the command line.
   *
   * @param code FFmpeg's error
   * @param address as it was opened; secrets in it are not repeated
   */
  static MediaException of(int code, String address) {
    String where = SafeUri.redact(address);
    if (code == avutil.AVERROR_EOF) {
      return failure(
          Reason.DISCONNECTED,
          where,
          "connection closed before anything was sent",
          "check the name of the stream and that somebody publishes it");
    }
    if (code == -EINVAL) {
      return failure(
          Reason.NOT_FOUND, where, "not a valid address", "check host, port and parameters");
    }
    if (code == avutil.AVERROR_HTTP_NOT_FOUND) {
      return failure(
          Reason.NOT_FOUND,
          where,
          "no such stream",
          "check its name and that somebody publishes it");
    }
    Reason reason = Failures.reason(code);
    boolean untold = reason == Reason.DISCONNECTED || code == avutil.AVERROR_UNKNOWN;
    if (untold && !hostIsKnown(address)) {
      return failure(Reason.NOT_FOUND, where, "unknown host", "check its name");
    }
    if (untold) {
      return failure(
          code == avutil.AVERROR_UNKNOWN ? Reason.NOT_FOUND : reason,
          where,
          "no connection",
          "check host and port, and that a server or listener is there");
    }
    return switch (reason) {
      case NOT_FOUND ->
          Failures.unreachable(code)
              ? failure(reason, where, "host cannot be reached", "check the address and network")
              : failure(
                  reason,
                  where,
                  "connection refused",
                  "nothing answers there; check the address and that a server runs");
      case TIMEOUT -> failure(reason, where, "no answer in time", Failures.advice(Reason.TIMEOUT));
      default -> Failures.exception(code, where, "cannot be opened");
    };
  }

  private static MediaException failure(Reason reason, String where, String what, String advice) {
    return new MediaException(reason, where + ": " + what + "; " + advice);
  }

  private static boolean hostIsKnown(String address) {
    Matcher matcher = HOST.matcher(address);
    if (!matcher.matches() || matcher.group(1).isEmpty()) {
      return true;
    }
    try {
      InetAddress.getByName(matcher.group(1));
      return true;
    } catch (UnknownHostException unknown) {
      return false;
    }
  }
}
