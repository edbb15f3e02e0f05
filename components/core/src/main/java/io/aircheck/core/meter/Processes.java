package io.aircheck.core.meter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What this process and its children use of the machine. */
public final class Processes {
  private static final long BYTES_PER_KIB = 1024;

  private Processes() {}

  /**
   * Processor time since their start, nanoseconds in steps of the system's clock tick (10 ms on
   * Linux), by process number; of those of which the system tells it.
   */
  public static Map<Long, Long> processorNanos() {
    return processorNanos(thisAndChildren());
  }

  /** The same of other processes. */
  static Map<Long, Long> processorNanos(Stream<ProcessHandle> processes) {
    Map<Long, Long> spent = new HashMap<>();
    processes.forEach(
        process ->
            process
                .info()
                .totalCpuDuration()
                .ifPresent(total -> spent.put(process.pid(), total.toNanos())));
    return spent;
  }

  /** This process and those that it has started. */
  static Stream<ProcessHandle> thisAndChildren() {
    ProcessHandle self = ProcessHandle.current();
    return Stream.concat(Stream.of(self), self.children());
  }

  /**
   * Memory of all of them that is in use now, natives included, bytes; what they share is counted
   * for each. Empty where the system does not tell: Linux does.
   */
  public static OptionalLong residentBytes() {
    OptionalLong own = residentBytes(ProcessHandle.current().pid());
    return own.isEmpty() ? own : OptionalLong.of(residentBytes(thisAndChildren()));
  }

  /** Of several; 0 for those that are gone, or where the system does not tell. */
  static long residentBytes(Stream<ProcessHandle> processes) {
    return processes.mapToLong(process -> residentBytes(process.pid()).orElse(0)).sum();
  }

  /** Of one process; empty when it is gone, or the system does not tell. */
  public static OptionalLong residentBytes(long process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIB)
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return OptionalLong.empty();
    }
  }
}
