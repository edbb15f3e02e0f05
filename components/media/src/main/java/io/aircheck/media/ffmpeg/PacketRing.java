package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.PacketRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * The latest packets of an input, with continuous timestamps. Packets share their memory with those
 * on their way to the decoders, so that keeping them costs no copy. Thread-safe.
 */
final class PacketRing implements PacketRecording, AutoCloseable {
  /** Above what a minute of any sensible rendition needs: a hostile one must not fill memory. */
  private static final long MAX_BYTES = 32L << 20;

  /**
   * A packet.
   *
   * @param micros continuous decoding time
   */
  private record Kept(int track, AVPacket packet, long micros, boolean key) {}

  private record KeptTrack(AVCodecParameters parameters, Ticks ticks, boolean video) {}

  private final long spanMicros;
  private final Deque<Kept> packets = new ArrayDeque<>();
  private final Map<Integer, KeptTrack> tracks = new LinkedHashMap<>();
  private long bytes;
  private long originMicros;
  private boolean closed;

  PacketRing(Duration span) {
    this.spanMicros = span.toMillis() * 1000;
  }

  /** Other tracks, or timestamps that do not go on: a clip does not reach across. */
  synchronized void begin() {
    clear();
  }

  /** What is subtracted from continuous times to get media time. */
  synchronized void origin(long micros) {
    originMicros = micros;
  }

  /** Keeps a packet whose timestamps have been made continuous. */
  synchronized void add(StreamSpec spec, AVPacket packet) {
    boolean dated = packet.dts() != avutil.AV_NOPTS_VALUE && packet.pts() != avutil.AV_NOPTS_VALUE;
    if (closed || !dated) {
      return;
    }
    tracks.computeIfAbsent(spec.index(), index -> track(spec));
    AVPacket copy = avcodec.av_packet_clone(packet);
    if (copy == null || copy.isNull()) {
      return;
    }
    long micros = spec.ticks().toMicros(packet.dts());
    boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
    packets.addLast(new Kept(spec.index(), copy, micros, key));
    bytes += copy.size();
    while (bytes > MAX_BYTES || packets.getFirst().micros() < micros - spanMicros) {
      Kept oldest = packets.removeFirst();
      bytes -= oldest.packet().size();
      avcodec.av_packet_free(oldest.packet());
    }
  }

  private static KeptTrack track(StreamSpec spec) {
    AVCodecParameters parameters = avcodec.avcodec_parameters_alloc();
    avcodec.avcodec_parameters_copy(parameters, spec.parameters());
    return new KeptTrack(parameters, spec.ticks(), spec.video());
  }

  /** Media time of the oldest picture that a clip can begin with, microseconds. */
  synchronized long oldestMicros() {
    Kept first = firstKey(Long.MAX_VALUE);
    return first == null ? newestMicros() : first.micros() - originMicros;
  }

  /** Media time received so far, microseconds. */
  synchronized long newestMicros() {
    return packets.isEmpty() ? 0 : packets.getLast().micros() - originMicros;
  }

  /** The last packet at or before a continuous time that a clip can begin with, or the first. */
  private @Nullable Kept firstKey(long atMicros) {
    boolean pictures = tracks.values().stream().anyMatch(KeptTrack::video);
    Kept first = null;
    Kept last = null;
    for (Kept kept : packets) {
      KeptTrack track = tracks.get(kept.track());
      boolean begins = track != null && track.video() == pictures && kept.key();
      if (begins) {
        first = first == null ? kept : first;
        last = kept.micros() <= atMicros ? kept : last;
      }
    }
    return last == null || atMicros == Long.MAX_VALUE ? first : last;
  }

  @Override
  public boolean write(long fromMicros, long toMicros, Path file) throws IOException {
    List<Kept> chosen = new ArrayList<>();
    try {
      Map<Integer, KeptTrack> described = new LinkedHashMap<>();
      long begin;
      synchronized (this) {
        Kept first = closed ? null : firstKey(fromMicros + originMicros);
        if (first == null) {
          return false;
        }
        begin = first.micros();
        long end = toMicros + originMicros;
        for (Kept kept : packets) {
          if (kept.micros() >= begin && kept.micros() <= end) {
            AVPacket copy = avcodec.av_packet_clone(kept.packet());
            chosen.add(new Kept(kept.track(), copy, kept.micros(), kept.key()));
          }
        }
        for (Map.Entry<Integer, KeptTrack> entry : tracks.entrySet()) {
          AVCodecParameters parameters = avcodec.avcodec_parameters_alloc();
          avcodec.avcodec_parameters_copy(parameters, entry.getValue().parameters());
          KeptTrack track = entry.getValue();
          described.put(entry.getKey(), new KeptTrack(parameters, track.ticks(), track.video()));
        }
      }
      try {
        mux(chosen, described, begin, file);
      } finally {
        described.values().forEach(track -> free(track.parameters()));
      }
      return true;
    } catch (MediaException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      chosen.forEach(kept -> avcodec.av_packet_free(kept.packet()));
    }
  }

  private static void mux(
      List<Kept> chosen, Map<Integer, KeptTrack> described, long beginMicros, Path file)
      throws MediaException {
    // The index comes first, so that a browser plays what it has not wholly loaded.
    try (Muxer muxer = new Muxer(file.toString(), "mp4", Map.of("movflags", "+faststart"))) {
      Map<Integer, Integer> numbers = new LinkedHashMap<>();
      for (Map.Entry<Integer, KeptTrack> entry : described.entrySet()) {
        KeptTrack track = entry.getValue();
        numbers.put(entry.getKey(), muxer.addStream(track.parameters(), track.ticks()));
      }
      muxer.writeHeader();
      for (Kept kept : chosen) {
        KeptTrack track = described.get(kept.track());
        Integer number = numbers.get(kept.track());
        if (track != null && number != null) {
          long begin = track.ticks().fromMicros(beginMicros);
          AVPacket packet = kept.packet();
          packet.dts(packet.dts() - begin);
          packet.pts(packet.pts() - begin);
          // Clips show damage, too: sound whose header is broken is left out.
          muxer.writeIfWhole(packet, number, track.ticks());
        }
      }
      muxer.writeTrailer();
    }
  }

  private void clear() {
    packets.forEach(kept -> avcodec.av_packet_free(kept.packet()));
    packets.clear();
    tracks.values().forEach(track -> free(track.parameters()));
    tracks.clear();
    bytes = 0;
  }

  private static void free(AVCodecParameters parameters) {
    avcodec.avcodec_parameters_free(parameters);
  }

  @Override
  public synchronized void close() {
    closed = true;
    clear();
  }
}
