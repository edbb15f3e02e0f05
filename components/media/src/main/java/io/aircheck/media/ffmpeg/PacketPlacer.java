package io.aircheck.media.ffmpeg;

import io.aircheck.media.input.InputJournal;
import io.aircheck.media.timeline.Evidence;
import io.aircheck.media.timeline.Jump;
import io.aircheck.media.timeline.Timeline;
import io.aircheck.media.timeline.Timestamps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the timestamps of packets to continuous ones before they are decoded, so that no decoder
 * ever sees a wrap or a jump, and remembers which byte offsets stand for which times.
 */
final class PacketPlacer {
  /** Places remembered, one per packet: about a minute of pictures and sound. */
  private static final int MAX_PLACES = 4096;

  /** Containers whose timestamps may restart; the others keep a table or an index of times. */
  private static final List<String> STREAMED = List.of("mpegts", "mpeg", "flv", "rtsp", "rtp");

  /**
   * Packets in a row without a decoding time that may be pictures out of order: Matroska stores
   * none, and FFmpeg cannot tell it of the first ones. H.264 and HEVC hold back 16 at most.
   */
  private static final int MAX_REORDERED = 16;

  private static final class TrackState {
    private long lastTicks;
    private int undated;
    private long lastOffset = -1;
    private long lastArrivalNanos;
  }

  private final InputJournal journal;
  private final boolean live;
  private final Timeline timeline = new Timeline();
  private final Map<Integer, TrackState> tracks = new HashMap<>();
  private final TreeMap<Long, Long> timeOfOffset = new TreeMap<>();
  private boolean streamed;
  private long newestRawMicros;
  private long reachedOffset = -1;

  PacketPlacer(InputJournal journal, boolean live) {
    this.journal = journal;
    this.live = live;
  }

  /** Tells the container of the packets that come. */
  void container(String name) {
    streamed = STREAMED.contains(name);
  }

  /** Makes the timestamps of a packet continuous. */
  void place(int track, StreamSpec spec, AVPacket packet, long offset, long arrivalNanos) {
    long raw = packet.dts() != avutil.AV_NOPTS_VALUE ? packet.dts() : packet.pts();
    TrackState state = tracks.get(track);
    if (raw != avutil.AV_NOPTS_VALUE) {
      Ticks ticks = spec.ticks();
      int bits = spec.timestampBits();
      if (state == null) {
        state = new TrackState();
        // The first timestamp of a further track may be on the other side of a wrap.
        state.lastTicks = tracks.isEmpty() ? raw : ticks.fromMicros(newestRawMicros);
        tracks.put(track, state);
      }
      boolean dated = packet.dts() != avutil.AV_NOPTS_VALUE;
      state.undated = dated ? 0 : state.undated + 1;
      // The time of presentation of such a packet says nothing of where decoding is.
      boolean reordered = !dated && timeline.knows(track) && state.undated <= MAX_REORDERED;
      long decode = Timestamps.unwrapNear(raw, state.lastTicks, bits);
      long present =
          packet.pts() == avutil.AV_NOPTS_VALUE
              ? decode
              : Timestamps.unwrapNear(packet.pts(), decode, bits);
      long added =
          reordered
              ? timeline.offsetMicros(track)
              : timeline.offsetMicros(
                  track,
                  ticks.toMicros(decode),
                  ticks.toMicros(present),
                  dated ? ticks.toMicros(Math.max(0, packet.duration())) : 0,
                  evidence(state, offset, arrivalNanos));
      long addedTicks = ticks.fromMicros(added);
      if (packet.dts() != avutil.AV_NOPTS_VALUE) {
        packet.dts(decode + addedTicks);
      }
      if (packet.pts() != avutil.AV_NOPTS_VALUE) {
        packet.pts(present + addedTicks);
      }
      if (!reordered) {
        state.lastTicks = decode;
        newestRawMicros = ticks.toMicros(decode);
      }
      if (offset >= 0) {
        remember(offset, ticks.toMicros(present) + added);
      }
    }
    if (state != null) {
      state.lastArrivalNanos = arrivalNanos;
      state.lastOffset = Math.max(state.lastOffset, offset);
    }
    reachedOffset = Math.max(reachedOffset, offset);
  }

  private void remember(long offset, long micros) {
    timeOfOffset.put(offset, micros);
    if (timeOfOffset.size() > MAX_PLACES) {
      timeOfOffset.pollFirstEntry();
    }
  }

  private Evidence evidence(TrackState state, long offset, long arrivalNanos) {
    return new Evidence() {
      @Override
      public boolean dataLost() {
        return journal.lossWithin(state.lastOffset, offset);
      }

      @Override
      public boolean announced() {
        return journal.discontinuityWithin(state.lastOffset, offset);
      }

      @Override
      public boolean timePassed(long micros) {
        return !streamed || (live && arrivalNanos - state.lastArrivalNanos > micros * 1000 / 2);
      }
    };
  }

  /** Jumps found since the last call. */
  List<Jump> takeJumps() {
    return timeline.takeJumps();
  }

  /** The next event of the journal that decoding has reached. */
  InputJournal.@Nullable Placed pollEvent(boolean ended) {
    return journal.poll(ended ? Long.MAX_VALUE : reachedOffset);
  }

  /**
   * Continuous time of the nearest packet at or before a byte offset; of the first one when there
   * is none before.
   */
  long microsAt(long offset) {
    Map.Entry<Long, Long> entry = timeOfOffset.floorEntry(offset);
    if (entry == null) {
      entry = timeOfOffset.firstEntry();
    }
    return entry == null ? 0 : entry.getValue();
  }
}
