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
 * presentation times in one JVM with all detectors, and prints CPU, lateness, pictures not looked
 * at (warm-up included) and resident memory of each step.
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
        "streams  CPU cores  pictures/s each  late >0.5 s  worst s  not looked at  resident MB  MB"
            + " per further stream");
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
          new StreamTask(asLive(file, detectors), surroundings, observation -> {}, TaskProbe.NONE);
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
    long pictures = sources.pictures();
    long late = sources.latePictures();
    double worst = sources.worstLatenessSeconds();
    long skipped = 0;
    for (int i = 0; i < streams; i++) {
      tasks.get(i).stop();
      threads.get(i).join();
      skipped += tasks.get(i).statistics().skippedFrames();
      tasks.get(i).close();
    }
    System.out.printf(
        Locale.ROOT,
        "%7d  %9.2f  %15.1f  %11d  %7.2f  %13d  %11.0f  %s%n",
        streams,
        cores,
        pictures / measuredSeconds / streams,
        late,
        worst,
        skipped,
        megabytes,
        streams == firstStreams || firstStreams == 0
            ? "-"
            : String.format(
                Locale.ROOT, "%.1f", (megabytes - firstMegabytes) / (streams - firstStreams)));
    return megabytes;
  }

  /** A file played as if it were live: what the machine is too slow for is left out and counted. */
  private static TaskSpec asLive(String file, List<ConfiguredDetector> detectors) {
    TaskSpec finite = TaskSpec.finite(SourceRequest.of(file), detectors);
    return new TaskSpec(
        finite.source(), finite.rendition(), detectors, true, false, finite.retry());
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
