package io.aircheck.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.task.StreamTask;
import io.aircheck.core.task.TaskClock;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskSpec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How many real-time streams a machine holds: runs 1, 2, 4 ... streams at the pace of their
 * presentation times in one JVM with all detectors, and prints CPU, lateness and resident memory of
 * each step.
 *
 * <p>{@code Density FILE SECONDS_PER_STEP STREAMS...}
 */
public final class Density {
  private static final long LATE_MILLIS = 500;
  private static final double WARM_UP_SHARE = 0.4;

  private Density() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    String file = arguments[0];
    double seconds = Double.parseDouble(arguments[1]);
    System.out.println(
        "streams  CPU cores  realtime pictures  late >0.5 s  worst s  resident MB  MB per further"
            + " stream");
    double firstMegabytes = 0;
    int firstStreams = 0;
    for (int i = 2; i < arguments.length; i++) {
      int streams = Integer.parseInt(arguments[i]);
      double megabytes = step(file, seconds, streams, firstStreams, firstMegabytes);
      if (firstStreams == 0) {
        firstStreams = streams;
        firstMegabytes = megabytes;
      }
    }
  }

  private static double step(
      String file, double seconds, int streams, int firstStreams, double firstMegabytes)
      throws IOException, InterruptedException {
    PacedSources sources = new PacedSources(LATE_MILLIS);
    DetectorCatalog catalog = DetectorCatalog.installed();
    StreamTask.Surroundings surroundings =
        new StreamTask.Surroundings(
            sources,
            PictureAnalyzers.installed(),
            SoundAnalyzers.installed(),
            TaskClock.SYSTEM,
            RandomGenerator.getDefault());
    List<StreamTask> tasks = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      List<ConfiguredDetector> detectors = catalog.configure(catalog.choose(List.of(), Map.of()));
      StreamTask task =
          new StreamTask(
              TaskSpec.finite(SourceRequest.of(file), detectors),
              surroundings,
              observation -> {},
              TaskProbe.NONE);
      tasks.add(task);
      threads.add(
          Thread.ofPlatform()
              .name("stream-" + i)
              .start(
                  () -> {
                    try {
                      task.run();
                    } catch (MediaException e) {
                      throw new IllegalStateException(e);
                    }
                  }));
    }
    Thread.sleep((long) (seconds * WARM_UP_SHARE * 1000));
    sources.reset();
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long cpu = process.getProcessCpuTime();
    long wall = System.nanoTime();
    Thread.sleep((long) (seconds * (1 - WARM_UP_SHARE) * 1000));
    double cores = (process.getProcessCpuTime() - cpu) / (double) (System.nanoTime() - wall);
    double measuredSeconds = (System.nanoTime() - wall) / 1e9;
    double megabytes = residentMegabytes();
    System.out.printf(
        Locale.ROOT,
        "%7d  %9.2f  %17.1f  %11d  %7.2f  %11.0f  %s%n",
        streams,
        cores,
        sources.pictures() / measuredSeconds / streams,
        sources.latePictures(),
        sources.worstLatenessSeconds(),
        megabytes,
        streams == firstStreams || firstStreams == 0
            ? "-"
            : String.format(
                Locale.ROOT, "%.1f", (megabytes - firstMegabytes) / (streams - firstStreams)));
    for (StreamTask task : tasks) {
      task.stop();
    }
    for (int i = 0; i < streams; i++) {
      threads.get(i).join();
      tasks.get(i).close();
    }
    return megabytes;
  }

  private static double residentMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    throw new IOException("no VmRSS in /proc/self/status; this benchmark needs Linux");
  }
}
