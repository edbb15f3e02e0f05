package io.aircheck.app.serve.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aircheck.app.config.Secrets;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.ServiceSurroundings;
import io.aircheck.app.serve.http.HttpServer;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.settings.SettingsCheck;
import io.aircheck.app.serve.settings.SettingsFile;
import io.aircheck.app.serve.streams.ClusterDesk;
import io.aircheck.app.serve.streams.ClusterWorkers;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.deploy.flink.FlinkJobs;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose streams run on a cluster knows how busy that is. */
@Tag("slow")
class ClusterServiceTest {
  private static final long PATIENCE_NANOS = 90_000_000_000L;

  /** Measurements until they count. */
  private static final int SETTLED = 6;

  @TempDir private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();

  /** Cores of workers that are used up by whatever is watched. */
  private ServiceSettings settings() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path file =
        Files.writeString(
            folder.resolve("aircheck.yaml"),
            """
            outbound: {schemes: [scenery]}
            isolation: {mode: cluster, port: %d}
            capacity: {share: 0.000001}
            policies:
              default: {detectors: [video.black], whenFull: refuse}
            streams: [{id: night, url: "scenery://127.0.0.1/dark"}]
            """
                .formatted(port));
    return SettingsFile.read(
        file,
        Secrets.ofFile(Map.of()),
        new SettingsCheck(DetectorCatalog.installed(), NotifierCatalog.installed()));
  }

  private HttpResponse<String> send(HttpServer server, String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    if (!body.isEmpty()) {
      request
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(body));
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The cluster as the service tells it, measured once more. */
  private JsonNode cluster(Service service, HttpServer server) throws Exception {
    service.streams().watch().rebalance();
    return new ObjectMapper().readTree(send(server, "/v1/cluster", "").body());
  }

  private JsonNode await(Service service, HttpServer server, Predicate<JsonNode> worker)
      throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < deadline) {
      JsonNode workers = cluster(service, server).path("workers");
      if (workers.size() == 1 && worker.test(workers.get(0))) {
        return workers.get(0);
      }
    }
    throw new AssertionError("no such worker: " + cluster(service, server));
  }

  @Test
  void streams_addedWhenNoWorkerHasRoom_areRefusedWithWhatToDo() throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("rest.bind-port", "0");
    configuration.setString("rest.address", "localhost");
    try (Service service =
            new Service(
                settings(),
                ServiceSurroundings.installed(new MemoryStore(), folder, 1_000_000, line -> {}));
        HttpServer server = new HttpServer(service, "127.0.0.1", 0, faults::add);
        MiniCluster cluster =
            new MiniCluster(
                new MiniClusterConfiguration.Builder().setConfiguration(configuration).build())) {
      assertThat(cluster(service, server).path("inUse").asBoolean()).isTrue();
      assertThat(cluster(service, server).path("full").asBoolean()).isFalse();
      cluster.start();
      URI address = cluster.getRestAddress().get(60, TimeUnit.SECONDS);
      Configuration submitting = new Configuration();
      submitting.setString("execution.target", "remote");
      submitting.setString("execution.attached", "false");
      submitting.setString("rest.address", address.getHost());
      submitting.setString("rest.port", Integer.toString(address.getPort()));
      new FlinkJobs(submitting)
          .submit(ClusterDesk.in(folder).address(), 1, new ClusterWorkers(true));

      JsonNode worker =
          await(
              service,
              server,
              one -> one.path("streams").asInt() == 1 && one.path("usedCores").asDouble() > 0);
      for (int i = 0; i < SETTLED; i++) {
        service.streams().watch().rebalance();
      }
      HttpResponse<String> refused =
          send(server, "/v1/streams", "{\"id\": \"day\", \"url\": \"scenery://127.0.0.1/dark\"}");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(new ObjectMapper().readTree(refused.body()).path("detail").asText())
          .contains("no worker of the cluster has room")
          .contains(worker.path("name").asText() + " uses ")
          .contains("add task managers");
      assertThat(cluster(service, server).path("full").asBoolean()).isTrue();
      assertThat(send(server, "/metrics", "").body())
          .contains("aircheck_workers 1")
          .contains("aircheck_worker_streams{worker=\"" + worker.path("name").asText() + "\"} 1")
          .contains("aircheck_full 1");
    }
    assertThat(faults).isEmpty();
  }
}
