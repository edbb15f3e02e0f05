package io.aircheck.core.task;

import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SafeUri;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.media.Track;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.picture.PictureAnalyzer;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzer;
import io.aircheck.core.sound.SoundAnalyzers;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One input, or one rendition of it, from source to observations: opens, decodes, analyses, tries
 * again. This is the unit that a deployment places: pictures and sound never leave it, observations
 * do.
 *
 * <p>Used by one thread at a time; only {@link #stop()} may be called from another.
 *
 * <p>A live task never gives up: when its live input ends, or any input fails, its detectors are
 * told {@link MediaEvent.Unavailable}, media time goes on by the clock, and the input is opened
 * again after the delay of {@link RetryPolicy}, until it is live once more. A finite input that
 * fails after it had begun ends there, with the failure told to the detectors; one that cannot be
 * opened, or gives neither picture nor sound before it fails, is a {@link MediaException}.
 *
 * <p>A live task on a machine that is too slow shows the detectors of picture defects fewer
 * pictures, and counts those left out; a finite one takes the time it needs.
 */
public final class StreamTask implements AutoCloseable {
  private static final int SNAPSHOT_FORMAT = 2;

  /**
   * A live input that is looked at once, rather than watched, is over when it is silent for so
   * long: a playlist that lost its end, say.
   */
  private static final long FINITE_PATIENCE_MILLIS = 30_000;

  private final TaskSpec spec;
  private final MediaSources sources;
  private final TaskClock clock;
  private final TaskProbe probe;
  private final DetectorBank bank;

  private volatile @Nullable MediaSource source;
  private volatile boolean stopping;
  private boolean ended;
  private boolean configured;
  private @Nullable MediaInfo info;
  private byte @Nullable [] detectorState;

  private Optional<String> resumeFrom = Optional.empty();

  private long events;
  private long eventsToSkip;
  private MediaEvent.@Nullable FormatChange skippedFormat;
  private long mediaMicros;
  private final TaskTally tally = new TaskTally();
  private final PictureIntake pictures;
  private TimestampScope scope = TimestampScope.UNKNOWN;

  private final InputLoss loss;

  /** What a task needs from its surroundings. */
  public record Surroundings(
      MediaSources sources,
      PictureAnalyzer.Factory analyzers,
      SoundAnalyzer.Factory soundAnalyzers,
      TaskClock clock,
      RandomGenerator random) {

    /** Everything on the class path, the machine's clock. */
    public static Surroundings installed() {
      return new Surroundings(
          MediaSources.installed(),
          PictureAnalyzers.installed(),
          SoundAnalyzers.installed(),
          TaskClock.SYSTEM,
          RandomGenerator.getDefault());
    }

    /** The same with another way to open inputs. */
    public Surroundings withSources(MediaSources other) {
      return new Surroundings(other, analyzers, soundAnalyzers, clock, random);
    }
  }

  /**
   * @param listener told of everything observed, on the task's thread
   * @param probe looks on, see {@link TaskProbe}
   */
  public StreamTask(
      TaskSpec spec, Surroundings surroundings, ObservationSink listener, TaskProbe probe) {
    this.spec = spec;
    this.sources = surroundings.sources();
    this.clock = surroundings.clock();
    this.loss = new InputLoss(spec.retry(), clock, surroundings.random());
    this.probe = probe;
    this.mediaMicros = spec.source().originMicros();
    this.bank =
        new DetectorBank(
            spec.detectors(),
            surroundings.analyzers(),
            surroundings.soundAnalyzers(),
            new StampedSink(listener, probe, spec.rendition().orElse(null)),
            spec.strict());
    this.pictures = new PictureIntake(bank, probe, tally);
  }

  /**
   * Runs until the input ends or the task is stopped.
   *
   * @throws MediaException when a finite input cannot be opened or decoded at all
   */
  public TaskStatistics run() throws MediaException {
    while (step()) {
      // Each step is one event.
    }
    return statistics();
  }

  /**
   * Takes one event, or opens the input, or waits for the next try; blocks for the read time-out or
   * the retry delay at most.
   *
   * @return whether there is more to do
   * @throws MediaException when a finite input cannot be opened or decoded at all
   */
  public boolean step() throws MediaException {
    if (ended) {
      return false;
    }
    if (stopping) {
      finish(null);
      return false;
    }
    try {
      MediaSource current = source;
      if (current == null) {
        open();
      } else {
        pictures.meet(current, mediaMicros);
        accept(current.next());
        if (spec.live()) {
          pictures.keepPace(current, clock.nanoTime(), mediaMicros);
        }
      }
    } catch (MediaException e) {
      failed(e);
    } catch (RuntimeException fault) {
      faulty(fault);
    }
    return !ended;
  }

  /**
   * Decodes more or less from now on, as far as the source can; from any thread.
   *
   * @param why in words for people; may be empty
   */
  public void decode(Decoding other, String why) {
    pictures.demand(other, why);
  }

  private void open() throws MediaException {
    if (loss.isNow() && !waitBeforeRetry()) {
      return;
    }
    long originMicros =
        eventsToSkip > 0 ? spec.source().originMicros() : loss.expectedMicros(mediaMicros);
    SourceRequest request = spec.source().withResumeFrom(resumeFrom).withOriginMicros(originMicros);
    MediaSource opened = sources.open(request);
    if (loss.isNow() && spec.live() && !isBack(opened.info())) {
      opened.close();
      lose(SafeUri.redact(spec.source().uri()) + " is not live again", true);
      return;
    }
    source = opened;
    opened.recording().ifPresent(probe::recording);
    opened.requests().ifPresent(probe::requests);
    pictures.opened(opened);
    resumeFrom = Optional.empty();
    if (stopping) {
      // Stopped between the check and the assignment: nobody else closes it.
      opened.close();
    }
  }

  /**
   * Whether what was lost is there again. An encoder that stops leaves a recording of what was
   * live: that was watched already, and whoever watches waits for the encoder.
   */
  private boolean isBack(MediaInfo now) {
    MediaInfo before = info;
    boolean recording = before != null && before.live() && !now.live();
    return !recording && !now.tracks().isEmpty();
  }

  private void accept(MediaEvent event) throws MediaException {
    if (!(event instanceof MediaEvent.Late)) {
      // A task that reads all again meets these but once.
      events++;
    }
    if (eventsToSkip > 0) {
      skip(event);
      return;
    }
    switch (event) {
      case MediaEvent.Video video -> {
        pictures.picture(video, scope);
        reached(video.frame().ptsMicros() + video.frame().durationMicros());
        loss.arrived();
      }
      case MediaEvent.Audio audio -> {
        tally.sound(audio.audio().trackId(), audio.audio().durationMicros());
        bank.audio(audio.audio(), block -> probe.heard(block, scope));
        reached(audio.audio().ptsMicros() + audio.audio().durationMicros());
        loss.arrived();
      }
      case MediaEvent.Undecoded undecoded -> {
        pictures.undecoded(undecoded);
        tell(event, undecoded.ptsMicros() + undecoded.durationMicros());
        loss.arrived();
      }
      case MediaEvent.Late late -> pictures.late(late);
      case MediaEvent.CodedPictures coded -> probe.coded(coded, scope);
      case MediaEvent.FormatChange change -> configure(change);
      case MediaEvent.End end -> ended(end);
      case MediaEvent.Idle idle -> idle(idle);
      case MediaEvent.Discontinuity discontinuity -> tell(event, discontinuity.ptsMicros());
      case MediaEvent.Gap gap -> tell(event, gap.toMicros());
      case MediaEvent.Unavailable unavailable -> tell(event, unavailable.ptsMicros());
      case MediaEvent.DecodeError error -> tell(event, error.ptsMicros());
      case MediaEvent.Transport transport -> tell(event, mediaMicros);
      case MediaEvent.Manifest manifest -> tell(event, mediaMicros);
      case MediaEvent.Splice splice -> tell(event, mediaMicros);
      case MediaEvent.Timestamps timestamps -> {
        scope = timestamps.scope();
        tell(event, mediaMicros);
      }
    }
  }

  /** Passes over what the detectors of a restored task have seen, but for the format it left. */
  private void skip(MediaEvent event) throws MediaException {
    if (event instanceof MediaEvent.FormatChange change) {
      skippedFormat = change;
    }
    if (--eventsToSkip == 0 && skippedFormat != null) {
      configure(skippedFormat);
    }
  }

  private void tell(MediaEvent event, long ptsMicros) {
    bank.event(event);
    reached(ptsMicros);
  }

  private void configure(MediaEvent.FormatChange change) throws MediaException {
    info = change.info();
    reached(change.ptsMicros());
    probe.configured(change.info());
    bank.configure(change.info(), change.ptsMicros());
    configured = true;
    byte[] state = detectorState;
    if (state != null) {
      detectorState = null;
      try {
        bank.restore(new DataInputStream(new ByteArrayInputStream(state)));
      } catch (IOException e) {
        throw new MediaException(
            Reason.INVALID_DATA, "cannot go on from the saved state: " + e.getMessage(), e);
      }
    }
    if (loss.end()) {
      tally.reconnected();
      bank.event(
          new MediaEvent.Discontinuity(
              null, change.ptsMicros(), 0, MediaEvent.Discontinuity.Cause.RECONNECT));
    }
  }

  private void idle(MediaEvent.Idle idle) throws MediaException {
    tell(idle, idle.ptsMicros());
    boolean live = info != null && info.live();
    if (!spec.live() && (!live || idle.silentMillis() >= FINITE_PATIENCE_MILLIS)) {
      throw new MediaException(
          Reason.TIMEOUT,
          "%s: no data for %.1f s"
              .formatted(SafeUri.redact(spec.source().uri()), idle.silentMillis() / 1e3));
    }
  }

  private void ended(MediaEvent.End end) {
    reached(end.ptsMicros());
    MediaInfo known = info;
    if (spec.live() && !stopping && known != null && (known.live() || known.tracks().isEmpty())) {
      String how = known.tracks().isEmpty() ? " has nothing to play" : " ended";
      lose(SafeUri.redact(spec.source().uri()) + how, true);
    } else {
      finish(null);
    }
  }

  private void failed(MediaException failure) throws MediaException {
    if (stopping) {
      finish(null);
    } else if (spec.live()) {
      lose(failure.getMessage(), failure.reason().isTransient());
    } else if (tally.isEmpty()) {
      finish(failure);
      throw failure;
    } else {
      bank.event(asEvent(failure));
      finish(failure);
    }
  }

  /** A fault of ours must not end the watch over a stream: it is tried again like any loss. */
  private void faulty(RuntimeException fault) {
    if (!spec.live() || spec.strict()) {
      throw fault;
    }
    if (stopping) {
      finish(null);
    } else {
      lose("a fault of Aircheck: " + fault, true);
    }
  }

  /** What detectors are told of a failure in the middle of a finite input. */
  private MediaEvent asEvent(MediaException failure) {
    String reason = String.valueOf(failure.getMessage());
    MediaInfo known = info;
    if (failure.reason().isTransient() || known == null || known.tracks().isEmpty()) {
      return new MediaEvent.Unavailable(mediaMicros, reason);
    }
    Track track = known.tracks().getFirst();
    return new MediaEvent.DecodeError(
        track.id(), mediaMicros, MediaEvent.DecodeError.Fault.INVALID_DATA, reason);
  }

  private void lose(@Nullable String reason, boolean mayMend) {
    closeSource();
    loss.failed(mediaMicros, mayMend);
    mediaMicros = loss.expectedMicros(mediaMicros);
    String words = String.valueOf(reason);
    if (!configured) {
      // Detectors are always configured first, also for an input that never opened.
      configured = true;
      bank.configure(MediaInfo.unopened(spec.source(), spec.rendition()), mediaMicros);
    }
    bank.event(new MediaEvent.Unavailable(mediaMicros, words));
    probe.unavailable(words);
  }

  /** Returns whether to try now, rather than stop. */
  private boolean waitBeforeRetry() {
    try {
      loss.await();
    } catch (InterruptedException e) {
      stopping = true;
      Thread.currentThread().interrupt();
    }
    return !stopping;
  }

  private void finish(@Nullable MediaException failure) {
    ended = true;
    closeSource();
    if (configured) {
      bank.finish(mediaMicros);
    }
    probe.ended(statistics(), failure);
  }

  private void reached(long micros) {
    mediaMicros = Math.max(mediaMicros, micros);
  }

  private void closeSource() {
    MediaSource current = source;
    source = null;
    if (current != null) {
      current.close();
    }
  }

  /** What has been done so far. On the task's thread. */
  public TaskStatistics statistics() {
    return tally.statistics(mediaMicros, bank.failures());
  }

  /** Media time reached, microseconds. On the task's thread. */
  public long mediaMicros() {
    return mediaMicros;
  }

  /**
   * Everything a new task of the same specification needs to go on where this one stands: the
   * position in the input and the state of every detector. Between two steps, on the task's thread.
   */
  public byte[] snapshot() throws IOException {
    return snapshotOf(StateBytes::toByteArray);
  }

  /**
   * {@link #snapshot()} without a copy: some hundred kilobytes that are made anew each second cost
   * more than what is written into them.
   *
   * @param reader makes something of the state; its bytes are lent for the call, and are not to be
   *     written
   */
  public <T> T snapshot(Function<ByteBuffer, T> reader) throws IOException {
    return snapshotOf(state -> reader.apply(state.view()));
  }

  private <T> T snapshotOf(Function<StateBytes, T> reader) throws IOException {
    StateBytes state = StateBytes.spare();
    try {
      write(state);
      return reader.apply(state);
    } finally {
      state.giveBack();
    }
  }

  private void write(StateBytes state) throws IOException {
    MediaSource current = source;
    state.writeInt(SNAPSHOT_FORMAT);
    state.writeUTF(current == null ? "" : current.position());
    state.writeLong(events);
    state.writeLong(loss.expectedMicros(mediaMicros));
    tally.snapshot(state);
    state.writeBoolean(configured);
    if (configured) {
      bank.snapshot(state);
    }
  }

  /**
   * Gives up the input and leaves open what is open, for another task to go on with; this one is
   * over. Between two steps, on the task's thread.
   *
   * @return the state for {@link #restore} of the other one
   */
  public byte[] suspend() throws IOException {
    byte[] state = snapshot();
    ended = true;
    closeSource();
    return state;
  }

  /**
   * Takes over the state of {@link #snapshot}; before the first step. An input whose protocol has
   * no positions is read again from its start when it is finite, without analysing twice what the
   * detectors have seen.
   *
   * @throws IOException when the state is of another version
   */
  public void restore(byte[] snapshot) throws IOException {
    DataInputStream state = new DataInputStream(new ByteArrayInputStream(snapshot));
    int format = state.readInt();
    if (format != SNAPSHOT_FORMAT) {
      throw new IOException("snapshot format " + format + ", expected " + SNAPSHOT_FORMAT);
    }
    String position = state.readUTF();
    long seen = state.readLong();
    mediaMicros = state.readLong();
    tally.restore(state);
    if (state.readBoolean()) {
      detectorState = state.readAllBytes();
    }
    if (!position.isEmpty()) {
      resumeFrom = Optional.of(position);
      events = seen;
    } else if (!spec.live()) {
      eventsToSkip = seen;
    }
  }

  /** Makes the task end soon; from any thread. What is open is closed on the task's thread. */
  public void stop() {
    stopping = true;
    loss.giveUp();
    MediaSource current = source;
    if (current != null) {
      current.stop();
    }
  }

  /** Stops and closes what is open; on the task's thread. */
  @Override
  public void close() {
    stopping = true;
    if (!ended) {
      finish(null);
    }
  }
}
