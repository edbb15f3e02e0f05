package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaEvent.DecodeError.Fault;
import io.aircheck.core.media.MediaEvent.Discontinuity.Cause;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.SafeUri;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.media.Track;
import io.aircheck.media.input.InputJournal;
import io.aircheck.media.input.Part.Continuity;
import io.aircheck.media.input.PartSupplier;
import io.aircheck.media.timeline.Jump;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.jspecify.annotations.Nullable;

/**
 * Demultiplexes and decodes an input into events in the order of media time.
 *
 * <p>A protocol reader that fetches its bytes by itself (such as the HLS reader) uses it so: it
 * hands the bytes over as {@link io.aircheck.media.input.Part parts}, one part for all that one
 * demultiplexer can read from end to end; it notes what it finds out about playlists and losses in
 * the {@link InputJournal} at the byte offsets where that belongs, and the pipeline sends the
 * events when decoding gets there, with the media time of those bytes. The reader's own {@code
 * MediaSource} forwards {@link #next()}, {@link #info()} (with a container and duration of its own)
 * and {@link #close()}.
 */
public final class DecodePipeline implements MediaSource {
  private final PacketSource packets;
  private final InputJournal journal;
  private final MediaLimits limits;
  private final boolean live;
  private final Arena arena = Arena.ofShared();
  private final ReentrantLock inUse = new ReentrantLock();
  private final ArrayDeque<MediaEvent> ready = new ArrayDeque<>();
  private final DecodeErrors errors = new DecodeErrors();

  private final EventSchedule schedule = new EventSchedule();
  private final PacketSizes sizes = new PacketSizes();
  private MediaInfo info;
  private PacketPlacer placer;
  private TrackSet tracks;
  private Item.@Nullable Opened nextPart;

  /** Media time at which the part began; what is subtracted from continuous times is the origin. */
  private long partStartMicros;

  private long originMicros;
  private long partSequence;
  private long timestampPeriodMicros;
  private Decoding decoding = Decoding.FULL;
  private boolean partStarted;
  private boolean formatSent;
  private boolean inputEnded;
  private boolean finished;
  private @Nullable MediaException failure;
  private final Patience patience;

  /** The latest packets, when the request asks for them. */
  private final @Nullable PacketRing ring;

  private volatile boolean closed;

  private DecodePipeline(
      PacketSource packets,
      SourceRequest request,
      InputJournal journal,
      boolean live,
      MediaLimits limits)
      throws MediaException {
    this.packets = packets;
    this.journal = journal;
    this.limits = limits;
    this.live = live;
    this.patience = new Patience(request.readTimeout(), live);
    this.partStartMicros = request.originMicros();
    this.ring = request.recorded().isZero() ? null : new PacketRing(request.recorded());
    String where = SafeUri.redact(request.uri());
    Item first = packets.poll(request.readTimeout());
    switch (first) {
      case Item.Opened opened -> {
        info =
            new MediaInfo(
                where,
                opened.container(),
                live ? OptionalLong.empty() : opened.durationMicros(),
                live,
                request.rendition(),
                List.of());
        placer = new PacketPlacer(journal, live);
        tracks = openTracks(opened);
      }
      case Item.Failed failed -> throw failed.why();
      case null ->
          throw new MediaException(
              Reason.TIMEOUT,
              where + ": nothing received in time; " + Failures.advice(Reason.TIMEOUT));
      default ->
          throw new MediaException(
              Reason.INVALID_DATA, where + ": empty; " + Failures.advice(Reason.INVALID_DATA));
    }
  }

  /**
   * Opens an input by its parts.
   *
   * @param parts closed with the pipeline, also when opening fails
   * @param journal what the reading side notes; new for each pipeline
   * @param live whether silence is normal: it then leads to {@link MediaEvent.Idle}, otherwise to a
   *     time-out; parts are read on a thread of their own in both cases
   * @throws MediaException when nothing in the first part can be decoded
   */
  public static DecodePipeline open(
      PartSupplier parts,
      SourceRequest request,
      InputJournal journal,
      boolean live,
      MediaLimits limits)
      throws MediaException {
    return open(
        new PartDemuxers(parts, SafeUri.redact(request.uri()), limits),
        request,
        journal,
        live ? Delivery.LIVE : Delivery.STORED,
        limits);
  }

