package io.aircheck.deploy.flink;

import com.sun.management.OperatingSystemMXBean;
import io.aircheck.deploy.flink.RunningStream.Deed;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/**
 * Runs the streams that are given to it. Its thread is Flink's and never waits: streams work on
 * threads of their own, and a checkpoint is what they sent last.
 */
final class StreamReader implements SourceReader<StreamReport, StreamSplit> {
  /** Deeds that wait to be taken; streams wait for each other beyond it. */
  private static final int QUEUED = 1_000;

  /** A stream that this reader has; only touched by Flink's thread. */
  private static final class Holding {
    private final StreamOrder order;
    private final Map<String, SavedTask> tasks;
    private final @Nullable RunningStream running;
    private boolean over;
    private boolean releasing;
    private boolean again;

    Holding(StreamSplit split, @Nullable RunningStream running) {
      this.order = split.order();
      this.tasks = new HashMap<>(split.tasks());
      this.over = split.over();
      this.running = running;
    }

    StreamSplit split() {
      return new StreamSplit(order, tasks, over);
    }
  }

  private final SourceReaderContext context;
  private final WorkerSetup workers;
  private final Handover<Deed> deeds = new Handover<>(QUEUED);
  private final Map<String, Holding> holdings = new LinkedHashMap<>();

  /** Those that are running, by stream; looked at by whoever does errands. */
  private final Map<String, RunningStream> atWork = new ConcurrentHashMap<>();

  private final @Nullable ErrandRunner errands;
  private final ReaderMetrics metrics;
  private boolean noMore;

  /** Runs of which is to be said again what is open. */
  private final Set<String> retelling = new LinkedHashSet<>();

  StreamReader(SourceReaderContext context, WorkerSetup workers, @Nullable Errands errands) {
    this.context = context;
    this.workers = workers;
    this.metrics = new ReaderMetrics(context.metricGroup().addGroup(StreamEnumerator.METRICS));
    this.errands = errands == null ? null : new ErrandRunner(errands, atWork);
  }

  @Override
  public void start() {
    tellLoad();
  }

  @Override
  public void addSplits(List<StreamSplit> splits) {
    for (StreamSplit split : splits) {
      if (split.over()) {
        holdings.put(split.splitId(), new Holding(split, null));
      } else {
        RunningStream running = new RunningStream(split, workers, deeds::put);
        holdings.put(split.splitId(), new Holding(split, running));
        atWork.put(split.order().stream().id(), running);
        running.start();
      }
    }
    metrics.watching(watched());
  }

  /** Runs that are not over. */
  private Set<String> watched() {
    Set<String> watched = new HashSet<>();
    holdings.forEach(
        (run, holding) -> {
          if (!holding.over) {
            watched.add(run);
          }
        });
    return watched;
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    switch (event) {
      case ReaderEvent.Release release -> release(release);
      case ReaderEvent.Watch watch -> {
        Holding holding = holdings.get(watch.run());
        if (holding != null && holding.running != null) {
          holding.running.watch(watch.watching(), watch.addresses());
        }
      }
      case ReaderEvent.Retell retell -> {
        retelling.addAll(holdings.keySet());
        deeds.wake();
      }
      default -> throw new IllegalArgumentException("an enumerator does not say " + event);
    }
  }

  private void release(ReaderEvent.Release release) {
    Holding holding = holdings.get(release.run());
    if (holding == null || holding.over || holding.running == null) {
      forget(release.run());
    } else {
      holding.releasing = true;
      holding.again = release.again();
      holding.running.stop();
    }
  }

  private void forget(String run) {
    holdings.remove(run);
    metrics.watching(watched());
    context.sendSourceEventToCoordinator(new ReaderEvent.Released(run));
  }

  @Override
  public InputStatus pollNext(ReaderOutput<StreamReport> output) {
    retell(output);
    Deed deed = deeds.poll();
    if (deed != null) {
      take(deed, output);
    }
    if (noMore && holdings.isEmpty()) {
      return InputStatus.END_OF_INPUT;
    }
    return deeds.isEmpty() ? InputStatus.NOTHING_AVAILABLE : InputStatus.MORE_AVAILABLE;
  }

  private void retell(ReaderOutput<StreamReport> output) {
    for (String run : retelling) {
      Holding holding = holdings.get(run);
      if (holding != null && holding.running != null) {
        output.collect(new StreamReport.Retold(holding.order.toRun()));
        holding.running.showAgain();
      }
    }
    retelling.clear();
  }

  /** All of a deed at once: no checkpoint comes between what was observed and its snapshot. */
  private void take(Deed deed, ReaderOutput<StreamReport> output) {
    Holding holding = holdings.get(deed.run());
    if (holding == null) {
      return;
    }
    switch (deed) {
      case Deed.Advanced advanced -> {
        output.collect(advanced.report());
        metrics.advanced(advanced.report());
        holding.tasks.put(advanced.report().task(), advanced.saved());
      }
      case Deed.Ended ended -> {
        holding.over = true;
        metrics.watching(watched());
        if (holding.running != null) {
          atWork.remove(holding.order.stream().id(), holding.running);
        }
        output.collect(
            new StreamReport.Ended(
                holding.order.toRun(), ended.failure(), holding.again, System.currentTimeMillis()));
        if (holding.releasing) {
          forget(deed.run());
        }
      }
    }
  }

  @Override
  public List<StreamSplit> snapshotState(long checkpoint) {
    tellLoad();
    List<StreamSplit> splits = new ArrayList<>();
    holdings.values().forEach(holding -> splits.add(holding.split()));
    return splits;
  }

  /**
   * What a process without streams is busy with is its own beginning, or that of the job: it says
   * nothing of what it can take.
   */
  private void tellLoad() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine) {
      double processors = machine.getAvailableProcessors();
      double busy = atWork.isEmpty() ? 0 : Math.max(0, machine.getProcessCpuLoad()) * processors;
      context.sendSourceEventToCoordinator(new ReaderEvent.Load(processors, busy));
    }
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return deeds.available();
  }

  @Override
  public void notifyNoMoreSplits() {
    noMore = true;
    deeds.wake();
  }

  /** Without a word: whoever goes on with these streams goes on from a checkpoint. */
  @Override
  public void close() {
    if (errands != null) {
      errands.close();
    }
    deeds.close();
    for (Holding holding : holdings.values()) {
      if (holding.running != null) {
        holding.running.stop();
      }
    }
  }
}
