package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.net.OutboundPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class StreamEnumeratorTest {
  private final Coordinator coordinator = new Coordinator();
  private final List<ProcessReport> reports = new ArrayList<>();
  private Orders orders = Orders.NONE;

  private StreamEnumerator enumerator() {
    StreamEnumerator enumerator =
        new StreamEnumerator(coordinator, known -> orders, 1_000, reports::add, Plan.NONE);
    enumerator.start();
    enumerator.addReader(0);
    return enumerator;
  }

  private static Orders orders(String teller, String... streams) {
    List<StreamOrder> wanted = new ArrayList<>();
    for (String stream : streams) {
      wanted.add(
          new StreamOrder(
              stream + "/1",
              new StreamSpec(
                  stream, SourceRequest.of("a"), Optional.empty(), List.of(), List.of(), true),
              List.of(),
              IncidentPolicy.DEFAULT,
              Map.of()));
    }
    return new Orders(teller, 1, wanted, false);
  }

  @Test
  void looked_firstTeller_isToldWhatHappensAndNothingTwice() {
    StreamEnumerator enumerator = enumerator();
    orders = orders("first", "s");

    coordinator.look();

    assertThat(coordinator.said).containsExactly("s/1");
    enumerator.close();
  }

  @Test
  void looked_anotherTeller_asksForWhatIsOpenBeforeAnythingNewBegins() {
    StreamEnumerator enumerator = enumerator();
    orders = orders("first", "s");
    coordinator.look();
    coordinator.said.clear();
    orders = orders("second", "s", "new");

    coordinator.look();
    coordinator.look();

    assertThat(coordinator.said).containsExactly("Retell[]", "new/1");
    enumerator.close();
  }

  @Test
  void looked_inputsMayLeadElsewhere_tellsTheReaderOnceAndBeginsNothing() {
    StreamEnumerator enumerator = enumerator();
    orders = orders("first", "s");
    coordinator.look();
    coordinator.said.clear();
    StreamOrder order = orders.streams().getFirst();
    OutboundPolicy policy = new OutboundPolicy(Set.of("https"), false, List.of());
    orders =
        new Orders(
            "first",
            2,
            List.of(
                new StreamOrder(
                    order.run(),
                    order.stream().withAddresses(policy),
                    order.folds(),
                    order.policy(),
                    order.labels())),
            false);

    coordinator.look();
    coordinator.look();

    assertThat(coordinator.said)
        .singleElement()
        .asString()
        .startsWith("Watch[run=s/1")
        .contains(policy.terms().orElseThrow().toString());
    enumerator.close();
  }

  @Test
  void start_supervised_tellsWhatTheJobManagerUses() {
    StreamEnumerator enumerator = enumerator();

    coordinator.look();
    coordinator.look();

    assertThat(reports)
        .hasSize(2)
        .allSatisfy(
            report ->
                assertThat(report.used())
                    .singleElement()
                    .returns(ClusterPart.JOBMANAGER, ProcessUsage::part)
                    .returns(ProcessHandle.current().pid(), ProcessUsage::pid)
                    .returns(reports.getFirst().used().getFirst().meter(), ProcessUsage::meter));
    enumerator.close();
  }

  /** One reader, and a catalogue that is looked at when the test says so. */
  private static final class Coordinator implements SplitEnumeratorContext<StreamSplit> {
    private final List<String> said = new ArrayList<>();
    private Runnable look = () -> {};

    void look() {
      look.run();
    }

    @Override
    public void sendEventToSourceReader(int reader, SourceEvent event) {
      said.add(event.toString());
    }

    @Override
    public void assignSplits(SplitsAssignment<StreamSplit> splits) {
      splits.assignment().values().forEach(own -> own.forEach(one -> said.add(one.splitId())));
    }

    @Override
    public int currentParallelism() {
      return 1;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
      return Map.of(0, new ReaderInfo(0, "here"));
    }

    @Override
    public <T> void callAsync(
        Callable<T> call, BiConsumer<T, Throwable> then, long firstMillis, long periodMillis) {
      Runnable before = look;
      look =
          () -> {
            before.run();
            try {
              then.accept(call.call(), null);
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          };
    }

    @Override
    public <T> void callAsync(Callable<T> call, BiConsumer<T, Throwable> then) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void runInCoordinatorThread(Runnable work) {
      work.run();
    }

    @Override
    public void signalNoMoreSplits(int reader) {
      said.add("no more");
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
      return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
    }
  }
}