  static DecodePipeline open(
      Demuxers demuxers,
      SourceRequest request,
      InputJournal journal,
      Delivery delivery,
      MediaLimits limits)
      throws MediaException {
    Natives.require();
    CommonEncryption encryption =
        new CommonEncryption(SafeUri.redact(request.uri()), request.decryptionKeys());
    PacketReader reader = new PacketReader(demuxers, limits, encryption);
    PacketSource packets = delivery == Delivery.FILE ? reader : new PacketPump(reader);
    try {
      return new DecodePipeline(packets, request, journal, delivery == Delivery.LIVE, limits);
    } catch (MediaException refused) {
      packets.close();
      throw refused;
    }
  }

  private TrackSet openTracks(Item.Opened opened) throws MediaException {
    placer.container(opened.container());
    partSequence = opened.sequence();
    TrackSet set = new TrackSet(limits, opened.container(), info.uri(), this::decodeError, arena);
    MediaException refused = null;
    for (StreamSpec spec : opened.streams()) {
      MediaException reason = set.add(spec);
      refused = reason != null ? reason : refused;
    }
    if (set.isEmpty()) {
      throw refused != null
          ? refused
          : new MediaException(
              Reason.UNSUPPORTED, info.uri() + ": has neither video nor audio; check the input");
    }
    info = info.withTracks(set.tracks());
    set.decode(decoding);
    return set;
  }

  @Override
  public void decode(Decoding wanted) {
    decoding = wanted;
    tracks.decode(wanted);
  }

