package io.aircheck.faults.inject;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Copies a transport stream of 188-byte packets and damages it on the way. */
public final class TransportDamage {
  private static final int PROGRAM_ASSOCIATION_PID = 0;

  private final List<TransportFault> faults;
  private final Map<Integer, TransportFault.Content> contents = new HashMap<>();
  private final Map<Integer, Long> timeStamps = new HashMap<>();
  private long firstTimeStamp = TransportPacket.NONE;
  private long videoMicros;

  private TransportDamage(List<TransportFault> faults) {
    this.faults = faults;
  }

  /**
   * Copies a stream with the faults of those requests that concern transport.
   *
   * @return what was done, one event per fault
   * @throws IOException when a file cannot be read or written, or is not a transport stream
   */
  public static List<InjectedEvent> copy(Path from, Path to, List<FaultRequest> requests)
      throws IOException {
    List<TransportFault> faults =
        requests.stream().map(TransportFault::of).filter(Objects::nonNull).toList();
    TransportDamage damage = new TransportDamage(faults);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(from), 1 << 16);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 16)) {
      damage.copy(in, out);
    }
    return faults.stream().map(TransportFault::event).toList();
  }

  private void copy(InputStream in, OutputStream out) throws IOException {
    TransportPacket packet = new TransportPacket();
    while (in.readNBytes(packet.bytes(), 0, TransportPacket.SIZE) == TransportPacket.SIZE) {
      if (!packet.synchronised()) {
        throw new IOException("not an MPEG transport stream of 188-byte packets");
      }
      if (keep(packet)) {
        out.write(packet.bytes());
      }
    }
  }

  private boolean keep(TransportPacket packet) {
    TransportFault.Content content = look(packet);
    long micros =
        content == TransportFault.Content.VIDEO || content == TransportFault.Content.AUDIO
            ? mediaMicros(timeStamps.getOrDefault(packet.pid(), firstTimeStamp))
            : videoMicros;
    boolean kept = true;
    for (TransportFault fault : faults) {
      kept = kept && fault.pass(packet, content, micros);
    }
    return kept;
  }

  /** Learns from the stream ids what a PID carries, and keeps the times. */
  private TransportFault.Content look(TransportPacket packet) {
    if (packet.pid() == PROGRAM_ASSOCIATION_PID) {
      return TransportFault.Content.PROGRAM_ASSOCIATION;
    }
    int streamId = packet.streamId();
    long pts = packet.pts();
    if (pts != TransportPacket.NONE) {
      TransportFault.Content content =
          (streamId & 0xf0) == 0xe0 ? TransportFault.Content.VIDEO : TransportFault.Content.AUDIO;
      contents.putIfAbsent(packet.pid(), content);
      timeStamps.put(packet.pid(), pts);
      if (firstTimeStamp == TransportPacket.NONE) {
        firstTimeStamp = pts;
      }
      if (content == TransportFault.Content.VIDEO) {
        videoMicros = mediaMicros(pts);
      }
    }
    return contents.getOrDefault(packet.pid(), TransportFault.Content.OTHER);
  }

  private long mediaMicros(long pts) {
    return Math.max(0, (pts - firstTimeStamp) * 100 / 9);
  }
}
