package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.Watching;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Follows the catalogue: gives streams to readers, and takes them back from readers that died and
 * when nobody wants them any more.
 *
 * <p>Which reader has which stream is not part of its state: after a failure the readers say what
 * they remember when they register, and only when all have, what nobody remembers begins anew.
 */
final class StreamEnumerator implements SplitEnumerator<StreamSplit, Plan> {
  /** Group of the metrics of Flink that are those of Aircheck. */
  static final String METRICS = "aircheck";

  private static final Logger LOGGER = System.getLogger(StreamEnumerator.class.getName());

  private final SplitEnumeratorContext<StreamSplit> context;
  private final StreamCatalogue catalogue;
  private final long periodMillis;
  private final Placement placement = new Placement();
  private final ClusterReporter reporter;

  /** Changed by the thread of the enumerator; the one that looks for others reads it. */
  private volatile Orders orders;

  private final Map<String, Integer> owners = new LinkedHashMap<>();

  /** What runs, as it was ordered, by run. */
  private final Map<String, StreamOrder> given = new HashMap<>();

  private final Map<String, StreamSplit> waiting = new LinkedHashMap<>();
  private final Set<String> releasing = new HashSet<>();
  private boolean reachable = true;

  /** Streams that are wanted and that no reader has. */
  private volatile int withoutReader;

  private boolean retelling;

  /**
   * @param periodMillis from one look into the catalogue to the next
   * @param supervisor wants to know what the cluster uses; null: nobody does
   * @param plan what an earlier enumerator remembered
   */
  StreamEnumerator(
      SplitEnumeratorContext<StreamSplit> context,
      StreamCatalogue catalogue,
      long periodMillis,
      @Nullable Supervisor supervisor,
      Plan plan) {
    this.context = context;
    this.catalogue = catalogue;
    this.periodMillis = periodMillis;
    this.orders = plan.orders();
    plan.waiting().forEach(split -> waiting.put(split.splitId(), split));
    MetricGroup metrics = context.metricGroup().addGroup(METRICS);
    Gauge<Integer> wanted = () -> orders.streams().size();
    Gauge<Integer> unowned = () -> withoutReader;
    metrics.gauge("streams_wanted", wanted);
    metrics.gauge("streams_waiting", unowned);
    this.reporter = new ClusterReporter(ClusterMeter.here(), supervisor, metrics);
  }

  @Override
  public void start() {
    context.callAsync(() -> catalogue.read(orders), this::looked, 0, periodMillis);
    // Whoever cannot be told now is the same who has the catalogue, which says so then.
    context.callAsync(reporter::report, (seen, failure) -> {}, 0, ClusterReporter.PERIOD_MILLIS);
  }

  private void looked(@Nullable Orders found, @Nullable Throwable failure) {
    if (found == null) {
      if (reachable) {
        LOGGER.log(
            Level.WARNING, "the catalogue cannot be read, what was read last holds", failure);
      }
      reachable = false;
      return;
    }
    reachable = true;
    // The first teller has missed nothing.
    retelling |= !orders.teller().isEmpty() && !found.teller().equals(orders.teller());
    orders = found;
    follow();
  }

  @Override
  public void addReader(int reader) {
    forget(reader);
    ReaderInfo info = context.registeredReaders().get(reader);
    if (info != null) {
      List<StreamSplit> remembered = info.getReportedSplitsOnRegistration();
      // What the reader remembers is as old as the checkpoint that everything goes back to.
      remembered.forEach(split -> waiting.put(split.splitId(), split));
    }
    follow();
  }

  /** Streams given to a reader after the checkpoint that it goes back to. */
  @Override
  public void addSplitsBack(List<StreamSplit> splits, int reader) {
    forget(reader);
    splits.forEach(split -> waiting.putIfAbsent(split.splitId(), split));
  }

  private void forget(int reader) {
    owners.entrySet().removeIf(owner -> owner.getValue() == reader);
    given.keySet().retainAll(owners.keySet());
    releasing.removeIf(run -> !owners.containsKey(run));
    placement.forget(reader);
  }