  private void decodeError(TrackDecoder decoder, Fault fault, long micros, String detail) {
    String trackId = decoder.track().id();
    schedule.at(
        micros,
        origin -> errors.thin(new MediaEvent.DecodeError(trackId, micros - origin, fault, detail)));
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
          if (failure != null) {
            throw failure;
          }
          return new MediaEvent.End(mediaEnd());
        }
        if (tracks.advance(schedule.openJumps()) && !inputEnded && nextPart == null) {
          read();
        } else {
          handOut();
        }
      }
    } finally {
      inUse.unlock();
    }
  }

  private void read() {
    Item item = packets.poll(patience.next());
    if (item == null && !live) {
      failure =
          new MediaException(
              Reason.TIMEOUT,
              info.uri() + ": nothing received in time; " + Failures.advice(Reason.TIMEOUT));
      endInput();
      return;
    }
    if (item == null) {
      silent();
      return;
    }
    patience.arrived();
    switch (item) {
      case Item.Packet packet -> take(packet);
      case Item.Opened opened -> {
        nextPart = opened;
        tracks.end();
      }
      case Item.Appeared appeared -> {
        tracks.add(appeared.stream());
        tracks.decode(decoding);
      }
      case Item.Skipped skipped -> skipped(skipped.why());
      case Item.Failed failed -> {
        failure = failed.why();
        endInput();
      }
      case Item.End end -> endInput();
    }
  }

  /**
   * Nothing came: tells what the reading side noted all the same, and in the end that it is idle.
   */
  private void silent() {
    takeJournal(true);
    if (formatSent) {
      schedule.sendUntil(Long.MAX_VALUE, originMicros, ready);
    }
    patience
        .exhausted()
        .ifPresent(silentMillis -> ready.add(new MediaEvent.Idle(mediaEnd(), silentMillis)));
  }

  private void endInput() {
    inputEnded = true;
    tracks.end();
  }

  private void skipped(MediaException why) {
    long micros = tracks.endMicros(originMicros);
    String trackId = info.tracks().getFirst().id();
    String detail = "left out: " + why.getMessage();
    schedule.at(
        micros,
        origin -> new MediaEvent.DecodeError(trackId, micros - origin, Fault.INVALID_DATA, detail));
  }

  private void take(Item.Packet item) {
    AVPacket packet = item.packet();
    TrackDecoder decoder = tracks.of(packet.stream_index());
    if (decoder == null) {
      avcodec.av_packet_free(packet);
      return;
    }
    placer.place(decoder.number(), decoder.spec(), packet, item.offset(), item.arrivalNanos());
    if (ring != null) {
      ring.add(decoder.spec(), packet);
    }
    if (decoder.spec().video()) {
      PacketSizes.Run run = sizes.take(decoder.track().id(), decoder.spec().ticks(), packet);
      if (run != null) {
        schedule.at(run.untilMicros(), run::event);
      }
    }
    decoder.queue(packet);
    decoder.encrypted(item.decrypted());
    for (Jump jump : placer.takeJumps()) {
      schedule.jump(jump, origin -> discontinuity(jump, origin));
      schedule.at(
          jump.atMicros(),
          origin -> timestamps(jump.atMicros() - origin, origin - jump.offsetMicros()));
    }
    takeJournal(false);
  }

  /** Places the events of the journal that have been reached among pictures and sound. */
  private void takeJournal(boolean all) {
    InputJournal.Placed placed = placer.pollEvent(all);
    while (placed != null) {
      InputJournal.Placed event = placed;
      schedule.at(
          placer.microsAt(Long.MAX_VALUE),
          origin -> event.at(offset -> placer.microsAt(offset) - origin));
      placed = placer.pollEvent(all);
    }
  }

  private MediaEvent discontinuity(Jump jump, long origin) {
    return new MediaEvent.Discontinuity(
        tracks.jumped(jump),
        jump.atMicros() - origin,
        jump.jumpMicros(),
        jump.announced() ? Cause.DECLARED : Cause.TIMESTAMP_JUMP);
  }

  private MediaEvent timestamps(long mediaMicros, long offsetMicros) {
    return new MediaEvent.Timestamps(
        mediaMicros, new TimestampScope(partSequence, offsetMicros, timestampPeriodMicros));
  }

  /** Hands out the next step in the order of media time. */
  private void handOut() throws MediaException {
    TrackDecoder next = tracks.earliest();
    if (next == null) {
      partDrained();
      return;
    }
    if (!formatSent && tracks.unreadable()) {
      throw new MediaException(
          Reason.DENIED,
          info.uri() + ": nothing to see or hear after decryption; the decryption key is wrong");
    }
    boolean begins = !partStarted;
    if (begins) {
      partStarted = true;
      originMicros = next.pendingMicros() - partStartMicros;
      if (ring != null) {
        ring.origin(originMicros);
      }
      timestampPeriodMicros = next.spec().timestampPeriodMicros();
    }
    if (formatSent) {
      schedule.sendUntil(next.pendingMicros(), originMicros, ready);
      MediaEvent.Gap gap = tracks.gapBefore(next, originMicros);
      if (gap != null) {
        ready.add(gap);
      }
    }
    long mediaMicros = next.pendingMicros() - originMicros;
    sendFormat(mediaMicros);
    if (begins) {
      ready.add(timestamps(mediaMicros, originMicros));
    }
    ready.add(next.take(originMicros));
  }

  /** Tells of tracks when they are not what was told before. */
  private void sendFormat(long mediaMicros) {
    tracks.updateTracks();
    List<Track> now = tracks.tracks();
    if (!formatSent || !now.equals(info.tracks())) {
      info = info.withTracks(now);
      ready.add(new MediaEvent.FormatChange(info, mediaMicros));
      formatSent = true;
    }
  }

  /** Everything of this part was handed out: goes on with the next one, or ends. */
  private void partDrained() throws MediaException {
    if (nextPart == null && !inputEnded) {
      return;
    }
    takeJournal(nextPart == null);
    schedule.sendUntil(Long.MAX_VALUE, originMicros, ready);
    Item.Opened opened = nextPart;
    if (opened == null) {
      finished = true;
      return;
    }
    nextPart = null;
    long end = mediaEnd();
    if (opened.continuity() == Continuity.DISCONTINUITY) {
      partStarted = false;
      partStartMicros = end;
      placer = new PacketPlacer(journal, live);
      sizes.clear();
      ready.add(new MediaEvent.Discontinuity(null, end, 0, Cause.DECLARED));
    }
    if (ring != null && opened.continuity() != Continuity.CONTINUES) {
      ring.begin();
    }
    TrackSet before = tracks;
    MediaInfo infoBefore = info;
    tracks = openTracks(opened);
    info = infoBefore;
    if (opened.continuity() == Continuity.CONTINUES) {
      tracks.continueFrom(before);
    }
    before.close();
  }

  /** Media time at which what was handed out ends. */
  private long mediaEnd() {
    return partStarted ? tracks.endMicros(originMicros) - originMicros : partStartMicros;
  }

  @Override
  public Optional<PacketRecording> recording() {
    return Optional.ofNullable(ring);
  }

  /** A stored input has no pace of its own to keep up with. */
  @Override
  public OptionalLong waitedNanos() {
    return live ? packets.waitedNanos() : OptionalLong.empty();
  }

  /** Sources cannot be resumed by position: what was missed of a live input is gone. */
  @Override
  public String position() {
    return "";
  }

  @Override
  public void stop() {
    closed = true;
    packets.stop();
  }

  @Override
  public void close() {
    stop();
    inUse.lock();
    try {
      if (arena.scope().isAlive()) {
        arena.close();
        if (ring != null) {
          ring.close();
        }
        tracks.close();
        packets.close();
      }
    } finally {
      inUse.unlock();
    }
  }
}
