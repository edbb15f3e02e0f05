package io.aircheck.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.ServiceSurroundings;
import io.aircheck.app.serve.http.HttpServer;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.storage.files.Folders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a report of a viewer costs on its whole way: HTTP, reading, journal, session, cube. The
 * service runs in a process of its own, whose CPU is counted; players are connections of this one,
 * which send CMCD as fast as it is answered, and then slower, when the time to each answer is taken
 * from the moment at which the request was to be sent: half as many records as all processors of
 * the machine could take if each cost what it may, and half as many as were reached.
 *
 * <p>{@code CollectorLoad [SECONDS [SESSIONS [CONNECTIONS [FLAG...]]]]}, FLAGs of the service's JVM
 * instead of the serial collector of garbage.
 */
public final class CollectorLoad {
  private static final int WARM_UP_SECONDS = 20;

  /** What a record may cost, microseconds of processor time. */
  private static final double GOAL_MICROS = 35;

  private static final double GOAL_MICROS_BATCHED = 12;

  private final int port;
  private final ProcessHandle server;
  private final int seconds;
  private final int sessions;
  private final int connections;
  private final List<LoadedConnection> players = new ArrayList<>();

  private CollectorLoad(
      int port, ProcessHandle server, int seconds, int sessions, int connections) {
    this.port = port;
    this.server = server;
    this.seconds = seconds;
    this.sessions = sessions;
    this.connections = connections;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0 && arguments[0].equals("serve")) {
      serve(Path.of(arguments[1]));
      return;
    }
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    int sessions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60_000;
    int connections = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 16;
    List<String> flags =
        arguments.length > 3
            ? List.of(arguments).subList(3, arguments.length)
            : List.of("-XX:+UseSerialGC");
    for (int batch : new int[] {10, 1}) {
      Path folder = Files.createTempDirectory("collector-load");
      Process server = start(folder, flags);
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
        int port = Integer.parseInt(String.valueOf(out.readLine()));
        new CollectorLoad(port, server.toHandle(), seconds, sessions, connections).run(batch);
      } finally {
        server.destroy();
        server.waitFor();
        Folders.remove(folder);
      }
    }
  }

  private static Process start(Path folder, List<String> flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--add-modules",
            "jdk.incubator.vector",
            "-Xmx1500m"));
    command.addAll(flags);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            CollectorLoad.class.getName(),
            "serve",
            folder.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void serve(Path folder) throws IOException, InterruptedException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("viewers")
        .put("enabled", true)
        .put("maxSessions", 500_000)
        .put("reportsPerSecond", 10_000_000);
    try (Service service =
            new Service(
                SettingsReader.read(json, ServiceSettings.class),
                ServiceSurroundings.installed(
                    new MemoryStore(), folder, 1_000_000, line -> System.err.println(line)));
        HttpServer server =
            new HttpServer(service, "127.0.0.1", 0, fault -> System.err.println(fault))) {
      System.out.println(server.port());
      System.out.flush();
      Thread.currentThread().join();
    } catch (SettingsException e) {
      throw new IllegalStateException(e);
    }
  }

  private void run(int batch) throws InterruptedException, ExecutionException {
    for (int i = 0; i < connections; i++) {
      int own = sessions / connections;
      players.add(new LoadedConnection(port, own * i, own, batch));
    }
    round(batch, WARM_UP_SECONDS, 0);
    Round reached = round(batch, seconds, 0);
    System.out.printf(
        Locale.ROOT,
        "batched by %d, as fast as it goes: %.0f records/s, %.1f us CPU a record, a session every"
            + " %.0f s%n",
        batch,
        reached.recordsPerSecond(),
        reached.cpuMicros(),
        sessions * batch / reached.recordsPerSecond());
    double cores = Runtime.getRuntime().availableProcessors();
    double wanted = cores * 1e6 / (batch == 1 ? GOAL_MICROS : GOAL_MICROS_BATCHED);
    answers("half of what it may cost", batch, round(batch, seconds, wanted / 2));
    answers("half of it", batch, round(batch, seconds, reached.recordsPerSecond() / 2));
  }

  private static void answers(String load, int batch, Round round) {
    System.out.printf(
        Locale.ROOT,
        "batched by %d, %s: %.0f records/s, %.1f us CPU a record; answers: 50 %% in %.1f"
            + " ms, 99 %% %.1f, 99.9 %% %.1f, longest %.1f%n",
        batch,
        load,
        round.recordsPerSecond(),
        round.cpuMicros(),
        round.percentile(0.5),
        round.percentile(0.99),
        round.percentile(0.999),
        round.percentile(1));
  }

  /**
   * What a time of sending led to.
   *
   * @param nanos to each answer, sorted
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Round(double recordsPerSecond, double cpuMicros, long[] nanos) {
    double percentile(double share) {
      return nanos[(int) Math.min(nanos.length - 1L, (long) (share * nanos.length))] / 1e6;
    }
  }

  /**
   * @param recordsPerSecond of all connections; 0: as fast as they are answered
   */
  private Round round(int batch, int lasting, double recordsPerSecond)
      throws InterruptedException, ExecutionException {
    long begun = System.nanoTime();
    long end = begun + lasting * 1_000_000_000L;
    long cpu = cpuNanos();
    long interval =
        recordsPerSecond == 0 ? 0 : (long) (1e9 * batch * connections / recordsPerSecond);
    List<Future<long[]>> running = new ArrayList<>();
    long[] nanos = new long[0];
    try (ExecutorService pool = Executors.newFixedThreadPool(connections)) {
      for (int i = 0; i < connections; i++) {
        LoadedConnection connection = players.get(i);
        long first = begun + interval * i / connections;
        running.add(pool.submit(() -> connection.send(first, interval, end)));
      }
      for (Future<long[]> one : running) {
        long[] own = one.get();
        int before = nanos.length;
        nanos = Arrays.copyOf(nanos, before + own.length);
        System.arraycopy(own, 0, nanos, before, own.length);
      }
    }
    double elapsed = (System.nanoTime() - begun) / 1e9;
    double records = (double) nanos.length * batch;
    double micros = (cpuNanos() - cpu) / 1e3 / records;
    Arrays.sort(nanos);
    return new Round(records / elapsed, micros, nanos);
  }

  private long cpuNanos() {
    return server.info().totalCpuDuration().map(Duration::toNanos).orElseThrow();
  }
}
