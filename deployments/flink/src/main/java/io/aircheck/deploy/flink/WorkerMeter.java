package io.aircheck.deploy.flink;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.ProcessMeter;

/** Meters this process as a worker, once for all of its readers. Thread-safe. */
final class WorkerMeter {
  private static final Meter METER = new Meter();
  private static final ProcessMeter PROCESSES = new ProcessMeter(METER);

  private WorkerMeter() {}

  /** What it has used, its children included, since this was first asked. */
  static ProcessUsage used() {
    PROCESSES.sample();
    return ProcessUsage.of(
        ProcessUsage.HERE, ProcessHandle.current().pid(), ClusterPart.TASKMANAGER, METER.usage());
  }
}
