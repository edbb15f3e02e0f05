package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.Track;
import io.aircheck.core.media.TrackType;
import io.aircheck.media.timeline.Jump;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The decoders of the tracks of one part. */
final class TrackSet implements AutoCloseable {
  /** Holes shorter than this (plus two pictures) are dropped pictures, not gaps. */
  static final long MIN_GAP_MICROS = 200_000;

  /** A track that is so far past a jump without having made it does not make it, 1 s. */
  private static final long JUMP_DECIDED_MICROS = 1_000_000;

  private final Map<Integer, TrackDecoder> decoders = new LinkedHashMap<>();
  private final MediaLimits limits;
  private final long maxLagMicros;
  private final String where;
  private final TrackDecoder.ErrorSink errors;
  private final Arena arena;

  TrackSet(
      MediaLimits limits,
      String container,
      String where,
      TrackDecoder.ErrorSink errors,
      Arena arena) {
    this.limits = limits;
    this.maxLagMicros = limits.maxLagMicros(container);
    this.where = where;
    this.errors = errors;
    this.arena = arena;
  }

  /**
   * Opens a decoder for a stream that can be decoded.
   *
   * @return why it could not be opened, or null
   */
  @Nullable MediaException add(StreamSpec spec) {
    if (!spec.decodable()) {
      spec.close();
      return null;
    }
    TrackType type = spec.video() ? TrackType.VIDEO : TrackType.AUDIO;
    long before = tracks().stream().filter(track -> track.type() == type).count();
    Track track = spec.track(type.word() + ":" + before);
    int number = type.ordinal() + (int) before * TrackType.values().length;
    try {
      decoders.put(
          spec.index(),
          spec.video()
              ? new VideoDecoder(track, spec, number, limits, where, errors, arena)
              : new AudioDecoder(track, spec, number, limits, where, errors));
      return null;
    } catch (MediaException refused) {
      spec.close();
      return refused;
    }
  }

  /** The decoder of a stream, or null when it is not decoded. */
  @Nullable TrackDecoder of(int streamIndex) {
    return decoders.get(streamIndex);
  }

  boolean isEmpty() {
    return decoders.isEmpty();
  }

  List<Track> tracks() {
    List<Track> tracks = new ArrayList<>();
    decoders.values().forEach(decoder -> tracks.add(decoder.track()));
    return tracks;
  }

  /** Decodes more or less of the pictures from now on. */
  void decode(Decoding decoding) {
    for (TrackDecoder decoder : decoders.values()) {
      if (decoder instanceof VideoDecoder video) {
        video.decode(decoding);
      }
    }
  }

  /** No packets follow. */
  void end() {
    decoders.values().forEach(TrackDecoder::end);
  }

  /**
   * Decodes what can be decoded.
   *
   * @param jumps jumps that have not been handed out
   * @return whether packets have to be read before the next step can be handed out in order
   */
  boolean advance(List<Jump> jumps) {
    boolean starving = false;
    for (Jump jump : jumps) {
      starving |= undecided(jump);
    }
    boolean late = false;
    long readAhead = 0;
    long queued = 0;
    for (TrackDecoder decoder : decoders.values()) {
      starving |= !decoder.advance();
      late |= decoder.late();
      readAhead = Math.max(readAhead, decoder.readAheadMicros());
      queued += decoder.queuedBytes();
    }
    // What is late must not wait for what is to come.
    return !late && starving && readAhead < maxLagMicros && queued < limits.maxQueuedBytes();
  }

  /** Whether a track is still to show whether it makes a jump as well. */
  private boolean undecided(Jump jump) {
    for (TrackDecoder decoder : decoders.values()) {
      if (!jump.includes(decoder.number())
          && decoder.pending()
          && decoder.newestMicros() < jump.atMicros() + JUMP_DECIDED_MICROS) {
        return true;
      }
    }
    return false;
  }

  /** The decoder that has the earliest picture or sound, or null when none has any. */
  @Nullable TrackDecoder earliest() {
    TrackDecoder earliest = null;
    for (TrackDecoder decoder : decoders.values()) {
      if (decoder.pending()
          && (earliest == null || decoder.pendingMicros() < earliest.pendingMicros())) {
        earliest = decoder;
      }
    }
    return earliest;
  }

  /** Whether what was decrypted of a track is not what its decoder expects. */
  boolean unreadable() {
    return decoders.values().stream().anyMatch(TrackDecoder::unreadable);
  }

  /** Takes over into the tracks what waiting pictures and sound show of them. */
  void updateTracks() {
    for (TrackDecoder decoder : decoders.values()) {
      if (decoder.pending()) {
        decoder.updateTrack();
      }
    }
  }

  /** Where everything that was handed out ends, or a time when that is later. */
  long endMicros(long atLeast) {
    long end = atLeast;
    for (TrackDecoder decoder : decoders.values()) {
      if (decoder.continues()) {
        end = Math.max(end, decoder.endMicros());
      }
    }
    return end;
  }

  /** Lets the tracks continue those of the part before. */
  void continueFrom(TrackSet before) {
    for (TrackDecoder decoder : decoders.values()) {
      for (TrackDecoder old : before.decoders.values()) {
        if (old.number() == decoder.number() && old.continues()) {
          decoder.continueFrom(old.endMicros());
        }
      }
    }
  }

  /** The track that a jump is of, or null when all tracks made it. */
  @Nullable String jumped(Jump jump) {
    String one = null;
    boolean all = true;
    for (TrackDecoder decoder : decoders.values()) {
      boolean includes = jump.includes(decoder.number());
      all &= includes || !decoder.pending();
      if (includes) {
        decoder.interrupt();
      }
      if (decoder.number() == jump.track()) {
        one = decoder.track().id();
      }
    }
    return all ? null : one;
  }

  /**
   * The hole before what is handed out next, if it is long enough to be a gap; of all tracks when
   * none of them has anything in it.
   */
  MediaEvent.@Nullable Gap gapBefore(TrackDecoder next, long originMicros) {
    if (!hasGap(next)) {
      return null;
    }
    long from = next.endMicros();
    long to = next.pendingMicros();
    boolean all = true;
    for (TrackDecoder other : decoders.values()) {
      if (other != next && other.continues()) {
        if (other.endMicros() - from > MIN_GAP_MICROS || (other.pending() && !hasGap(other))) {
          all = false;
        } else {
          from = Math.max(from, other.endMicros());
          to = other.pending() ? Math.min(to, other.pendingMicros()) : to;
        }
      }
    }
    if (!all || to <= from) {
      return new MediaEvent.Gap(
          next.track().id(), next.endMicros() - originMicros, next.pendingMicros() - originMicros);
    }
    for (TrackDecoder other : decoders.values()) {
      if (other != next && other.pending()) {
        other.interrupt();
      }
    }
    return new MediaEvent.Gap(null, from - originMicros, to - originMicros);
  }

  private static boolean hasGap(TrackDecoder decoder) {
    return decoder.continues()
        && decoder.pendingMicros() - decoder.endMicros()
            > MIN_GAP_MICROS + 2 * decoder.pendingDurationMicros();
  }

  @Override
  public void close() {
    decoders.values().forEach(TrackDecoder::close);
    decoders.clear();
  }
}
