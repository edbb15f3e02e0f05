package io.aircheck.deploy.flink.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.fact.FactLayout.Column;
import io.aircheck.core.fact.FactLayout.Kind;
import io.aircheck.core.fact.FactLine;
import io.aircheck.core.fact.FactQuestion;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.viewer.ReportLog;
import io.aircheck.experience.archive.SessionFacts;
import io.aircheck.experience.archive.ViewFact;
import io.aircheck.experience.archive.ViewFacts;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.RecentCube;
import io.aircheck.experience.cube.WindowCube;
import io.aircheck.experience.engine.Audience;
import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.engine.Told;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.ReportSchema;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.scale.ScaledViewers;
import io.aircheck.experience.scale.StatelessCollector;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionPolicy;
import io.aircheck.notify.kafka.KafkaReportLog;
import io.aircheck.storage.parquet.DiskFactFiles;
import io.aircheck.storage.parquet.FactEngine;
import io.aircheck.storage.parquet.FactFiles;
import io.aircheck.storage.parquet.FactLimits;
import io.aircheck.storage.parquet.ParquetFacts;
import io.aircheck.storage.parquet.ParquetOutlet;
import io.aircheck.storage.s3.S3FactFiles;
import io.aircheck.storage.s3.S3FactTarget;
import io.aircheck.storage.s3.S3Key;
import io.aircheck.storage.s3.S3Location;
import io.aircheck.storage.sql.PostgresRollupSource;
import io.aircheck.storage.sql.PostgresRollups;
import io.aircheck.testkit.BucketServer;
import io.aircheck.testkit.KafkaBroker;
import io.aircheck.testkit.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of viewers: an audience with a bad network leads to the same sums and the same views
 * in one process and as a job that fails in the middle, each once.
 */
@Tag("slow")
class ViewerJobTest {
  private static final String TOPIC = "viewer-reports";
  private static final String BUCKET = "viewers";
  private static final int PARTITIONS = 3;
  private static final long HOUR = 3_600_000;
  private static final Rolling EAGER = new Rolling(20, Duration.ofMillis(1));
  private static final long PATIENCE_NANOS = 90_000_000_000L;
  private static final long LOOK_NANOS = 50_000_000L;

  /** Windows of a minute, as many as the audience needs. */
  private static final CubeSpec MINUTES =
      new CubeSpec(60_000, 600, CubeSpec.lastHour().groupings(), 500);

  @RegisterExtension private static final PostgresServer POSTGRES = new PostgresServer(100);

  @TempDir private Path folder;
  private final KeptRollups rollups = new KeptRollups();
  private final KeptFacts facts = new KeptFacts();
  private @Nullable JobClient job;

  @AfterEach
  void stop() throws Exception {
    if (job != null) {
      job.cancel().get(60, TimeUnit.SECONDS);
    }
  }

  private static SessionFold fold() {
    return new SessionFold(SessionPolicy.DEFAULT, Quirk.ofSession());
  }

  /** What one process makes of it. */
  private static final class Alone {
    private final List<Told> told = new ArrayList<>();
    private final Audience audience =
        new Audience(fold(), MINUTES, 1_000_000, news -> addTo(told, news));

    private static synchronized void addTo(List<Told> all, List<Told> news) {
      all.addAll(news);
    }

    void take(List<ViewerReport> body) {
      audience.take(body);
    }

    /** Rows that a store is to have. */
    Map<KeptRollups.Place, Map<String, Long>> rows() {
      Map<KeptRollups.Place, Map<String, Long>> rows = new HashMap<>();
      long first = Delivered.BEGIN - HOUR;
      for (long at = first - first % 60_000; at < Delivered.BEGIN + 3 * HOUR; at += 60_000) {
        for (CubeSpec.Grouping grouping : MINUTES.groupings()) {
          CubeQuery query = new CubeQuery(at, at + 60_000, Map.of(), grouping.dimensions());
          CubeAnswer answer = audience.ask(query).orElseThrow();
          assertThat(answer.otherDeltas()).isZero();
          for (CubeAnswer.Row row : answer.rows()) {
            rows.put(
                new KeptRollups.Place(at, grouping.dimensions(), row.values(), false),
                sums(row.cell().sums()));
          }
        }
      }
      return rows;
    }

    /** Sums of everything. */
    Map<String, Long> truth() {
      return sums(
          told.stream().map(one -> one.delta().measures()).reduce(Measures.ZERO, Measures::plus));
    }

    private static Map<String, Long> sums(Measures measures) {
      Map<String, Long> sums = new LinkedHashMap<>();
      for (Measure measure : Measure.values()) {
        if (measures.get(measure) != 0) {
          sums.put(measure.id(), measures.get(measure));
        }
      }
      return sums;
    }

