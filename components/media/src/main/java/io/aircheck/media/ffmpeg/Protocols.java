package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How each kind of address is opened, and with which options of FFmpeg. */
final class Protocols {
  /** Addresses whose bytes are received by FFmpeg and pass through here. */
  static final Set<String> BYTES = Set.of("udp", "srt", "tcp");

  /** Addresses that FFmpeg receives and demultiplexes by itself. */
  static final Set<String> DEMUXED = Set.of("rtmp", "rtmps", "rtsp", "rtsps", "rtp");

  /** Receive buffer of the socket and of FFmpeg behind it, in bytes and 188-byte packets. */
  private static final String UDP_SOCKET_BYTES = "4194304";

  private static final String UDP_QUEUE_PACKETS = "28672";

  private Protocols() {}

  /** Scheme in lower case. */
  static String scheme(SourceRequest request) {
    return MediaSources.schemeOf(request.uri());
  }

  /** Options of FFmpeg for an address. */
  static Map<String, String> options(SourceRequest request) {
    Map<String, String> options = new HashMap<>();
    switch (scheme(request)) {
      case "udp" -> {
        options.put("buffer_size", UDP_SOCKET_BYTES);
        options.put("fifo_size", UDP_QUEUE_PACKETS);
        // What does not fit is lost as on the network, and is then seen as a loss.
        options.put("overrun_nonfatal", "1");
      }
      case "rtsp", "rtsps" -> {
        if (listens(request)) {
          options.put("rtsp_flags", "listen");
        } else {
          options.put("rtsp_transport", "tcp");
          options.put("timeout", micros(request));
        }
      }
      case "rtmp", "rtmps" -> {
        if (listens(request)) {
          options.put("listen", "1");
        }
        options.put("rtmp_buffer", "1000");
      }
      default -> {}
    }
    return options;
  }

  /** Whether an address asks to wait for a sender instead of calling one. */
  private static boolean listens(SourceRequest request) {
    int query = request.uri().indexOf('?');
    return query >= 0 && ("&" + request.uri().substring(query + 1) + "&").contains("&listen=1&");
  }

  /** The address as FFmpeg wants it, without the parameters that are only meant for this class. */
  static String address(SourceRequest request) {
    if (listens(request) && DEMUXED.contains(scheme(request))) {
      return request.uri().replaceAll("([?&])listen=1(&|$)", "$1").replaceAll("[?&]$", "");
    }
    return request.uri();
  }

  private static String micros(SourceRequest request) {
    return Long.toString(TimeUnit.MILLISECONDS.toMicros(request.readTimeout().toMillis()));
  }
}
