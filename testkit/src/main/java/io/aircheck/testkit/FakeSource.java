package io.aircheck.testkit;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.RequestLog;
import io.aircheck.core.media.Track;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;

/** A source that follows a script: tracks first, then what was added, in order. */
public final class FakeSource implements MediaSource {
  private static final int SAMPLE_RATE = 48_000;

  private final MediaInfo info;
  private final List<Object> steps = new ArrayList<>();
  private long originMicros;
  private Runnable worker = () -> {};
  private OptionalLong waitedNanos = OptionalLong.empty();
  private int next;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean closed;
  private boolean waits;
  private Optional<PacketRecording> recording = Optional.empty();
  private Optional<RequestLog> requests = Optional.empty();

  private FakeSource(MediaInfo info) {
    this.info = info;
  }

  /** A source with one video and one audio track. */
  public static FakeSource of(boolean live) {
    return new FakeSource(
        new MediaInfo(
            "fake:input",
            "fake",
            OptionalLong.empty(),
            live,
            Optional.empty(),
            List.of(
                Track.video("video:0", "h264", 16, 16, 25),
                Track.audio("audio:0", "aac", SAMPLE_RATE, ChannelLayout.MONO))));
  }

  /** A source that has neither pictures nor sound, as a rendition whose playlist is missing. */
  public static FakeSource withoutTracks() {
    return new FakeSource(
        new MediaInfo(
            "fake:input", "fake", OptionalLong.empty(), false, Optional.empty(), List.of()));
  }

  /** Media time at which it begins; times of the script count from there. */
  FakeSource from(long micros) {
    originMicros = micros;
    return this;
  }

  /** A grey picture of 40 ms. */
  public FakeSource picture(long ptsMicros, int luma) {
    steps.add(new Picture(ptsMicros, luma));
    return this;
  }

  /** A run of mono sound of constant value. */
  public FakeSource sound(long ptsMicros, int sampleCount, double value) {
    steps.add(new Sound(ptsMicros, sampleCount, value));
    return this;
  }

  /** Any event. */
  public FakeSource event(MediaEvent event) {
    steps.add(event);
    return this;
  }

  /** Says nothing after the script until it is stopped, as a live input that is silent. */
  public FakeSource waits() {
    waits = true;
    return this;
  }

  /** Keeps what it receives, and what it asks for. */
  public FakeSource keeping(PacketRecording packets, RequestLog made) {
    recording = Optional.of(packets);
    requests = Optional.of(made);
    return this;
  }

  @Override
  public Optional<PacketRecording> recording() {
    return recording;
  }

  @Override
  public Optional<RequestLog> requests() {
    return requests;
  }

  /** Lets each event take its time, all of it work: the input never keeps anybody waiting. */
  public FakeSource working(FakeClock clock, Duration perEvent) {
    worker = () -> clock.advance(perEvent);
    waitedNanos = OptionalLong.of(0);
    return this;
  }

  /** A failure; nothing after it is reached. */
  public FakeSource failure(MediaException.Reason reason, String message) {
    steps.add(new MediaException(reason, message));
    return this;
  }

  private record Picture(long ptsMicros, int luma) {}

  private record Sound(long ptsMicros, int sampleCount, double value) {}

  @Override
  public MediaInfo info() {
    return info;
  }

  @Override
  public MediaEvent next() throws MediaException {
    if (stopped.getCount() == 0) {
      throw closedException();
    }
    int step = next++;
    worker.run();
    if (step == 0) {
      return new MediaEvent.FormatChange(info, originMicros);
    }
    if (step > steps.size()) {
      if (waits) {
        awaitClose();
      }
      return new MediaEvent.End(originMicros + endMicros());
    }
    return switch (steps.get(step - 1)) {
      case Picture picture ->
          new MediaEvent.Video(
              TestFrame.grey(16, 16, picture.luma())
                  .at(originMicros + picture.ptsMicros(), 40_000));
      case Sound sound ->
          new MediaEvent.Audio(
              TestSound.generated(
                  originMicros + sound.ptsMicros(),
                  SAMPLE_RATE,
                  ChannelLayout.MONO,
                  sound.sampleCount(),
                  (channel, seconds) -> sound.value()));
      case MediaException failure -> throw failure;
      case MediaEvent event -> event;
      default -> throw new IllegalStateException("no such step");
    };
  }

  private void awaitClose() throws MediaException {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw closedException();
  }

  private static MediaException closedException() {
    return new MediaException(MediaException.Reason.DISCONNECTED, "closed");
  }

  private long endMicros() {
    long end = 0;
    for (Object step : steps) {
      if (step instanceof Picture picture) {
        end = Math.max(end, picture.ptsMicros() + 40_000);
      } else if (step instanceof Sound sound) {
        end = Math.max(end, sound.ptsMicros() + sound.sampleCount() * 1_000_000L / SAMPLE_RATE);
      }
    }
    return end;
  }

  @Override
  public OptionalLong waitedNanos() {
    return waitedNanos;
  }

  /** No positions: a restored task reads it again from the start. */
  @Override
  public String position() {
    return "";
  }

  @Override
  public void stop() {
    stopped.countDown();
  }

  @Override
  public void close() {
    closed = true;
    stop();
  }

  /** Whether it was closed. */
  public boolean isClosed() {
    return closed;
  }
}
