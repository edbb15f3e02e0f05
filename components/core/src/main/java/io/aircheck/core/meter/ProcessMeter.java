package io.aircheck.core.meter;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Meters processor time and memory of processes of this machine. Memory is taken to have been
 * through the time between two samples what it is at the second: the more often it is sampled, the
 * better. Processor time of a child that ends between two samples is lost from the first of them
 * on. Thread-safe.
 */
public final class ProcessMeter {
  private final Meter meter;
  private final Supplier<Stream<ProcessHandle>> processes;
  private Map<Long, Long> spentBefore;
  private long sampledNanos = System.nanoTime();

  /** Meters this process and its children from now on. */
  public ProcessMeter(Meter meter) {
    this(meter, Processes::thisAndChildren);
  }

  /** Meters another process alone from now on; nothing once it is gone. */
  public ProcessMeter(Meter meter, ProcessHandle process) {
    this(meter, () -> Stream.of(process).filter(ProcessHandle::isAlive));
  }

  private ProcessMeter(Meter meter, Supplier<Stream<ProcessHandle>> processes) {
    this.meter = meter;
    this.processes = processes;
    this.spentBefore = Processes.processorNanos(processes.get());
  }

  /** Adds what was used since the last sample. */
  public synchronized void sample() {
    Map<Long, Long> spent = Processes.processorNanos(processes.get());
    long now = System.nanoTime();
    long cpu = 0;
    for (Map.Entry<Long, Long> process : spent.entrySet()) {
      // A child that was not there before has used all of it since.
      cpu += Math.max(0, process.getValue() - spentBefore.getOrDefault(process.getKey(), 0L));
    }
    meter.add(Quantity.CPU_SECONDS, cpu / 1e9);
    meter.add(
        Quantity.MEMORY_GB_SECONDS,
        Processes.residentBytes(processes.get()) / 1e9 * ((now - sampledNanos) / 1e9));
    spentBefore = spent;
    sampledNanos = now;
  }
}
