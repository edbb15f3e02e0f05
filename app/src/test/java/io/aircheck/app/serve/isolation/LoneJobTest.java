package io.aircheck.app.serve.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.ServiceSurroundings;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.streams.ClusterWorkers;
import io.aircheck.app.serve.streams.FileSink;
import io.aircheck.app.serve.streams.FileStreams;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentInput.Commanded;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.store.IncidentStore;
import io.aircheck.deploy.flink.FlinkJobs;
import io.aircheck.deploy.flink.SinkSetup;
import io.aircheck.storage.sql.SqlStore;
import io.aircheck.testkit.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job on a cluster that watches the streams of a configuration file, without a service. */
@Tag("slow")
class LoneJobTest {
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long LOOK_NANOS = 50_000_000;

  @RegisterExtension private static final PostgresServer POSTGRES = new PostgresServer(100);

  @TempDir private Path folder;

  /**
   * A configuration file; the password stands in a file of its own. Darkness stays a warning, so
   * that its incident does not change by itself.
   */
  private FileStreams configure(String streams) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "hunter2hunter2\n");
    Path file =
        Files.writeString(
            folder.resolve("aircheck.yaml"),
            """
            outbound: {schemes: [scenery, http], private: true}
            channels:
              ops: {type: webhook, url: "http://127.0.0.1:%d/", secret: hunter2hunter2}
              unused: {type: webhook, url: "http://127.0.0.1:1/"}
            routes: [{channels: [ops], minSeverity: warning}]
            isolation:
              mode: cluster
              sinks:
                postgresql: {url: "%s", user: postgres, password: "${file:%s}"}
            policies:
              default: {detectors: [video.black], options: {video.black: {minDurationSeconds: 0.5, \
            errorAfterSeconds: 3600}}}
            streams: %s
            """
                .formatted(hook.getAddress().getPort(), POSTGRES.address(), secret, streams));
    return FileStreams.of(file);
  }

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final HttpServer hook;

  LoneJobTest() throws IOException {
    hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.createContext(
        "/",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    hook.start();
  }

  @AfterEach
  void stopHook() {
    hook.stop(0);
  }

  private static List<Incident> incidents(IncidentStore store) {
    return store.list(IncidentStore.Query.ALL, Optional.empty(), 10).items();
  }

  private static Incident await(IncidentStore store, Incident.State state) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < deadline) {
      for (Incident incident : incidents(store)) {
        if (incident.state() == state) {
          return incident;
        }
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    throw new AssertionError("no incident is " + state + ": " + incidents(store));
  }

  private Service service(SqlStore store) throws Exception {
    return new Service(
        ServiceSettings.DEFAULT,
        ServiceSurroundings.installed(store, folder, 1_000_000, line -> {}));
  }

  @Test
  void job_streamsOfAFile_incidentsAreWhereAServiceShowsThem() throws Exception {
    FileStreams streams = configure("[{id: night, url: \"scenery://127.0.0.1/dark\"}]");
    List<SinkSetup> sinks = streams.sinks();
    assertThat(sinks).extracting(SinkSetup::id).containsExactly("postgresql", "channel-ops");
    Configuration settings = new Configuration();
    settings.setString("rest.bind-port", "0");
    settings.setString("rest.address", "localhost");
    try (MiniCluster cluster =
            new MiniCluster(
                new MiniClusterConfiguration.Builder().setConfiguration(settings).build());
        SqlStore store = SqlStore.postgres(POSTGRES.address(), PostgresServer.USER, "");
        Service service = service(store)) {
      cluster.start();
      URI address = cluster.getRestAddress().get(60, TimeUnit.SECONDS);
      Configuration client = new Configuration();
      client.setString("execution.target", "remote");
      client.setString("execution.attached", "false");
      client.setString("rest.address", address.getHost());
      client.setString("rest.port", Integer.toString(address.getPort()));
      FlinkJobs jobs = new FlinkJobs(client);
      jobs.submit(streams, sinks, 1, new ClusterWorkers(false));

      Incident open = await(store.incidents(), Incident.State.OPEN);
      assertThat(open.stream()).isEqualTo("night");
      assertThat(open.cause()).isEqualTo(Kinds.VIDEO_BLACK);
      assertThat(service.incidents().find(open.id())).contains(open);
      assertThat(told.poll(60, TimeUnit.SECONDS)).contains(open.id(), "opened");
      // Whoever makes it is elsewhere, and would not know.
      assertThat(
              service
                  .incidents()
                  .command(open, Commanded.Command.ACKNOWLEDGE, "ada", "")
                  .toCompletableFuture()
                  .get(60, TimeUnit.SECONDS))
          .isEmpty();
      assertThat(service.incidents().find(open.id())).contains(open);

      configure("[]");
      Incident closed = await(store.incidents(), Incident.State.CLOSED);
      assertThat(closed.id()).isEqualTo(open.id());
      assertThat(told.poll(60, TimeUnit.SECONDS)).contains(open.id(), "closed");
      assertThat(incidents(store.incidents())).hasSize(1);
      assertThat(jobs.list()).singleElement().asString().contains("RUNNING");
    }
  }

  @Test
  void sink_travelsWithoutItsSecrets() throws Exception {
    FileStreams streams = configure("[]");
    for (SinkSetup sink : streams.sinks()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(sink);
      }

      assertThat(bytes.toString(StandardCharsets.ISO_8859_1)).doesNotContain("hunter2");
      assertThat(sink.toString()).doesNotContain("hunter2");
      try (var made = sink.create()) {
        assertThat(made.open()).isEmpty();
      }
    }
  }

  @Test
  void file_thatCannotBeUsed_isToldByItsPlace() throws Exception {
    FileStreams streams =
        configure("[{id: night, url: \"scenery://127.0.0.1/dark\", policy: mild}]");

    assertThatThrownBy(streams::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("aircheck.yaml:12: streams.0.policy: there is no policy mild");
    assertThatThrownBy(() -> new FileSink(streams.file(), "kafka").create())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("has no sink kafka any more");
  }
}
