package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.SafeUri;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.Track;
import io.aircheck.core.media.TrackType;
import io.aircheck.media.input.ByteInput;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** Demultiplexes and decodes the bytes of an input. */
public final class DecodePipeline implements MediaSource {
  private final ByteInput input;
  private final Demuxer demuxer;
  private final MediaLimits limits;
  private final Arena arena = Arena.ofShared();
  private final ArrayDeque<MediaEvent> ready = new ArrayDeque<>();

  /** By stream index; null for streams that are not decoded. */
  private final List<@Nullable TrackDecoder> decoders = new ArrayList<>();

  private final ReentrantLock inUse = new ReentrantLock();
  private final long requestedOriginMicros;
  private MediaInfo info;
  private boolean started;
  private long originMicros;
  private boolean inputEnded;
  private boolean finished;
  private volatile boolean closed;

  private DecodePipeline(
      ByteInput input, Demuxer demuxer, SourceRequest request, MediaLimits limits)
      throws MediaException {
    this.input = input;
    this.demuxer = demuxer;
    this.limits = limits;
    this.requestedOriginMicros = request.originMicros();
    this.info =
        new MediaInfo(
            SafeUri.redact(request.uri()),
            demuxer.container(),
            demuxer.durationMicros(),
            false,
            request.rendition(),
            List.of());
    openDecoders();
  }

  /**
   * Opens an input by its bytes.
   *
   * @param input what to read; closed with the pipeline, also when opening fails
   * @throws MediaException when nothing in it can be decoded
   */
  public static DecodePipeline open(ByteInput input, SourceRequest request, MediaLimits limits)
      throws MediaException {
    Natives.require();
    Demuxer demuxer = null;
    try {
      demuxer = Demuxer.open(input, SafeUri.redact(request.uri()), limits);
      return new DecodePipeline(input, demuxer, request, limits);
    } catch (MediaException failure) {
      if (demuxer != null) {
        demuxer.close();
      }
      input.close();
      throw failure;
    }
  }

  /** Opens decoders for streams that have appeared. */
  private void openDecoders() throws MediaException {
    MediaException refused = null;
    while (decoders.size() < demuxer.streamCount()) {
      TrackDecoder decoder = null;
      try {
        decoder = decoder(demuxer.stream(decoders.size()));
      } catch (MediaException unsupported) {
        refused = unsupported;
      }
      decoders.add(decoder);
    }
    info = info.withTracks(tracks());
    if (info.tracks().isEmpty() && !started) {
      throw refused != null
          ? refused
          : new MediaException(
              Reason.UNSUPPORTED,
              demuxer.where() + ": has neither video nor audio; check the input");
    }
  }

