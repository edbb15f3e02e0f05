package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.notify.IncidentSink;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.store.IncidentStore;
import io.aircheck.core.store.ServiceStore;
import io.aircheck.core.task.StreamTask;
import io.aircheck.incidents.IncidentFold;
import io.aircheck.notify.kafka.KafkaSink;
import io.aircheck.storage.sql.PostgresIncidentSink;
import io.aircheck.storage.sql.SqlStore;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.FakeClock;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.FakeSources;
import io.aircheck.testkit.KafkaBroker;
import io.aircheck.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs without a service that bring incidents to a real Kafka and a real PostgreSQL. */
@Tag("slow")
class SinkJobTest {
  private static final DetectorCatalog CATALOG = new DetectorCatalog(List.of(DarkDetector.FACTORY));
  private static final String TOPIC = "incidents";
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  @TempDir private static Path folder;
  @RegisterExtension private static final PostgresServer POSTGRES = new PostgresServer(100);
  private static int jobs;

  private final FakeSources sources = new FakeSources();

  /** Name of the sink that is to fail next; empty: none. */
  private final AtomicReference<String> failing = new AtomicReference<>("");

  private final String database = "sink" + ++jobs;
  private KafkaBroker broker;
  private @Nullable JobClient job;

  SinkJobTest() throws Exception {
    broker = new KafkaBroker(folder.resolve("kafka" + jobs), TOPIC);
  }

  @BeforeEach
  void createDatabase() {
    POSTGRES.create(database);
  }

  @AfterEach
  void stop() throws Exception {
    if (job != null) {
      job.cancel().get(60, TimeUnit.SECONDS);
    }
    broker.close();
  }

  private void postgresIsAway(boolean away) {
    POSTGRES.allow(database, !away);
    POSTGRES.cut(database);
  }

  private KafkaSink kafka() {
    return new KafkaSink(
        Map.of("bootstrapServers", broker.address(), "topic", TOPIC, "timeoutSeconds", "5"));
  }

  private PostgresIncidentSink postgres() {
    return new PostgresIncidentSink(POSTGRES.address(database), PostgresServer.USER, "");
  }

  /** The same sink, which brings the job down when it is told to, behind a batch that was taken. */
  private SharedSink failing(String id, Supplier<? extends IncidentSink> sinks) {
    return SharedSink.of(
        id,
        () ->
            new FailingSink(
                sinks.get(),
                () -> failing.getAndUpdate(next -> next.equals(id) ? "" : next).equals(id)));
  }

  /** A sink that is never away: stream and type of each change. */
  private record Heard(BlockingQueue<String> changes) implements IncidentSink {
    @Override
    public Optional<String> open() {
      return Optional.empty();
    }

    @Override
    public void take(Batch batch) {
      for (Notification one : batch.notifications()) {
        changes.add(one.change().incident().stream() + " " + one.change().type());
      }
    }

    @Override
    public void close() {}
  }

  private static FakeSource dark() {
    return FakeSource.of(true).picture(0, 16).picture(40_000, 16).picture(80_000, 16).waits();
  }

  private static FakeSource bright() {
    return FakeSource.of(true).picture(0, 128).picture(40_000, 128).waits();
  }

  /** A stream that is dark when it is first opened, and not any more later. */
  private StreamList.Entry stream(String id) {
    sources.on(id, SinkJobTest::dark, SinkJobTest::bright);
    StreamSpec spec =
        new StreamSpec(
            id,
            SourceRequest.of(id),
            Optional.empty(),
            List.of(),
            List.of(new DetectorChoice(DarkDetector.KIND, Map.of())),
            true);
    return new StreamList.Entry(spec, IncidentPolicy.DEFAULT, Map.of("cdn", id));
  }

