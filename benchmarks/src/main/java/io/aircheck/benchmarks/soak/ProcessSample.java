package io.aircheck.benchmarks.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds. Linux only.
 *
 * @param heapMegabytes in use after a collection; NaN when none was asked for
 * @param nonHeapMegabytes metaspace and compiled code in use
 * @param residentMegabytes of the whole process, natives included
 * @param threads live platform threads
 * @param descriptors open file descriptors
 */
record ProcessSample(
    double heapMegabytes,
    double nonHeapMegabytes,
    double residentMegabytes,
    int threads,
    int descriptors) {
  private static final double MEGABYTE = 1 << 20;

  /**
   * Takes one.
   *
   * @param collect whether to collect garbage first; rarely, since natives that only a collection
   *     would free shall show
   */
  static ProcessSample take(boolean collect) throws IOException {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    double heap = Double.NaN;
    if (collect) {
      System.gc();
      heap = memory.getHeapMemoryUsage().getUsed() / MEGABYTE;
    }
    return new ProcessSample(
        heap,
        memory.getNonHeapMemoryUsage().getUsed() / MEGABYTE,
        residentSetMegabytes(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        openFiles());
  }

  private static int openFiles() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return (int) open.count() - 1; // The one that lists them.
    }
  }

  private static double residentSetMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    throw new IOException("no VmRSS in /proc/self/status");
  }
}
