package io.aircheck.benchmarks.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.ServiceSurroundings;
import io.aircheck.app.serve.http.HttpServer;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.storage.sql.SqlStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The service as {@code serve} starts it: embedded store, evidence on disk, a webhook that is told
 * of every incident, the API. All detectors.
 */
final class SoakedService implements AutoCloseable {
  private static final int ACCEPTED = 202;

  private final ObjectMapper mapper = new ObjectMapper();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, AtomicLong> told = new ConcurrentHashMap<>();
  private final com.sun.net.httpserver.HttpServer receiver;
  private final HttpClient client = HttpClient.newHttpClient();
  private final SqlStore store;
  private final Service service;
  private final HttpServer server;

  /**
   * Starts, with no stream to watch yet.
   *
   * @param folder where it keeps everything
   * @param log told one line about what an operator should know
   */
  SoakedService(Path folder, Consumer<String> log) throws IOException, SettingsException {
    this.receiver =
        com.sun.net.httpserver.HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::take);
    receiver.setExecutor(threads);
    receiver.start();
    ServiceSettings settings = settings(List.of());
    this.store = SqlStore.embedded(folder);
    this.service =
        new Service(
            settings,
            ServiceSurroundings.installed(
                store, folder, settings.evidence().maxBytes().bytes(), log));
    this.server = new HttpServer(service, "127.0.0.1", 0, fault -> log.accept(fault.toString()));
  }

  /** Has these streams watched, and no others, as a changed file of settings does. */
  void watch(List<UnsteadyStream> streams) throws SettingsException {
    service.reload(settings(streams));
  }

  private ServiceSettings settings(List<UnsteadyStream> streams) throws SettingsException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    // Short, so that incidents come and go at the pace of the troubles.
    json.putObject("policies")
        .putObject("default")
        .put("recovery", "5s")
        // The same work all the time, whatever else the machine does.
        .put("watching", "full");
    // Little, so that the oldest has to go all the time.
    json.putObject("evidence")
        .put("clipBefore", "4s")
        .put("clipAfter", "4s")
        .put("maxBytes", "50MB");
    json.putObject("channels")
        .putObject("hook")
        .put("type", "webhook")
        .put("url", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
    json.putArray("routes").addObject().putArray("channels").add("hook");
    for (UnsteadyStream stream : streams) {
      ObjectNode one = json.withArray("/streams").addObject();
      one.put("id", stream.id()).put("url", stream.address());
      one.putObject("labels").put("cdn", stream.id().endsWith("0") ? "north" : "south");
    }
    return SettingsReader.read(json, ServiceSettings.class);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode event = mapper.readTree(exchange.getRequestBody());
      exchange.sendResponseHeaders(ACCEPTED, -1);
      told.computeIfAbsent(event.path("data").path("type").asText(), type -> new AtomicLong())
          .incrementAndGet();
    }
  }

  /** Notifications that arrived, by what happened to the incident: opened, closed. */
  long told(String type) {
    AtomicLong count = told.get(type);
    return count == null ? 0 : count.get();
  }

  Service service() {
    return service;
  }

  /**
   * Asks the API, as a wall and a scraper do.
   *
   * @throws IOException when it does not answer well
   */
  void ask(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    HttpResponse<Void> response =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
    if (response.statusCode() != 200) {
      throw new IOException(path + ": HTTP status " + response.statusCode());
    }
  }

  @Override
  public void close() {
    server.close();
    service.close();
    store.close();
    receiver.stop(0);
    threads.shutdownNow();
    client.close();
  }
}
