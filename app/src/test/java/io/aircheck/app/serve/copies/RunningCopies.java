package io.aircheck.app.serve.copies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.aircheck.testkit.JvmCommand;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A service of several processes on one database, and a receiver of what it tells. */
final class RunningCopies implements AutoCloseable {
  /** A copy as a process. */
  record Running(Process process, String address) {}

  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Path folder;
  private final EmbeddedPostgres database;
  private final CutLine line;
  private final HttpServer receiver;
  private final int streams;
  private final String stream;
  private final CopyProcess.Scene scene;
  private final List<Process> processes = new ArrayList<>();

  /** How often each notification came, by its key. */
  final Map<String, Integer> received = new ConcurrentHashMap<>();

  /** What came, by its key. */
  final Map<String, JsonNode> told = new ConcurrentHashMap<>();

  /**
   * @param streams number of streams, called s0, s1 and so on
   */
  RunningCopies(Path folder, int streams) throws IOException {
    this(folder, streams, "priority: 50", CopyProcess.Scene.DARKNESS);
  }

  /**
   * @param streams number of streams, called s0, s1 and so on
   * @param stream what the configuration says of each besides its id and address, in one line
   * @param scene what is on them
   */
  RunningCopies(Path folder, int streams, String stream, CopyProcess.Scene scene)
      throws IOException {
    this.folder = folder;
    this.streams = streams;
    this.stream = stream;
    this.scene = scene;
    this.database =
        EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "60")
            .setPGStartupWait(Duration.ofMinutes(1))
            .start();
    this.line = new CutLine(database.getPort());
    this.receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          JsonNode event = mapper.readTree(exchange.getRequestBody());
          received.merge(event.path("id").asText(), 1, Integer::sum);
          told.put(event.path("id").asText(), event);
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    receiver.start();
  }

  /**
   * Starts another copy.
   *
   * @param copies what its configuration says of copies, in one line
   */
  Running start(String copies) throws IOException {
    return startWith(copies, "");
  }

  /**
   * Starts another copy.
   *
   * @param more of its configuration
   */
  Running startWith(String copies, String more) throws IOException {
    return start(
        """
        store: {url: "postgresql://localhost:%d/postgres", user: postgres}
        copies: %s
        channels:
          hook: {type: webhook, url: "http://127.0.0.1:%d/"}
        routes:
          - {channels: [hook]}
        """
            .formatted(line.port(), copies, receiver.getAddress().getPort()),
        more);
  }

  /** Starts a service of one process that tells nobody, to compare with. */
  Running startAlone() throws IOException {
    return start("", "");
  }

  private Running start(String settings, String more) throws IOException {
    int number = processes.size();
    String declared =
        IntStream.range(0, streams)
            .mapToObj(
                i -> "  - {id: s%d, url: \"http://127.0.0.1/s%d\", %s}\n".formatted(i, i, stream))
            .collect(Collectors.joining());
    Path config =
        Files.writeString(
            folder.resolve("aircheck-" + number + ".yaml"),
            settings
                + "policies:\n  default: "
                + scene.policy()
                + "\nstreams:\n"
                + declared
                + more);
    Process process =
        new ProcessBuilder(
                JvmCommand.of(
                    List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"),
                    CopyProcess.class,
                    List.of(
                        config.toString(),
                        folder.resolve("data-" + number).toString(),
                        scene.name())))
            .redirectError(errors(number).toFile())
            .start();
    processes.add(process);
    String port = process.inputReader(StandardCharsets.UTF_8).readLine();
    assertThat(port).as(() -> read(errors(number))).isNotNull();
    return new Running(process, "http://127.0.0.1:" + port);
  }

  private Path errors(int number) {
    return folder.resolve("stderr-" + number);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The line to the database. */
  CutLine line() {
    return line;
  }

  /** What all processes have said. */
  String log() {
    return IntStream.range(0, processes.size())
        .mapToObj(i -> i + ": " + read(errors(i)))
        .collect(Collectors.joining("\n"));
  }

  JsonNode get(Running running, String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(running.address() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
    return mapper.readTree(response.body());
  }

  HttpResponse<byte[]> send(Running running, String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(running.address() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Waits until something is there and as it should be. */
  void await(Running running, String path, int seconds, Predicate<JsonNode> condition)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpResponse<byte[]> last = send(running, "GET", path, "");
    while (last.statusCode() != 200 || !condition.test(mapper.readTree(last.body()))) {
      String said = new String(last.body(), StandardCharsets.UTF_8);
      assertThat(System.nanoTime() - start)
          .as("%s is %s\n%s", path, said, log())
          .isLessThan(TimeUnit.SECONDS.toNanos(seconds));
      running.process().waitFor(50, TimeUnit.MILLISECONDS);
      last = send(running, "GET", path, "");
    }
  }

  /** Waits until all streams are watched by somebody who is alive. */
  void awaitWatched(Running running, int seconds) throws IOException, InterruptedException {
    await(
        running,
        "/v1/streams",
        seconds,
        all -> count(all, item -> item.path("state").asText().equals("watching")) == streams);
  }

  static long count(JsonNode list, Predicate<JsonNode> condition) {
    return list.path("items").valueStream().filter(condition).count();
  }

  /**
   * Streams by the address of the copy that is to watch them, alive or not: for a moment, one may
   * look dead that had no time or no database.
   */
  Map<String, Set<String>> shares(Running running) throws IOException, InterruptedException {
    return get(running, "/v1/copies")
        .path("items")
        .valueStream()
        .collect(
            Collectors.toMap(
                copy -> copy.path("address").asText(),
                copy ->
                    copy.path("shares")
                        .valueStream()
                        .map(share -> share.path("stream").asText())
                        .collect(Collectors.toSet())));
  }

  @Override
  public void close() throws IOException {
    processes.forEach(Process::destroyForcibly);
    receiver.stop(0);
    line.close();
    database.close();
  }
}
