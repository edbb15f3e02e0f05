package io.aircheck.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.task.StreamTask;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the detectors cost beside decoding: the same file is decoded alone and with detectors, in
 * turn, on one thread of one JVM, and the CPU times are compared pair by pair. The first rounds, in
 * which the compiler works, are thrown away.
 *
 * <p>{@code AnalysisCost FILE [ROUNDS [SELECTOR...]]}
 */
public final class AnalysisCost {
  private static final int WARM_UP_ROUNDS = 3;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** CPU seconds of one pass: user time of the analysing thread, and of the whole process. */
  private record Cost(double threadUserSeconds, double processSeconds) {}

  private AnalysisCost() {}

  public static void main(String[] arguments) throws MediaException {
    String file = arguments[0];
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
    List<String> selectors =
        arguments.length > 2 ? Arrays.asList(arguments).subList(2, arguments.length) : List.of();
    DetectorCatalog catalog = DetectorCatalog.installed();
    List<ConfiguredDetector> detectors = catalog.configure(catalog.choose(selectors, Map.of()));

    double[] thread = new double[rounds];
    double[] process = new double[rounds];
    double[] decodeSeconds = new double[rounds];
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      Cost alone = pass(file, List.of());
      Cost all = pass(file, detectors);
      if (round >= 0) {
        thread[round] = all.threadUserSeconds() / alone.threadUserSeconds();
        process[round] = all.processSeconds() / alone.processSeconds();
        decodeSeconds[round] = alone.threadUserSeconds();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d detectors, %d rounds, decode alone %.3f s user (median)%n",
        detectors.size(),
        rounds,
        median(decodeSeconds));
    print("user CPU of the thread, with / without", thread);
    print("CPU of the process, with / without", process);
  }

  private static Cost pass(String file, List<ConfiguredDetector> detectors) throws MediaException {
    ObservationSink nowhere = observation -> {};
    long user = THREADS.getCurrentThreadUserTime();
    long process = PROCESS.getProcessCpuTime();
    try (StreamTask task =
        new StreamTask(
            TaskSpec.finite(SourceRequest.of(file), detectors),
            StreamTask.Surroundings.installed(),
            nowhere,
            TaskProbe.NONE)) {
      task.run();
    }
    return new Cost(
        (THREADS.getCurrentThreadUserTime() - user) / 1e9,
        (PROCESS.getProcessCpuTime() - process) / 1e9);
  }

  private static void print(String what, double[] ratios) {
    double[] sorted = ratios.clone();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%s: median %.3f, min %.3f, max %.3f%n",
        what,
        median(ratios),
        sorted[0],
        sorted[sorted.length - 1]);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