    /** Views by session and number: all sums, and the latest end. */
    Map<List<@Nullable Object>, List<@Nullable Object>> views() {
      ViewFacts rules = new ViewFacts();
      List<Fact> each = new ArrayList<>();
      for (Told one : told) {
        ViewFact view = rules.with(null, one.delta(), one.atMillis());
        each.add(rules.fact(view));
      }
      return merged(each);
    }
  }

  /** Facts put together as whoever asks the table puts them together. */
  private static Map<List<@Nullable Object>, List<@Nullable Object>> merged(List<Fact> facts) {
    List<Column> columns = new ViewFacts().layout().columns();
    Map<List<@Nullable Object>, List<@Nullable Object>> views = new HashMap<>();
    for (Fact fact : facts) {
      List<@Nullable Object> key = new ArrayList<>(List.of(fact.timeMillis()));
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).kind().isKey()) {
          key.add(fact.cells().get(i));
        }
      }
      views.merge(key, fact.cells(), (one, other) -> merged(columns, one, other));
    }
    return views;
  }

  private static List<@Nullable Object> merged(
      List<Column> columns, List<@Nullable Object> one, List<@Nullable Object> other) {
    List<@Nullable Object> both = new ArrayList<>(one);
    boolean later = false;
    for (int i = 0; i < columns.size(); i++) {
      Object mine = one.get(i);
      Object theirs = other.get(i);
      if (columns.get(i).kind() == Kind.SUM) {
        both.set(i, number(mine) + number(theirs));
      } else if (columns.get(i).kind() == Kind.EARLIEST) {
        both.set(i, Math.min(number(mine), number(theirs)));
      } else if (columns.get(i).kind() == Kind.LATEST) {
        later = mine == null || (theirs != null && number(theirs) >= number(mine));
        both.set(i, later ? theirs : mine);
      } else if (columns.get(i).kind() == Kind.WORD) {
        both.set(i, later ? theirs : mine);
      }
    }
    return both;
  }

  private static long number(@Nullable Object cell) {
    return cell instanceof Long number ? number : 0;
  }

  /** Sends bodies as a collector does, which waits for Kafka with all of them that come at once. */
  private static void send(ReportLog log, List<List<ViewerReport>> bodies) throws Exception {
    StatelessCollector collector = new StatelessCollector(log);
    // A broker that has just begun may not tell in time what it has, and is sent nothing then.
    await("the broker", () -> keep(collector, bodies.getFirst()) == null);
    try (ExecutorService players = Executors.newVirtualThreadPerTaskExecutor()) {
      for (List<List<ViewerReport>> together :
          Delivered.together(bodies.subList(1, bodies.size()))) {
        List<Callable<@Nullable Answer>> sent = new ArrayList<>();
        for (List<ViewerReport> body : together) {
          sent.add(() -> keep(collector, body));
        }
        for (Future<@Nullable Answer> answer : players.invokeAll(sent)) {
          assertThat(answer.get()).isNull();
        }
      }
    }
  }

  private static @Nullable Answer keep(StatelessCollector collector, List<ViewerReport> body) {
    Arrival arrival = new Arrival(body.getFirst().receivedMillis(), "events", Map.of());
    return collector.keep(new JournalEntry(ReportSchema.CMCD, arrival, new byte[0]), body);
  }

  /** Asks now and then, so that the job has the processors. */
  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static ReportTopic topic(KafkaBroker broker) {
    return new ReportTopic(TOPIC, "aircheck", Map.of("bootstrap.servers", broker.address()));
  }

  private static JobClient start(ReportTopic topic, SharedViewers setup, Rolling rolling)
      throws Exception {
    Configuration settings = new Configuration();
    settings.setString("restart-strategy.type", "fixed-delay");
    settings.setString("restart-strategy.fixed-delay.delay", "100 ms");
    settings.setString("restart-strategy.fixed-delay.attempts", "1000");
    ViewerJob.Settings often =
        new ViewerJob.Settings(
            Duration.ofMillis(200), Duration.ofSeconds(3), WindowTimes.DEFAULT, rolling);
    return new ViewerJob(setup, topic, often)
        .submit(StreamExecutionEnvironment.createLocalEnvironment(2, settings));
  }

  @Test
  void audience_throughAJobThatFails_sameSumsAndViewsAsInOneProcess() throws Exception {
    List<List<ViewerReport>> bodies = Delivered.bodies();
    Alone alone = new Alone();
    bodies.forEach(alone::take);
    alone.audience.advance(Delivered.BEGIN + 4 * HOUR);

    SharedViewers setup =
        SharedViewers.of(ScaledViewers.of(fold(), MINUTES), rollups::sink, facts::outlet);
    try (KafkaBroker broker = new KafkaBroker(folder);
        ReportLog log =
            new KafkaReportLog(Map.of("bootstrapServers", broker.address(), "topic", TOPIC))) {
      broker.create(TOPIC, PARTITIONS);
      job = start(topic(broker), setup, EAGER);
      int half = bodies.size() / 2;
      send(log, bodies.subList(0, half));
      await("views before the failure", () -> !facts.published().isEmpty());
      setup.fail();
      send(log, bodies.subList(half, bodies.size()));
      await("the failure", setup::hasFailed);
      log.tick(Delivered.BEGIN + 4 * HOUR);

      Map<List<@Nullable Object>, List<@Nullable Object>> views = alone.views();
      Map<KeptRollups.Place, Map<String, Long>> rows = alone.rows();
      assertThat(views).hasSizeGreaterThan(300);
      assertThat(rows).hasSizeGreaterThan(1_000);
      await("all views", () -> merged(facts.published()).size() >= views.size());
      await("all sums", () -> rollups.rows().equals(rows));
      assertThat(merged(facts.published())).isEqualTo(views);
      stop();
      job = null;
    }
  }

  @Test
  void audience_intoRealStores_isThereOnce() throws Exception {
    List<List<ViewerReport>> bodies = Delivered.bodies();
    Alone alone = new Alone();
    bodies.forEach(alone::take);
    alone.audience.advance(Delivered.BEGIN + 4 * HOUR);
    Map<String, Long> truth = alone.truth();

    FactLimits limits = new FactLimits(64_000_000, 1, Duration.ofSeconds(30));
    DiskFactFiles files = new DiskFactFiles(folder.resolve("files"));
    AtomicInteger made = new AtomicInteger();
    SharedViewers setup =
        SharedViewers.of(
            ScaledViewers.of(fold(), MINUTES),
            () -> new PostgresRollups(POSTGRES.address(), PostgresServer.USER, ""),
            () ->
                new ParquetOutlet(
                    SessionFacts.LAYOUT,
                    files::put,
                    folder.resolve("work" + made.incrementAndGet()),
                    limits));
    try (KafkaBroker broker = new KafkaBroker(folder.resolve("kafka"));
        ReportLog log =
            new KafkaReportLog(Map.of("bootstrapServers", broker.address(), "topic", TOPIC))) {
      broker.create(TOPIC, PARTITIONS);
      job = start(topic(broker), setup, EAGER);
      int half = bodies.size() / 2;
      send(log, bodies.subList(0, half));
      await("files before the failure", () -> !list(files).isEmpty());
      setup.fail();
      send(log, bodies.subList(half, bodies.size()));
      await("the failure", setup::hasFailed);
      log.tick(Delivered.BEGIN + 4 * HOUR);
      await("all rows", () -> kept().equals(truth));
      await("all files", () -> archived(files, limits).equals(truth));
      stop();
      job = null;
    }
    // What is written again takes the place of what was there.
    try (PostgresRollups again = new PostgresRollups(POSTGRES.address(), PostgresServer.USER, "")) {
      again.write(List.of());
    }
    assertThat(kept()).isEqualTo(truth);
    assertThat(readAgain()).isEqualTo(watched(alone.audience));
  }

  /** What a service above the job reads. */
  private static Map<List<String>, Long> readAgain() throws IOException {
    WindowCube cube = new WindowCube(MINUTES, 6);
    try (PostgresRollupSource source =
        new PostgresRollupSource(POSTGRES.address(), PostgresServer.USER, "")) {
      source.read(MINUTES.windowMillis(), 0, cube::take);
    }
    return watched(cube);
  }

  /** How long each content was watched by each CDN in each country. */
  private static Map<List<String>, Long> watched(RecentCube cube) {
    Map<List<String>, Long> watched = new HashMap<>();
    CubeQuery query =
        new CubeQuery(0, Long.MAX_VALUE, Map.of(), List.of("content", "cdn", "country"));
    for (CubeAnswer.Row row : cube.ask(query).orElseThrow().rows()) {
      watched.put(row.values(), row.cell().sums().get(Measure.WATCHED_MILLIS));
    }
    return watched;
  }

  @Test
  void job_thatBrokersRefuse_readsWhenTheyLetItIn() throws Exception {
    List<List<ViewerReport>> bodies = Delivered.bodies();
    SharedViewers setup =
        SharedViewers.of(ScaledViewers.of(fold(), MINUTES), rollups::sink, facts::outlet);
    try (KafkaBroker broker = new KafkaBroker(folder);
        ReportLog log =
            new KafkaReportLog(Map.of("bootstrapServers", broker.address(), "topic", TOPIC))) {
      broker.create(TOPIC, PARTITIONS);
      broker.allow("job", "another one");
      Map<String, String> values =
          Map.of(
              "bootstrapServers",
              broker.guardedAddress(),
              "topic",
              TOPIC,
              "username",
              "job",
              "password",
              "correct-horse");
      Map<String, String> client = new HashMap<>();
      try (KafkaReportLog own = new KafkaReportLog(values)) {
        own.client().forEach((name, value) -> client.put(name, String.valueOf(value)));
      }
      JobClient refused = start(new ReportTopic(TOPIC, "aircheck", client), setup, EAGER);
      job = refused;
      await("the refusal", () -> refused.getJobStatus().join() == JobStatus.RESTARTING);
      broker.allow("job", "correct-horse");
      send(log, bodies);
      log.tick(Delivered.BEGIN + 4 * HOUR);
      await("views", () -> !facts.published().isEmpty());
      stop();
      job = null;
    }
  }

  @Test
  void views_intoABucket_areThereOnce_whateverFails() throws Exception {
    List<List<ViewerReport>> bodies = Delivered.bodies();
    Alone alone = new Alone();
    bodies.forEach(alone::take);
    alone.audience.advance(Delivered.BEGIN + 4 * HOUR);
    Map<String, Long> truth = alone.truth();

    FactLimits limits = new FactLimits(64_000_000, 1, Duration.ofMinutes(2));
    AtomicInteger made = new AtomicInteger();
    AtomicInteger tries = new AtomicInteger();
    try (BucketServer s3 = new BucketServer(BUCKET);
        KafkaBroker broker = new KafkaBroker(folder.resolve("kafka"));
        ReportLog log =
            new KafkaReportLog(Map.of("bootstrapServers", broker.address(), "topic", TOPIC))) {
      S3Location place =
          new S3Location(BUCKET, "air check/", "eu-central-1", Optional.of(s3.endpoint()));
      Optional<S3Key> key = Optional.of(new S3Key("id", "secret"));
      SharedViewers setup =
          SharedViewers.of(
              ScaledViewers.of(fold(), MINUTES),
              rollups::sink,
              () ->
                  new FalteringOutlet(
                      new ParquetOutlet(
                          SessionFacts.LAYOUT,
                          new S3FactTarget(place, key, new Meter()),
                          folder.resolve("work" + made.incrementAndGet()),
                          limits),
                      tries));
      broker.create(TOPIC, PARTITIONS);
      job = start(topic(broker), setup, EAGER);
      int half = bodies.size() / 2;
      send(log, bodies.subList(0, half));
      await("the failures of the bucket", () -> tries.get() > FalteringOutlet.LAST);
      setup.fail();
      send(log, bodies.subList(half, bodies.size()));
      await("the failure of a worker", setup::hasFailed);
      log.tick(Delivered.BEGIN + 4 * HOUR);
      FactFiles read =
          new S3FactFiles(
              place, key, folder.resolve("read"), Long.MAX_VALUE, Clock.systemUTC(), new Meter());
      await("all views", () -> archived(read, limits).equals(truth));
      stop();
      job = null;
      assertThat(archived(read, limits)).isEqualTo(truth);
      assertThat(folder.resolve("work1")).as("nothing stays with workers").doesNotExist();
    }
  }

  private static List<FactFiles.Entry> list(DiskFactFiles files) {
    try {
      return files.list("sessions/");
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // a folder came or went meanwhile
    }
  }

  /** Sums of all windows as somebody asks the database for them. */
  private static Map<String, Long> kept() {
    Map<String, Long> sums = new LinkedHashMap<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:" + POSTGRES.address(), PostgresServer.USER, "");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT key, sum(value::bigint) FROM viewer_rollups, jsonb_each_text(sums)
                WHERE grouped_by = 'content' GROUP BY key HAVING sum(value::bigint) <> 0
                """)) {
      while (rows.next()) {
        sums.put(rows.getString(1), rows.getLong(2));
      }
    } catch (SQLException e) {
      return Map.of(); // the table is made by the first row
    }
    return sums;
  }

  /** Sums of all files as a service asks them. */
  private Map<String, Long> archived(FactFiles files, FactLimits limits) {
    List<String> measures = Stream.of(Measure.values()).map(Measure::id).toList();
    try (FactEngine engine = new FactEngine(limits, folder.resolve("spill"));
        ParquetFacts table =
            new ParquetFacts(SessionFacts.LAYOUT, files, folder.resolve("reader"), engine)) {
      List<FactLine> lines =
          table.ask(
              new FactQuestion(
                  Delivered.BEGIN - 2 * HOUR,
                  Delivered.BEGIN + 8 * HOUR,
                  0,
                  Map.of(),
                  List.of(),
                  measures,
                  List.of()));
      Map<String, Long> sums = new LinkedHashMap<>();
      for (FactLine line : lines) {
        for (int i = 0; i < measures.size(); i++) {
          if (line.sums().get(i) != 0) {
            sums.put(measures.get(i), line.sums().get(i));
          }
        }
      }
      return sums;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
