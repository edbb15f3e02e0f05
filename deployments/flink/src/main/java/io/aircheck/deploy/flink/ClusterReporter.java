package io.aircheck.deploy.flink;

import io.aircheck.core.meter.Quantity;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the processes use that a {@link ClusterMeter} sees: to who supervises the job, and as
 * metrics of Flink. Used by one thread, but for its metrics.
 */
final class ClusterReporter {
  static final long PERIOD_MILLIS = 5_000;

  private final ClusterMeter meter;
  private final @Nullable Supervisor supervisor;
  private final MetricGroup metrics;
  private final ProcessBook seen = new ProcessBook(used -> false);
  private final Set<ClusterPart> measured = EnumSet.noneOf(ClusterPart.class);

  /**
   * @param supervisor null: nobody supervises the job
   * @param metrics where a group is made for each part of the cluster
   */
  ClusterReporter(ClusterMeter meter, @Nullable Supervisor supervisor, MetricGroup metrics) {
    this.meter = meter;
    this.supervisor = supervisor;
    this.metrics = metrics;
  }

  /**
   * Measures and tells; to be called every few seconds.
   *
   * @return how many processes are seen
   * @throws IOException when it cannot be measured or told now
   */
  int report() throws IOException {
    ProcessReport report = new ProcessReport(meter.sample());
    for (ProcessUsage used : report.used()) {
      seen.told(used);
      if (measured.add(used.part())) {
        show(used.part());
      }
    }
    if (supervisor != null) {
      supervisor.tell(report);
    }
    return report.used().size();
  }

  private void show(ClusterPart part) {
    MetricGroup group = metrics.addGroup("part", part.word());
    show(group, "usage_cpu_seconds", part, Quantity.CPU_SECONDS);
    show(group, "usage_memory_gb_seconds", part, Quantity.MEMORY_GB_SECONDS);
  }

  private void show(MetricGroup group, String name, ClusterPart part, Quantity quantity) {
    Gauge<Double> sum = () -> seen.of(part).of(quantity);
    group.gauge(name, sum);
  }
}
