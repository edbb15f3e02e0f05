package io.aircheck.benchmarks.cluster;

import com.sun.management.OperatingSystemMXBean;
import io.aircheck.app.serve.streams.FileViewers;
import io.aircheck.core.viewer.ReportLog;
import io.aircheck.deploy.flink.viewers.ViewerJob;
import io.aircheck.experience.cmcd.CmcdMapping;
import io.aircheck.experience.cmcd.CmcdParser;
import io.aircheck.experience.cmcd.CmcdReports;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportReceiver;
import io.aircheck.experience.report.ReportSchema;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.scale.StatelessCollector;
import io.aircheck.notify.kafka.KafkaReportLog;
import io.aircheck.testkit.KafkaBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * How fast the job for viewers reads what collectors have handed over: reports of many sessions are
 * in the topic before it begins, and it is over when it has read and committed all, with sums in
 * PostgreSQL and views in Parquet files. Broker and job are in this process, PostgreSQL is not.
 *
 * <p>{@code ViewerJobLoad [SESSIONS [RECORDS [READERS]]]}, RECORDS for each session, one every 30
 * s.
 */
public final class ViewerJobLoad {
  private static final String TOPIC = "viewer-reports";
  private static final int INTERVAL_MILLIS = 30_000;
  private static final int TOGETHER = 1_000;
  private static final long PATIENCE_MILLIS = 600_000;
  private static final Logger LIBRARIES = Logger.getLogger("");
  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final int sessions;
  private final int records;

  /** Times are those of reports, long ago: the job goes by nothing else. */
  private final long begin;

  private ViewerJobLoad(int sessions, int records) {
    this.sessions = sessions;
    this.records = records;
    this.begin = System.currentTimeMillis() - (long) records * INTERVAL_MILLIS;
  }

  /** Reports of a body. */
  private static final class Body implements ReportReceiver {
    private final List<ViewerReport> reports = new ArrayList<>();

    @Override
    public void report(ViewerReport report) {
      reports.add(report);
    }

    @Override
    public void rejected(Rejection reason) {
      throw new IllegalStateException("a report was rejected: " + reason);
    }
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    int sessions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50_000;
    int records = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    int readers = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
    LIBRARIES.setLevel(Level.SEVERE);
    Path folder = Files.createTempDirectory("viewer-job");
    try (EmbeddedPostgres database = EmbeddedPostgres.builder().start();
        KafkaBroker broker = new KafkaBroker(folder.resolve("kafka"))) {
      broker.create(TOPIC, readers);
      new ViewerJobLoad(sessions, records)
          .run(settings(folder, broker, database), broker, database, readers);
    }
    System.exit(0);
  }

  private static Path settings(Path folder, KafkaBroker broker, EmbeddedPostgres database)
      throws IOException {
    Path file = folder.resolve("aircheck.yaml");
    Files.writeString(
        file,
        """
        viewers:
          enabled: true
          kafka: {bootstrapServers: "%s", topic: %s}
          job:
            postgresql: {url: "postgresql://localhost:%d/postgres", user: postgres}
            folder: %s
        """
            .formatted(broker.address(), TOPIC, database.getPort(), views(folder)));
    return file;
  }

  private static Path views(Path folder) {
    return folder.resolve("views");
  }

