package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.Watching;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/**
 * Follows the catalogue: gives streams to readers, and takes them back from readers that died and
 * when nobody wants them any more.
 *
 * <p>Which reader has which stream is not part of its state: after a failure the readers say what
 * they remember when they register, and only when all have, what nobody remembers begins anew.
 */
final class StreamEnumerator implements SplitEnumerator<StreamSplit, Orders> {
  private static final Logger LOGGER = System.getLogger(StreamEnumerator.class.getName());

  private final SplitEnumeratorContext<StreamSplit> context;
  private final StreamCatalogue catalogue;
  private final long periodMillis;
  private final Placement placement = new Placement();

  private Orders orders;
  private final Map<String, Integer> owners = new LinkedHashMap<>();
  private final Map<String, Watching> watched = new HashMap<>();
  private final Map<String, StreamSplit> waiting = new LinkedHashMap<>();
  private final Set<String> releasing = new HashSet<>();
  private boolean reachable = true;

  /**
   * @param orders what was wanted last
   * @param periodMillis from one look into the catalogue to the next
   */
  StreamEnumerator(
      SplitEnumeratorContext<StreamSplit> context,
      StreamCatalogue catalogue,
      long periodMillis,
      Orders orders) {
    this.context = context;
    this.catalogue = catalogue;
    this.periodMillis = periodMillis;
    this.orders = orders;
  }

  @Override
  public void start() {
    context.callAsync(catalogue::read, this::looked, 0, periodMillis);
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
    releasing.removeIf(run -> !owners.containsKey(run));
    placement.forget(reader);
  }

  /** Makes what is done equal to what is wanted. */
  private void follow() {
    Set<Integer> readers = context.registeredReaders().keySet();
    if (readers.size() < context.currentParallelism()) {
      return;
    }
    Set<String> wanted = new HashSet<>();
    for (StreamOrder order : orders.streams()) {
      wanted.add(order.run());
      Integer owner = owners.get(order.run());
      if (owner == null) {
        StreamSplit saved = waiting.remove(order.run());
        assign(saved == null ? StreamSplit.begin(order) : saved.with(order), readers);
      } else {
        watch(order, owner);
      }
    }
    // What was open when its reader died is closed by another before it is forgotten.
    List.copyOf(waiting.values()).forEach(split -> assign(split, readers));
    waiting.clear();
    owners.forEach(
        (run, reader) -> {
          if (!wanted.contains(run) && releasing.add(run)) {
            context.sendEventToSourceReader(reader, new ReaderEvent.Release(run));
          }
        });
    if (orders.last() && owners.isEmpty()) {
      readers.forEach(context::signalNoMoreSplits);
    }
  }

  private void assign(StreamSplit split, Set<Integer> readers) {
    int reader = placement.choose(readers, owners.values());
    owners.put(split.splitId(), reader);
    watched.put(split.splitId(), split.order().stream().watching());
    context.assignSplit(split, reader);
  }

  private void watch(StreamOrder order, int owner) {
    Watching watching = order.stream().watching();
    if (!watching.equals(watched.put(order.run(), watching))) {
      context.sendEventToSourceReader(
          owner, new ReaderEvent.Watch(order.run(), watching.light(), watching.calm()));
    }
  }

  @Override
  public void handleSourceEvent(int reader, SourceEvent event) {
    switch (event) {
      case ReaderEvent.Released released -> {
        owners.remove(released.run());
        watched.remove(released.run());
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
  public Orders snapshotState(long checkpoint) {
    return orders;
  }

  @Override
  public void close() {}
}
