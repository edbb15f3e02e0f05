package io.aircheck.benchmarks.cluster;

import io.aircheck.core.media.ManifestSignal;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A live stream without media: an event each half second by the clock, and for {@value
 * #FAULT_STEPS} of every {@value #PERIOD_STEPS} of them a playlist that stands still, so seldom
 * that each time is an incident of its own. Where in the half second and in the period it is goes
 * by its address.
 */
final class SilentSource implements MediaSource {
  private static final int PERIOD_STEPS = 480;
  private static final int FAULT_STEPS = 16;
  private static final long STEP_MICROS = 500_000;

  private final MediaInfo info;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final long startNanos;
  private final int phase;
  private boolean told;
  private boolean faulty;
  private long steps;

  private SilentSource(String address) {
    this.info =
        new MediaInfo(address, "none", OptionalLong.empty(), true, Optional.empty(), List.of());
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(address.hashCode());
    this.startNanos = System.nanoTime() + random.nextLong(STEP_MICROS * 1000);
    this.phase = random.nextInt(PERIOD_STEPS);
  }

  /** Opens streams without media, whatever their addresses. */
  static final class Sources implements MediaSources {
    @Override
    public List<String> renditions(SourceRequest request) {
      return List.of();
    }

    @Override
    public MediaSource open(SourceRequest request) {
      return new SilentSource(request.uri());
    }
  }

  @Override
  public MediaInfo info() {
    return info;
  }

  @Override
  public MediaEvent next() {
    if (!told) {
      told = true;
      return new MediaEvent.FormatChange(info, 0);
    }
    long micros = steps * STEP_MICROS;
    boolean wasFaulty = faulty;
    faulty = (steps + phase) % PERIOD_STEPS < FAULT_STEPS;
    if (faulty != wasFaulty) {
      return new MediaEvent.Manifest(
          new ManifestSignal(
              ManifestSignal.Fault.STALE,
              null,
              info.uri(),
              micros,
              micros,
              faulty,
              Map.of(),
              "the playlist stands still"));
    }
    try {
      long waitNanos = startNanos + TimeUnit.MICROSECONDS.toNanos(micros) - System.nanoTime();
      if (stopped.await(waitNanos, TimeUnit.NANOSECONDS)) {
        return new MediaEvent.End(micros);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new MediaEvent.End(micros);
    }
    steps++;
    return new MediaEvent.Undecoded("none", micros, STEP_MICROS);
  }

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
    stop();
  }
}
