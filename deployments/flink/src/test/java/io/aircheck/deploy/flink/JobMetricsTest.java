package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.task.StreamTask;
import io.aircheck.incidents.IncidentFold;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.FakeClock;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.FakeSources;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a job tells Prometheus, by the reporter of Flink. */
@Tag("slow")
class JobMetricsTest {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /** Metrics of Aircheck with what tells them apart; whose task they are is left out. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "flink_(?:task|job)manager_job_.*?operator_(?:coordinator_\\w*?)?aircheck_"
              + "(\\w+)\\{.*?(?:(part|severity)=\"(\\w+)\".*)?} (\\S+)");

  private final FakeSources sources = new FakeSources();
  private final int port = freePort();

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private StreamList.Entry stream(String id) {
    StreamSpec spec =
        new StreamSpec(
            id,
            SourceRequest.of(id),
            Optional.empty(),
            List.of(),
            List.of(new DetectorChoice(DarkDetector.KIND, Map.of())),
            true);
    return new StreamList.Entry(spec, IncidentPolicy.DEFAULT, Map.of());
  }

  private JobClient watch(SharedList list) throws IOException {
    WorkerSetup workers =
        SharedSetup.of(
            new DetectorCatalog(List.of(DarkDetector.FACTORY)),
            List.of(),
            Optional.of(new IncidentFold()),
            new StreamTask.Surroundings(
                sources,
                PictureAnalyzers.installed(),
                SoundAnalyzers.installed(),
                new FakeClock(),
                new Random(1)));
    Configuration settings = new Configuration();
    settings.setString("metrics.reporters", "prometheus");
    settings.setString(
        "metrics.reporter.prometheus.factory.class",
        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
    settings.setString("metrics.reporter.prometheus.port", Integer.toString(port));
    return new WatchJob(workers, Duration.ofMillis(100), Duration.ofMillis(50))
        .submit(
            StreamExecutionEnvironment.createLocalEnvironment(1, settings),
            new ListedStreams(list, List.of()),
            List.of());
  }

  private Map<String, Double> metrics() throws IOException {
    Map<String, Double> metrics = new TreeMap<>();
    try (InputStream body =
        URI.create("http://localhost:" + port + "/metrics").toURL().openStream()) {
      String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) {
        Matcher sample = SAMPLE.matcher(line);
        if (sample.matches()) {
          String label = sample.group(3) == null ? "" : " " + sample.group(3);
          metrics.put(sample.group(1) + label, Double.valueOf(sample.group(4)));
        }
      }
    }
    return metrics;
  }

  /** Waits until these have such values: each is read on its own, while others change. */
  private void await(Map<String, Double> wanted) throws IOException {
    var unused = await(told -> told.entrySet().containsAll(wanted.entrySet()));
  }

  private Map<String, Double> await(Predicate<Map<String, Double>> wanted) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    Map<String, Double> metrics = metrics();
    while (!wanted.test(metrics)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not told: " + metrics);
      }
      metrics = metrics();
    }
    return metrics;
  }

  @Test
  void job_ofItsOwn_tellsWhatItWatchesWhatItFindsAndWhatItUses() throws Exception {
    sources.on(
        "dark",
        () -> FakeSource.of(true).picture(0, 16).picture(40_000, 16).picture(80_000, 16).waits());
    SharedList list = SharedList.of(stream("dark"));
    JobClient job = watch(list);
    try {
      await(
          Map.of(
              "streams_wanted", 1.0,
              "streams_waiting", 0.0,
              "streams", 1.0,
              "streams_up", 1.0,
              "severity_incidents_opened error", 1.0,
              "severity_incidents_open error", 1.0,
              "severity_incidents_open warning", 0.0));
      Map<String, Double> metrics =
          await(
              told ->
                  told.getOrDefault("observations", 0.0) > 0
                      && told.getOrDefault("part_usage_memory_gb_seconds jobmanager", 0.0) > 0
                      && told.getOrDefault("usage_memory_gb_seconds", 0.0) > 0);
      assertThat(metrics)
          .containsEntry("skipped_frames", 0.0)
          .containsKeys(
              "usage_cpu_seconds", "part_usage_cpu_seconds jobmanager", "usage_stream_seconds");

      list.set();

      await(
          Map.of(
              "streams", 0.0,
              "streams_up", 0.0,
              "streams_wanted", 0.0,
              "severity_incidents_open error", 0.0));
    } finally {
      job.cancel().get(60, TimeUnit.SECONDS);
    }
  }
}