  private void run(Path settings, KafkaBroker broker, EmbeddedPostgres database, int readers)
      throws Exception {
    fill(broker);
    FileViewers viewers = FileViewers.of(settings);
    StreamExecutionEnvironment cluster =
        OneProcess.cluster(readers, settings.resolveSibling("checkpoints"));
    long processor = MACHINE.getProcessCpuTime();
    long from = System.nanoTime();
    JobClient job =
        new ViewerJob(viewers, viewers.topic(), ViewerJob.Settings.DEFAULT).submit(cluster);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      await(admin, viewers.topic().group());
    }
    double seconds = (System.nanoTime() - from) / 1e9;
    double busy = (MACHINE.getProcessCpuTime() - processor) / 1e9;
    System.gc();
    Runtime heap = Runtime.getRuntime();
    long all = (long) sessions * records;
    System.out.printf(
        Locale.ROOT,
        "%,d records of %,d sessions in %.1f s: %,.0f a second, %.1f us of CPU each (broker"
            + " included), heap %d MB, %s%n",
        all,
        sessions,
        seconds,
        all / seconds,
        busy * 1e6 / all,
        (heap.totalMemory() - heap.freeMemory()) >> 20,
        told(database, views(settings.resolveSibling(""))));
    job.cancel().get();
  }

  private void fill(KafkaBroker broker) throws IOException {
    CmcdReports reader =
        new CmcdReports(new CmcdParser(Set.of()), new CmcdMapping(Quirk.ofRecords(), Map.of()));
    try (ReportLog log =
        new KafkaReportLog(Map.of("bootstrapServers", broker.address(), "topic", TOPIC))) {
      StatelessCollector collector = new StatelessCollector(log);
      for (int record = 0; record < records; record++) {
        for (int first = 0; first < sessions; first += TOGETHER) {
          long at = begin + (long) ((record + (double) first / sessions) * INTERVAL_MILLIS);
          Body body = new Body();
          Arrival arrival = new Arrival(at, "events", Map.of("cdn", "cdn-" + first / TOGETHER % 3));
          for (int session = first; session < Math.min(first + TOGETHER, sessions); session++) {
            reader.read(line(session, record, at), arrival, body);
          }
          if (collector.keep(
                  new JournalEntry(ReportSchema.CMCD, arrival, new byte[0]), body.reports)
              != null) {
            throw new IllegalStateException("the broker did not take reports");
          }
        }
      }
      log.tick(begin + (long) records * INTERVAL_MILLIS);
    }
  }

  private static byte[] line(int session, int record, long atMillis) {
    return ("bl=(8000),br=(%d),cid=\"channel-%d\",e=t,ltc=4000,mtp=(12000),pr=1,sf=h,"
            + "sid=\"%08x-3a79-40a9-aeb7-2325e2c344c3\",sn=%d,st=l,sta=%s,tb=(6128),ts=%d,v=2\n")
        .formatted(
            record % 17 == 3 ? 1500 : 3128,
            session % 40,
            session * 0x9E3779B9,
            record,
            record == 0 ? "s" : "p",
            atMillis)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Until everything that is in the topic is part of a checkpoint. */
  private static void await(Admin admin, String group)
      throws ExecutionException, InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (left(admin, group) > 0) {
      if (System.currentTimeMillis() > end) {
        throw new IllegalStateException("%d records are not read".formatted(left(admin, group)));
      }
      Thread.sleep(200);
    }
  }

  private static long left(Admin admin, String group)
      throws ExecutionException, InterruptedException {
    TopicDescription topic =
        Objects.requireNonNull(
            admin.describeTopics(Set.of(TOPIC)).allTopicNames().get().get(TOPIC));
    Map<TopicPartition, OffsetSpec> latest =
        topic.partitions().stream()
            .map(partition -> new TopicPartition(TOPIC, partition.partition()))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    var read = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    long left = 0;
    for (var end : admin.listOffsets(latest).all().get().entrySet()) {
      var committed = read.get(end.getKey());
      left += end.getValue().offset() - (committed == null ? 0 : committed.offset());
    }
    return left;
  }

  private static String told(EmbeddedPostgres database, Path views)
      throws SQLException, IOException {
    try (Connection connection = database.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM viewer_rollups");
        Stream<Path> files = Files.exists(views) ? Files.walk(views) : Stream.empty()) {
      rows.next();
      return "%,d rows in PostgreSQL, %d files of views"
          .formatted(
              rows.getLong(1), files.filter(file -> file.toString().endsWith(".parquet")).count());
    }
  }
}
