package io.aircheck.deploy.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where a worker runs.
 *
 * @param name of the process, for people
 * @param machine the same for all on one machine
 * @param processors what the process may use, limits of its container included
 * @param machineProcessors what the machine has
 */
record WorkerPlace(String name, String machine, double processors, double machineProcessors) {
  /** Of Linux: other after each start of the machine, the same in all of its containers. */
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private static final WorkerPlace HERE =
      new WorkerPlace(
          host() + "/" + ProcessHandle.current().pid(),
          thisMachine(),
          Runtime.getRuntime().availableProcessors(),
          processorsOfTheMachine());

  /** That of this process. */
  static WorkerPlace here() {
    return HERE;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "worker";
    }
  }

  /** Where nobody can tell, each process is taken to be alone on its machine. */
  private static String thisMachine() {
    try {
      return Files.readString(BOOT).strip();
    } catch (IOException e) {
      return ProcessUsage.HERE;
    }
  }

  private static double processorsOfTheMachine() {
    long listed = 0;
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      listed = lines.filter(line -> line.startsWith("processor")).count();
    } catch (IOException | UncheckedIOException e) {
      // Another system: what the process may use is what there is.
    }
    return listed > 0 ? listed : Runtime.getRuntime().availableProcessors();
  }
}
