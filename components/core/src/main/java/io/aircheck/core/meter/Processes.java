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
    Map<Long, Long> spent = new HashMap<>();
    ProcessHandle self = ProcessHandle.current();
    Stream.concat(Stream.of(self), self.children())
        .forEach(
            process ->
                process
                    .info()
                    .totalCpuDuration()
                    .ifPresent(total -> spent.put(process.pid(), total.toNanos())));
    return spent;
  }

  /**
   * Memory of all of them that is in use now, natives included, bytes; what they share is counted
   * for each. Empty where the system does not tell: Linux does.
   */
  public static OptionalLong residentBytes() {
    OptionalLong own = residentBytes(ProcessHandle.current().pid());
    if (own.isEmpty()) {
      return own;
    }
    return OptionalLong.of(
        own.getAsLong()
            + ProcessHandle.current()
                .children()
                .mapToLong(child -> residentBytes(child.pid()).orElse(0))
                .sum());
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