  private void watch(StreamList list, SinkSetup... sinks) throws IOException {
    WorkerSetup workers =
        SharedSetup.of(
            CATALOG,
            List.of(),
            Optional.of(new IncidentFold()),
            new StreamTask.Surroundings(
                sources,
                PictureAnalyzers.installed(),
                SoundAnalyzers.installed(),
                new FakeClock(),
                new Random(1)));
    job =
        new WatchJob(workers, Duration.ofMillis(100), Duration.ofMillis(50))
            .submit(
                StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration()),
                new ListedStreams(list, List.of()),
                List.of(sinks).stream().map(Exit.ToSink::new).toList());
  }

  /** What Kafka has, when it has so much: stream and type of each change. */
  private List<String> published(int atLeast) {
    List<String> told = new ArrayList<>();
    for (ConsumerRecord<String, String> event : broker.read(TOPIC, atLeast)) {
      assertThat(event.value())
          .contains(
              "\"specversion\":\"1.0\"", "\"labels\":{\"cdn\":\"%s\"}".formatted(event.key()));
      String type = event.value().replaceAll(".*\"type\":\"io.aircheck.incident.(\\w+)\".*", "$1");
      told.add(event.key() + " " + type);
    }
    return told;
  }

  /** What PostgreSQL has, when it has so much: stream and type of each change. */
  private List<String> stored(int atLeast) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    List<String> told = new ArrayList<>();
    // As a service on this database has it.
    try (ServiceStore store =
        SqlStore.postgres(POSTGRES.address(database), PostgresServer.USER, "")) {
      while (told.size() < atLeast && System.nanoTime() < deadline) {
        told.clear();
        for (Incident incident :
            store.incidents().list(IncidentStore.Query.ALL, Optional.empty(), 100).items()) {
          List<IncidentChange> history = store.incidents().history(incident.id());
          // It may have changed since it was listed, and is read again then.
          if (history.getLast().incident().equals(incident)) {
            history.forEach(change -> told.add(incident.stream() + " " + change.type()));
          }
        }
      }
    }
    return told;
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "postgresql"})
  void job_failsBehindABatchThatWasTaken_bringsEachChangeOnce(String sink) throws Exception {
    StreamList.Entry first = stream("a");
    SharedList list = SharedList.of(first);
    watch(list, failing("kafka", this::kafka), failing("postgresql", this::postgres));
    assertThat(published(1)).containsExactly("a opened");
    assertThat(stored(1)).containsExactly("a OPENED");

    failing.set(sink);
    StreamList.Entry second = stream("b");
    list.set(first, second);
    // Once more each, since the job begins anew; both are bright then.
    sources.awaitOpened(4);
    assertThat(published(4))
        .containsExactlyInAnyOrder("a opened", "b opened", "a recovering", "b recovering");
    list.set();

    List<String> all = published(6);
    assertThat(all).hasSize(6);
    assertThat(all).containsSubsequence("a opened", "a recovering", "a closed");
    assertThat(all).containsSubsequence("b opened", "b recovering", "b closed");
    assertThat(stored(6))
        .containsExactlyInAnyOrder(
            "a OPENED", "a RECOVERING", "a CLOSED", "b OPENED", "b RECOVERING", "b CLOSED");
    assertThat(failing).hasValue("");
  }

  @Test
  void sinks_areAway_jobGoesOnAndDeliversLater() throws Exception {
    StreamList.Entry first = stream("a");
    SharedList list = SharedList.of(first);
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    watch(
        list,
        SharedSink.of("kafka", this::kafka),
        SharedSink.of("postgresql", this::postgres),
        SharedSink.of("heard", () -> new Heard(heard)));
    assertThat(heard.poll(PATIENCE_NANOS, TimeUnit.NANOSECONDS)).isEqualTo("a OPENED");
    assertThat(published(1)).containsExactly("a opened");
    assertThat(stored(1)).containsExactly("a OPENED");

    broker.stop();
    postgresIsAway(true);
    list.set(first, stream("b"));
    // What is not found yet would be stopped without an incident.
    assertThat(heard.poll(PATIENCE_NANOS, TimeUnit.NANOSECONDS)).isEqualTo("b OPENED");
    list.set(first);
    list.set(first, stream("c"));
    sources.awaitOpened(3);
    broker.start();
    postgresIsAway(false);

    assertThat(published(5))
        .containsExactlyInAnyOrder("a opened", "b opened", "b recovering", "b closed", "c opened")
        .containsSubsequence("b opened", "b recovering", "b closed");
    assertThat(stored(5))
        .containsExactlyInAnyOrder("a OPENED", "b OPENED", "b RECOVERING", "b CLOSED", "c OPENED");
    // Nothing was watched anew meanwhile.
    assertThat(sources.opened()).hasSize(3);
    assertThat(sources.openings("a")).isEqualTo(1);
  }
}