  private @Nullable TrackDecoder decoder(AVStream stream) throws MediaException {
    var parameters = stream.codecpar();
    String codec = avcodec.avcodec_get_name(parameters.codec_id()).getString();
    if (parameters.codec_type() == avutil.AVMEDIA_TYPE_VIDEO) {
      if ((stream.disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0) {
        return null;
      }
      Track track =
          new Track(
              id(TrackType.VIDEO),
              TrackType.VIDEO,
              codec,
              parameters.width(),
              parameters.height(),
              demuxer.frameRate(stream),
              0,
              ChannelLayout.NONE,
              Demuxer.language(stream));
      return new VideoDecoder(track, stream, limits, demuxer.where(), arena);
    }
    if (parameters.codec_type() == avutil.AVMEDIA_TYPE_AUDIO) {
      Track track =
          new Track(
              id(TrackType.AUDIO),
              TrackType.AUDIO,
              codec,
              0,
              0,
              0,
              parameters.sample_rate(),
              Layouts.of(parameters.ch_layout()),
              Demuxer.language(stream));
      return new AudioDecoder(track, stream, limits, demuxer.where());
    }
    return null;
  }

  private String id(TrackType type) {
    long before = tracks().stream().filter(track -> track.type() == type).count();
    return type.word() + ":" + before;
  }

  private List<Track> tracks() {
    List<Track> tracks = new ArrayList<>();
    for (TrackDecoder decoder : decoders) {
      if (decoder != null) {
        tracks.add(decoder.track());
      }
    }
    return tracks;
  }

  @Override
  public MediaInfo info() {
    return info;
  }

  @Override
  public MediaEvent next() throws MediaException {
    inUse.lock();
    try {
      while (true) {
        if (closed) {
          throw new MediaException(Reason.DISCONNECTED, info.uri() + ": closed");
        }
        MediaEvent event = ready.poll();
        if (event != null) {
          return event;
        }
        if (finished) {
          return new MediaEvent.End(mediaEnd());
        }
        if (fill()) {
          handOut();
        }
      }
    } finally {
      inUse.unlock();
    }
  }

  /**
   * Reads until every track that is not too far behind has something to hand out.
   *
   * @return false when another round is needed
   */
  private boolean fill() throws MediaException {
    boolean starving = false;
    long readAhead = 0;
    long queued = 0;
    for (TrackDecoder decoder : decoders) {
      if (decoder != null) {
        starving |= !decoder.advance(this::error);
        readAhead = Math.max(readAhead, decoder.readAheadMicros());
        queued += decoder.queuedBytes();
      }
    }
    boolean wait =
        starving
            && !inputEnded
            && readAhead < limits.maxLagMicros()
            && queued < limits.maxQueuedBytes();
    if (wait) {
      readPacket();
    }
    return !wait;
  }

  private void error(MediaEvent event) {
    ready.add(event);
  }

  private void readPacket() throws MediaException {
    AVPacket packet = avcodec.av_packet_alloc();
    if (!demuxer.read(packet)) {
      avcodec.av_packet_free(packet);
      inputEnded = true;
      for (TrackDecoder decoder : decoders) {
        if (decoder != null) {
          decoder.end();
        }
      }
      return;
    }
    if (demuxer.streamCount() > decoders.size()) {
      openDecoders();
    }
    TrackDecoder decoder = decoders.get(packet.stream_index());
    if (decoder == null || packet.size() > limits.maxPacketBytes()) {
      avcodec.av_packet_free(packet);
    } else {
      decoder.queue(packet);
    }
  }

  private void handOut() {
    TrackDecoder earliest = null;
    for (TrackDecoder decoder : decoders) {
      if (decoder != null
          && decoder.pending()
          && (earliest == null || decoder.pendingMicros() < earliest.pendingMicros())) {
        earliest = decoder;
      }
    }
    if (earliest == null) {
      finished = inputEnded;
      return;
    }
    if (!started) {
      started = true;
      originMicros = earliest.pendingMicros() - requestedOriginMicros;
      updateTracks();
      ready.add(new MediaEvent.FormatChange(info, requestedOriginMicros));
    } else if (updateTracks()) {
      ready.add(new MediaEvent.FormatChange(info, earliest.pendingMicros() - originMicros));
    }
    ready.add(earliest.take(earliest.pendingMicros() - originMicros));
  }

  /** Takes over what decoding shows of the tracks; says whether anything changed. */
  private boolean updateTracks() {
    for (TrackDecoder decoder : decoders) {
      if (decoder != null && decoder.pending()) {
        decoder.updateTrack();
      }
    }
    List<Track> now = tracks();
    boolean changed = !now.equals(info.tracks());
    info = info.withTracks(now);
    return changed;
  }

  private long mediaEnd() {
    long end = originMicros;
    for (TrackDecoder decoder : decoders) {
      if (decoder != null) {
        end = Math.max(end, decoder.endMicros());
      }
    }
    return end - originMicros;
  }

  @Override
  public String position() {
    return "";
  }

  @Override
  public void close() {
    closed = true;
    input.close();
    inUse.lock();
    try {
      if (arena.scope().isAlive()) {
        arena.close();
        for (TrackDecoder decoder : decoders) {
          if (decoder != null) {
            decoder.close();
          }
        }
        demuxer.close();
      }
    } finally {
      inUse.unlock();
    }
  }
}