  /** Makes what is done equal to what is wanted. */
  private void follow() {
    Set<Integer> readers = context.registeredReaders().keySet();
    if (readers.size() < context.currentParallelism()) {
      return;
    }
    if (retelling) {
      // Before anything is given: what begins now is told as it happens.
      retelling = false;
      readers.forEach(reader -> context.sendEventToSourceReader(reader, new ReaderEvent.Retell()));
    }
    Map<String, StreamOrder> wanted = new LinkedHashMap<>();
    orders.streams().forEach(order -> wanted.put(order.run(), order));
    Set<String> streams = new HashSet<>();
    orders.streams().forEach(order -> streams.add(order.stream().id()));
    Set<String> leaving = leaving(wanted.keySet());
    for (StreamOrder order : wanted.values()) {
      Integer owner = owners.get(order.run());
      if (owner != null) {
        watch(order, owner);
      } else if (!leaving.contains(order.stream().id())) {
        StreamSplit saved = waiting.remove(order.run());
        assign(saved == null ? StreamSplit.begin(order) : saved.with(order), readers);
      }
    }
    for (StreamSplit split : List.copyOf(waiting.values())) {
      if (!wanted.containsKey(split.splitId())) {
        // What was open when its reader died is closed by another before it is forgotten.
        waiting.remove(split.splitId());
        assign(split, readers);
      }
    }
    owners.forEach(
        (run, reader) -> {
          if (!wanted.containsKey(run) && releasing.add(run)) {
            context.sendEventToSourceReader(
                reader, new ReaderEvent.Release(run, streams.contains(streamOf(run))));
          }
        });
    withoutReader = (int) wanted.keySet().stream().filter(run -> !owners.containsKey(run)).count();
    if (orders.last() && owners.isEmpty()) {
      readers.forEach(context::signalNoMoreSplits);
    }
  }

  /** Streams of runs that are not wanted any more: another run of them has to wait. */
  private Set<String> leaving(Set<String> wanted) {
    Set<String> leaving = new HashSet<>();
    for (String run : owners.keySet()) {
      if (!wanted.contains(run)) {
        leaving.add(streamOf(run));
      }
    }
    for (StreamSplit split : waiting.values()) {
      if (!wanted.contains(split.splitId())) {
        leaving.add(split.order().stream().id());
      }
    }
    return leaving;
  }

  private String streamOf(String run) {
    return Objects.requireNonNull(given.get(run), "what has an owner was given").stream().id();
  }

  private void assign(StreamSplit split, Set<Integer> readers) {
    int reader = placement.choose(readers, owners.values());
    owners.put(split.splitId(), reader);
    given.put(split.splitId(), split.order());
    context.assignSplit(split, reader);
  }

  private void watch(StreamOrder order, int owner) {
    Watching watching = order.stream().watching();
    StreamOrder before = given.put(order.run(), order);
    if (before == null
        || !before.stream().watching().equals(watching)
        || !before.addresses().equals(order.addresses())) {
      context.sendEventToSourceReader(
          owner,
          new ReaderEvent.Watch(
              order.run(), watching.light(), watching.calm(), order.addresses().orElse(null)));
    }
  }

  @Override
  public void handleSourceEvent(int reader, SourceEvent event) {
    switch (event) {
      case ReaderEvent.Released released -> {
        owners.remove(released.run());
        given.remove(released.run());
        releasing.remove(released.run());
        follow();
      }
      case ReaderEvent.Load load -> placement.measured(reader, load);
      default -> throw new IllegalArgumentException("a reader does not say " + event);
    }
  }

  /** Streams are given, not asked for. */
  @Override
  public void handleSplitRequest(int reader, @Nullable String host) {}

  @Override
  public Plan snapshotState(long checkpoint) {
    return new Plan(orders, List.copyOf(waiting.values()));
  }

  @Override
  public void close() {}
}
