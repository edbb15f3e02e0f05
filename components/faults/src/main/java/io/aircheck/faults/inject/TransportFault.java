package io.aircheck.faults.inject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Changes or drops packets of a transport stream. Sees every packet in order. */
abstract class TransportFault {

  /** What a packet carries. */
  enum Content {
    VIDEO,
    AUDIO,
    PROGRAM_ASSOCIATION,
    OTHER
  }

  private static final int MOST_TIMES_TOLD = 40;

  final FaultRequest request;

  private TransportFault(FaultRequest request) {
    this.request = request;
  }

  /**
   * The next packet.
   *
   * @param mediaMicros media time of the picture or sound it belongs to
   * @return whether it is kept
   */
  abstract boolean pass(TransportPacket packet, Content content, long mediaMicros);

  /** What was done. */
  abstract InjectedEvent event();

  /** The fault of a request, or null when it does not concern transport. */
  static @Nullable TransportFault of(FaultRequest request) {
    return switch (request.kind()) {
      case PACKET_LOSS -> new Loss(request);
      case TIMESTAMP_GAP -> new Drop(request, List.of(Content.VIDEO, Content.AUDIO));
      case AUDIO_MISSING -> new Drop(request, List.of(Content.AUDIO));
      case PAT_MISSING -> new Drop(request, List.of(Content.PROGRAM_ASSOCIATION));
      case TIMESTAMP_JUMP -> new Jump(request);
      default -> null;
    };
  }

  /** Loses everything of some content. */
  private static final class Drop extends TransportFault {
    private final List<Content> dropped;
    private int packets;

    Drop(FaultRequest request, List<Content> dropped) {
      super(request);
      this.dropped = dropped;
    }

    @Override
    boolean pass(TransportPacket packet, Content content, long mediaMicros) {
      boolean drop = dropped.contains(content) && request.covers(mediaMicros);
      packets += drop ? 1 : 0;
      return !drop;
    }

    @Override
    InjectedEvent event() {
      return InjectedEvent.of(
          request, request.startMicros(), request.endMicros(), Map.of("packets_removed", packets));
    }
  }

  /** Loses packets of the pictures at random; the first in the middle of a picture always. */
  private static final class Loss extends TransportFault {
    private final Random random;
    private final List<Double> hits = new ArrayList<>();
    private int packets;

    Loss(FaultRequest request) {
      super(request);
      random = new Random(request.startMicros());
    }

    @Override
    boolean pass(TransportPacket packet, Content content, long mediaMicros) {
      if (content != Content.VIDEO || !request.covers(mediaMicros)) {
        return true;
      }
      boolean first = packets == 0 && !packet.unitStart();
      if (!first && random.nextDouble() >= request.value("rate")) {
        return true;
      }
      packets++;
      if (hits.size() < MOST_TIMES_TOLD) {
        hits.add(mediaMicros / 1e6);
      }
      return false;
    }

    @Override
    InjectedEvent event() {
      return InjectedEvent.of(
          request,
          request.startMicros(),
          request.endMicros(),
          Map.of("mode", "drop", "packets_hit", packets, "hit_times", hits));
    }
  }

  /** Shifts all times from the first picture that can be decoded alone. */
  private static final class Jump extends TransportFault {
    /** How long a picture that can be decoded alone is waited for. */
    private static final long PATIENCE_MICROS = 10_000_000;

    private final long ticks;
    private long fromMicros = Long.MAX_VALUE;

    Jump(FaultRequest request) {
      super(request);
      ticks = Math.round(request.value("seconds") * 90_000);
    }

    @Override
    boolean pass(TransportPacket packet, Content content, long mediaMicros) {
      boolean late = mediaMicros >= request.startMicros() + PATIENCE_MICROS;
      if (fromMicros == Long.MAX_VALUE
          && mediaMicros >= request.startMicros()
          && content == Content.VIDEO
          && packet.unitStart()
          && (packet.randomAccess() || late)) {
        fromMicros = mediaMicros;
      }
      if (mediaMicros >= fromMicros) {
        packet.shift(ticks);
      }
      return true;
    }

    @Override
    InjectedEvent event() {
      long at = fromMicros == Long.MAX_VALUE ? request.startMicros() : fromMicros;
      return InjectedEvent.of(
          request, at, at + 40_000, Map.of("injected", fromMicros != Long.MAX_VALUE));
    }
  }
}
