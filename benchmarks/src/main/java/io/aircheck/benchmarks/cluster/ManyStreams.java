package io.aircheck.benchmarks.cluster;

import com.sun.management.OperatingSystemMXBean;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.flink.FlinkDeployment;
import io.aircheck.deploy.flink.Glimpse;
import io.aircheck.deploy.flink.JobListener;
import io.aircheck.deploy.flink.WorkerSetup;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.inprocess.TaskId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Many streams without media through the job of a Flink cluster that is in this process: what they
 * report each second, their incidents, and how late either comes home. Ends with status 1 when a
 * stream is not heard of.
 *
 * <p>{@code ManyStreams [STREAMS [SECONDS [READERS]]]}
 */
public final class ManyStreams {
  private static final String KIND = "manifest.stale";
  private static final Logger LIBRARIES = Logger.getLogger("");
  private static final long PATIENCE_MILLIS = 300_000;

  /** What is on air when a stream is first watched comes at once: that is not counted. */
  private static final long SETTLING_MILLIS = 30_000;

  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private ManyStreams() {}

  /** Workers whose inputs are streams without media. */
  private record SilentWorkers() implements WorkerSetup {
    @Override
    public StreamTask.Surroundings surroundings() {
      return StreamTask.Surroundings.installed().withSources(new SilentSource.Sources());
    }
  }

  /** How late reports and incidents are. Thread-safe. */
  private static final class Arrivals implements JobListener {
    private final Set<String> streams = new HashSet<>();
    private LongStream.Builder reports = LongStream.builder();
    private LongStream.Builder incidents = LongStream.builder();

    @Override
    public synchronized void seen(TaskId task, long reachedMicros, long atMillis, Glimpse glimpse) {
      streams.add(task.stream());
      reports.add(System.currentTimeMillis() - atMillis);
    }

    @Override
    public synchronized void incident(IncidentChange change) {
      if (change.type() == IncidentChange.Type.OPENED) {
        incidents.add(System.currentTimeMillis() - change.incident().openedMillis());
      }
    }

    synchronized int streams() {
      return streams.size();
    }

    synchronized void forget() {
      streams.clear();
      reports = LongStream.builder();
      incidents = LongStream.builder();
    }

    synchronized String summary(double seconds) {
      return "%d streams; reports %s; incidents %s"
          .formatted(
              streams.size(),
              summary(reports.build().toArray(), seconds),
              summary(incidents.build().toArray(), seconds));
    }

    private static String summary(long[] delays, double seconds) {
      if (delays.length == 0) {
        return "none";
      }
      Arrays.sort(delays);
      return String.format(
          Locale.ROOT,
          "%.0f a second, home after %d ms (median), %d ms (95 %%), %d ms (longest)",
          delays.length / seconds,
          delays[delays.length / 2],
          delays[(int) (delays.length * 0.95)],
          delays[delays.length - 1]);
    }
  }

  /** Runs it. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int streams = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
    int readers = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
    LIBRARIES.setLevel(Level.SEVERE);
    Arrivals arrivals = new Arrivals();
    Path folder = Files.createTempDirectory("many-streams");
    FlinkDeployment flink =
        new FlinkDeployment(
            () -> OneProcess.cluster(readers, folder),
            new SilentWorkers(),
            FlinkDeployment.Settings.DEFAULT,
            arrivals);
    boolean all;
    try (Deployment.Handle job = flink.deploy(topology(streams), observation -> {})) {
      long begin = System.nanoTime();
      await(arrivals, streams);
      System.out.printf(
          Locale.ROOT, "all are watched after %.1f s%n", (System.nanoTime() - begin) / 1e9);
      Thread.sleep(SETTLING_MILLIS);
      arrivals.forget();
      long processor = MACHINE.getProcessCpuTime();
      long from = System.nanoTime();
      Thread.sleep(seconds * 1000L);
      double lasted = (System.nanoTime() - from) / 1e9;
      double cores = (MACHINE.getProcessCpuTime() - processor) / 1e9 / lasted;
      all = arrivals.streams() == streams;
      String summary = arrivals.summary(lasted);
      System.gc();
      Runtime heap = Runtime.getRuntime();
      System.out.printf(
          Locale.ROOT,
          "%s; %.2f cores; heap %d MB, %d threads%n",
          summary,
          cores,
          (heap.totalMemory() - heap.freeMemory()) >> 20,
          ManagementFactory.getThreadMXBean().getThreadCount());
    }
    System.exit(all ? 0 : 1);
  }

  private static void await(Arrivals arrivals, int streams) throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (arrivals.streams() < streams) {
      if (System.currentTimeMillis() > end) {
        throw new IllegalStateException("only " + arrivals.streams() + " streams are watched");
      }
      Thread.sleep(100);
    }
  }

  private static Topology topology(int streams) {
    List<DetectorChoice> detectors = DetectorCatalog.installed().choose(List.of(KIND), Map.of());
    List<StreamSpec> specs = new ArrayList<>();
    IntStream.range(0, streams)
        .mapToObj(i -> "s" + i)
        .forEach(
            id ->
                specs.add(
                    new StreamSpec(
                        id,
                        SourceRequest.of("silent://" + id),
                        Optional.empty(),
                        List.of(),
                        detectors,
                        true)));
    return new Topology(
        specs, InProcessDeployment.installedFolds().stream().map(fold -> fold.id()).toList());
  }
}
